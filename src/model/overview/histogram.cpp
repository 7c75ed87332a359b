// Choosing buckets and stacks, and counting what is new.
#include "model/overview/histogram.h"

#include "model/overview/frequent.h"
#include "store/recorded_event.h"
#include "store/sidecar/sidecar_counts.h"

#include <algorithm>
#include <numeric>

namespace rewindow {

qint64 Histogram::count(std::size_t bucket) const {
    const auto begin = m_counts.begin() + std::ptrdiff_t(bucket * stacks());
    return std::accumulate(begin, begin + std::ptrdiff_t(stacks()), qint64(0));
}

qint64 Histogram::highest() const {
    qint64 highest = 0;
    for (std::size_t bucket = 0; bucket < buckets(); ++bucket)
        highest = std::max(highest, count(bucket));
    return highest;
}

qint64 Histogram::events() const {
    return std::accumulate(m_counts.begin(), m_counts.end(), qint64(0));
}

bool Histogram::continues(const Histogram& before) const {
    const std::vector<Timestamp>& edges = before.m_grid.edges;
    return before.m_request == m_request && before.m_typeIds == m_typeIds &&
           before.m_hasOthers == m_hasOthers && before.m_grid.step == m_grid.step &&
           edges.size() <= m_grid.edges.size() &&
           std::equal(edges.begin(), edges.end(), m_grid.edges.begin());
}

Result<Histogram> Histogram::of(const SidecarView& view, const HistogramRequest& request,
                                const Histogram* before, const CancelToken& cancel) {
    if (before != nullptr && (before->m_lineage != view.lineage() || before->m_rows > view.rows()))
        before = nullptr;
    Histogram histogram;
    histogram.m_request = request;
    histogram.m_lineage = view.lineage();
    histogram.m_rows = view.rows();
    const auto span = view.timeSpan();
    if (!span)
        return histogram;
    histogram.m_grid =
        timeGrid(request.first.value_or(span->earliest), request.last.value_or(span->latest),
                 std::max<std::size_t>(request.mostBuckets, 1));

    auto types = countTypes(view, {}, before ? before->m_rows : 0, cancel);
    if (!types)
        return std::unexpected(types.error());
    if (before != nullptr)
        addCounts(*types, before->m_typeCounts);
    const std::size_t stacks = std::max<std::size_t>(request.mostStacks, 1);
    histogram.m_hasOthers = types->size() > stacks;
    histogram.m_typeIds = mostFrequent(*types, histogram.m_hasOthers ? stacks - 1 : stacks);
    histogram.m_typeCounts = std::move(*types);

    TimeBuckets buckets;
    buckets.stacks = quint32(histogram.m_typeIds.size() + (histogram.m_hasOthers ? 1 : 0));
    buckets.stackOf.assign(histogram.m_typeCounts.size(), buckets.stacks - 1);
    for (const NameId id : histogram.m_typeIds) {
        buckets.stackOf[id] = quint32(histogram.m_types.size());
        histogram.m_types.push_back(toQString(view.name(NameKind::Type, id)));
    }
    for (const Timestamp edge : histogram.m_grid.edges)
        buckets.edges.push_back(edge.microseconds());
    const bool continues = before != nullptr && histogram.continues(*before);
    auto counts = countOverTime(view, buckets, resolved(request.selection, view),
                                continues ? before->m_rows : 0, cancel);
    if (!counts)
        return std::unexpected(counts.error());
    if (continues)
        addCounts(*counts, before->m_counts);
    histogram.m_counts = std::move(*counts);
    return histogram;
}

} // namespace rewindow
