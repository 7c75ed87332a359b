// A page of a view's rows, live or as of a position, with what one event changed in them.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"
#include "store/view_tables.h"

#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

class Store;

/// Which rows of a view are wanted.
struct ViewWish {
    ViewSchema schema;
    std::optional<GlobalPosition> at; ///< as of this position; nothing: the live rows
    GlobalPosition changesOf; ///< cells this event gave another value are marked; 0: none are
};

/// Rows in the order of their ids, from the row history by look-up; nothing is folded.
struct ViewRowsPage {
    struct Wanted {
        ViewWish wish;
        QString after; ///< rows with greater ids are read
        qint64 limit = 0;
        QString seeking; ///< read only if this row exists
    };

    std::vector<ViewRow> rows;
    std::vector<ViewRow> withChange;    ///< as of changesOf
    std::vector<ViewRow> withoutChange; ///< as of the position before it
    bool sought = true;                 ///< the row looked for exists

    /// Fails with Storage when the database does.
    static Result<ViewRowsPage> read(Store& store, const Wanted& wanted);
};

} // namespace rewindow
