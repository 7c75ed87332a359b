// How events become rows of a view table.
#pragma once

#include "base/error.h"
#include "store/recorded_event.h"
#include "store/view_tables.h"

#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

/// The rows a projection sees while it folds: what was there, overlaid by what it wrote.
class ViewRows {
  public:
    virtual ~ViewRows() = default;
    virtual std::optional<ViewRow> row(const QString& id) = 0;
    /// Rows whose `column` (an indexed one) holds `value`, in the order of their ids.
    virtual std::vector<ViewRow> rowsWhere(const QString& column, const ViewValue& value) = 0;
    virtual void put(ViewRow row) = 0; ///< inserts or replaces by id
    virtual void remove(const QString& id) = 0;
    /// The rows of one of the projection's companions(), by its table's name.
    virtual ViewRows& companion(const QString& table) = 0;
};

/// One view of a domain. Stateless: all it knows of earlier events is in its rows, and in those of
/// its companions.
class Projection {
  public:
    virtual ~Projection() = default;
    virtual const ViewSchema& schema() const = 0;
    /// Tables of its own beside the view, for what it must remember of earlier events and no row
    /// shows (the names of users who have ordered nothing yet). Each names the view in
    /// ViewSchema::companionOf. They are made, written, rebuilt and swapped in the view's own
    /// transactions, stand at the view's checkpoint, have no history, and are not listed.
    virtual std::vector<ViewSchema> companions() const { return {}; }
    /// Which aggregate type a row's id belongs to ("order": row 7f3a is stream order-7f3a), or
    /// nothing.
    virtual std::optional<QString> rowAggregateType() const { return std::nullopt; }
    /// Applies one event; an event it has no interest in changes nothing. Fails with BadInput when
    /// an event of a type it knows cannot be understood.
    virtual Result<void> apply(const RecordedEvent& event, ViewRows& rows) const = 0;
};

} // namespace rewindow
