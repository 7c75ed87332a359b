// The filters a person saved for a store, by name.
#pragma once

#include "base/error.h"
#include "store/event_filter.h"

#include <QAbstractListModel>

#include <functional>
#include <optional>
#include <vector>

namespace rewindow {

class Session;
class StoreLane;

struct SavedFilter {
    QString name; ///< no two have the same
    QString filter;
    bool operator==(const SavedFilter&) const = default;
};

/// What is kept, as JSON: `[{"name":…,"filter":…},…]`. Reads back the same.
QString savedFiltersText(const std::vector<SavedFilter>& filters);
/// Fails with BadInput where it is anything else.
Result<std::vector<SavedFilter>> savedFiltersOf(const QString& text);

/// A list, in the order they were saved. Lives on the UI thread and keeps in the store's workspace
/// by way of a lane: what is asked for shows when it is kept, together with what other windows did.
/// A row can be edited: that renames it.
class SavedFilters : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role {
        FilterRole = Qt::UserRole + 1, ///< QString: the filter's text
    };

    /// The one of that session, made and read when it is first asked for.
    static SavedFilters& of(Session& session);
    /// The lane outlives it.
    explicit SavedFilters(StoreLane& lane, QObject* parent = nullptr);

    const std::vector<SavedFilter>& filters() const { return m_filters; }
    int rowOf(const QString& name) const; ///< -1 where there is none

    void load();
    /// In the place of any of that name; a blank name becomes the filter's text.
    void save(const QString& name, const EventFilter& filter);
    void remove(int row);
    /// Brings back what was removed last, to where it was.
    void undoRemoval();
    const SavedFilter* lastRemoved() const {
        return m_removed.empty() ? nullptr : &m_removed.back().filter;
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  signals:
    void changed();
    void removalsChanged();
    void failed(const rewindow::Error& error);

  private:
    using Filters = std::vector<SavedFilter>;
    using Change = std::function<Result<void>(Filters&)>;
    struct Removed {
        SavedFilter filter;
        std::size_t row = 0;
    };
    /// `done` is told whether it was changed.
    void change(Change change, std::function<void(bool)> done = {});
    void install(Filters filters);

    StoreLane& m_lane;
    Filters m_filters;
    std::vector<Removed> m_removed;
};

} // namespace rewindow
