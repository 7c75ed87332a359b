// Counting the events of a sidecar index: by type, by stream, by category, over time.
#pragma once

#include "store/sidecar/sidecar_selection.h"

namespace rewindow {

/// All look at the selected rows from row `from` on, so that what was counted can be added to; all
/// fail with Cancelled, and with Storage where the index was cut off. Counts by name have one
/// number for each of the view's names.
Result<std::vector<qint64>> countTypes(const SidecarView& view, const SidecarSelection& selection,
                                       qint64 from, const CancelToken& cancel = {});
Result<std::vector<qint64>> countStreams(const SidecarView& view, const SidecarSelection& selection,
                                         qint64 from, const CancelToken& cancel = {});
/// The same sums by the streams' categories. `streams`: of countStreams(), maybe of an older view.
std::vector<qint64> sumCategories(const SidecarView& view, const std::vector<qint64>& streams);

/// What countOverTime() is to count into.
struct TimeBuckets {
    std::vector<qint64> edges;    ///< microseconds, rising: bucket i is [edges[i], edges[i+1])
    std::vector<quint32> stackOf; ///< by type; a type past the end is of the last stack
    quint32 stacks = 1;
    std::size_t buckets() const { return edges.size() < 2 ? 0 : edges.size() - 1; }
};

/// Counts by bucket and stack: number `bucket * stacks + stack`. Events outside count nowhere.
Result<std::vector<qint64>> countOverTime(const SidecarView& view, const TimeBuckets& buckets,
                                          const SidecarSelection& selection, qint64 from,
                                          const CancelToken& cancel = {});

} // namespace rewindow
