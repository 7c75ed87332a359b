// The selected events of a sidecar index, so that a table can jump among them.
#pragma once

#include "store/sidecar/sidecar_selection.h"

namespace rewindow {

/// Match n is the n-th selected event in the log's order, from 0. An immutable value but for
/// grow(). Finding one looks at a few thousand rows, which takes microseconds.
class MatchedRows {
  public:
    MatchedRows() = default; ///< of an empty log
    /// Looks at each row once. Fails with Cancelled, and with Storage where the index was cut off.
    static Result<MatchedRows> of(SidecarView view, SidecarSelection selection,
                                  const CancelToken& cancel = {});
    /// Takes in a view of the same lineage with more rows, and looks at those alone.
    Result<void> grow(SidecarView view, const CancelToken& cancel = {});

    qint64 count() const { return m_count; }
    const SidecarView& view() const { return m_view; }
    /// The rows of the view that are matches `first`, `first` + 1, …; at most `count`, fewer at the
    /// end.
    std::vector<qint64> rows(qint64 first, qint64 count) const;
    /// The position of match `index`, which must be below count().
    GlobalPosition positionOf(qint64 index) const;
    /// How many matches come before a row of the view.
    qint64 before(qint64 row) const;

  private:
    struct Mark {
        qint64 row = 0;    ///< where a chunk begins
        qint64 before = 0; ///< matches before it
    };
    SidecarView m_view;
    SidecarSelection m_selection;
    std::vector<Mark> m_marks;
    qint64 m_count = 0;
};

} // namespace rewindow
