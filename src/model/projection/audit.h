// Holding a view table against a fresh fold.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "model/projection/projection.h"

#include <map>

namespace rewindow {

class Store;

/// A view folded afresh in memory.
struct FreshFold {
    std::map<QString, ViewRow> rows; ///< by id
    /// (id, column number) → position of the event that last gave the cell another value, or
    /// removed or created its row.
    std::map<std::pair<QString, int>, GlobalPosition> setBy;
    GlobalPosition upTo;
};

/// Folds the events up to `upTo` (inclusive) through `projection`. Reads the store, writes nothing.
Result<FreshFold> foldAfresh(Store& store, const Projection& projection, GlobalPosition upTo,
                             const CancelToken& cancel = {});

/// A cell of a view table that is not what the events say.
struct Drift {
    QString view;
    QString id;
    QString column;                    ///< "id" where a whole row is missing or too many
    std::optional<ViewValue> expected; ///< nothing: the row should not be there
    std::optional<ViewValue> actual;   ///< nothing: the row is missing
    GlobalPosition position; ///< of the event that last set the cell in the fresh fold; 0: none did
};

/// Compares the view's table with a fresh fold up to its checkpoint; a lag is no drift.
Result<std::vector<Drift>> audit(Store& store, ViewTables& tables, const Projection& projection,
                                 const CancelToken& cancel = {});

} // namespace rewindow
