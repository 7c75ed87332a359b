// The rows of a view table, live or as of a position, read as they are looked at.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"
#include "model/items/view_rows_page.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>
#include <optional>

namespace rewindow {

class StoreLane;

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
    struct Request;
    std::optional<Request> nextRequest() const;
    void pump();
    void answered(const Request& request, Result<ViewRowsPage> page);
    void install(const Request& request, ViewRowsPage page);
    void markAtHand(const QString& id);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace rewindow
