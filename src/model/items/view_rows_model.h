// The rows of a view table, live or as of a position, read as they are looked at.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"
#include "store/view_tables.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>
#include <optional>

namespace rewindow {

class StoreLane;

/// What a ViewRowsModel is to show.
struct ViewWish {
    ViewSchema schema;
    std::optional<GlobalPosition> at; ///< as of this position; nothing: the live rows
    GlobalPosition changesOf; ///< cells this event gave another value are marked; 0: none are
};

/// A table of the view's rows in the order of their ids, paged by id. Rows come from the row
/// history by look-up; nothing is folded. When the wish moves, only the rows in sight are read
/// again, one request at a time, the latest wish next: what is out of sight is read when it comes
/// into sight. A row keeps its place in the model as long as it exists, so selections survive.
class ViewRowsModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Role {
        IdRole = Qt::UserRole, ///< of the row
        ColumnRole,            ///< the column's name
        WholeRole,             ///< the value in full, as stored, for copying
        ChangedRole,           ///< bool: ViewWish::changesOf gave the cell this value
        PreviousRole,          ///< of a changed cell: the value before, as shown; empty for none
        AtHandRole,            ///< bool: the row is the aggregate at hand
    };

    static constexpr int kPage = 200; ///< rows read at once

    /// Reads on `lane`, which must outlive the model.
    explicit ViewRowsModel(StoreLane& lane, QObject* parent = nullptr);
    ~ViewRowsModel() override;

    void show(const ViewWish& wish);
    /// Reads what is in sight again.
    void refresh();
    void clear();

    const ViewSchema& schema() const;
    const std::optional<GlobalPosition>& at() const;
    /// The rows a person sees now; told by the table whenever it scrolls or is resized.
    void setRowsInSight(int first, int last);
    /// Marks the row with this id and reads on until it is there; empty: none.
    void setRowAtHand(const QString& id);
    int rowOf(const QString& id) const; ///< -1 where it is not (yet) in the model
    QString idOf(int row) const;
    /// Nothing more is to be read for the rows in sight.
    bool isSettled() const;
    /// Every row there is, is in the model.
    bool isComplete() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

  signals:
    /// The row at hand is in the model: after setRowAtHand(), or when it came to exist.
    void rowAtHandFound(int row);
    void settled();
    void failed(const rewindow::Error& error);

  private:
    struct Page;
    struct Request;
    std::optional<Request> nextRequest() const;
    void pump();
    void answered(const Request& request, Result<Page> page);
    void install(const Request& request, Page page);
    void markAtHand(const QString& id);

    struct Private;
    std::unique_ptr<Private> d;
};

/// `value` as a person reads it in a column of this meaning: money with its decimals, times short
/// (UTC); anything else as stored.
QString shownValue(const ViewValue& value, ViewColumn::Meaning meaning);

} // namespace rewindow
