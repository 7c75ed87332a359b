// Facets from the index: counted by number, named at the end.
#include "model/overview/facets.h"

#include "model/overview/frequent.h"
#include "store/recorded_event.h"
#include "store/sidecar/sidecar_counts.h"

namespace rewindow {

namespace {

Facet facetOf(const SidecarView& view, NameKind kind, const std::vector<qint64>& counts,
              qint64 events, std::size_t most) {
    Facet facet;
    facet.distinct = std::count_if(counts.begin(), counts.end(), [](qint64 n) { return n > 0; });
    facet.others = events;
    for (const NameId id : mostFrequent(counts, most)) {
        facet.values.push_back({toQString(view.name(kind, id)), counts[id]});
        facet.others -= counts[id];
    }
    return facet;
}

} // namespace

Result<Facets> Facets::of(const SidecarView& view, const FacetsRequest& request,
                          const Facets* before, const CancelToken& cancel) {
    if (before != nullptr && (!before->m_counts || before->m_lineage != view.lineage() ||
                              before->m_rows > view.rows() || before->m_request != request))
        before = nullptr;
    const qint64 from = before ? before->m_rows : 0;
    const SidecarSelection selection = resolved(request.selection, view);
    auto types = countTypes(view, selection, from, cancel);
    if (!types)
        return std::unexpected(types.error());
    auto streams = countStreams(view, selection, from, cancel);
    if (!streams)
        return std::unexpected(streams.error());
    if (before != nullptr) {
        addCounts(*types, before->m_counts->types);
        addCounts(*streams, before->m_counts->streams);
    }
    Facets facets;
    facets.m_request = request;
    facets.m_lineage = view.lineage();
    facets.m_rows = view.rows();
    facets.m_counts =
        std::make_shared<const Counts>(Counts{std::move(*types), std::move(*streams)});
    const Counts& counts = *facets.m_counts;
    for (const qint64 count : counts.types)
        facets.m_events += count;
    facets.m_types = facetOf(view, NameKind::Type, counts.types, facets.m_events, request.most);
    facets.m_streams =
        facetOf(view, NameKind::Stream, counts.streams, facets.m_events, request.most);
    facets.m_categories = facetOf(view, NameKind::Category, sumCategories(view, counts.streams),
                                  facets.m_events, request.most);
    return facets;
}

} // namespace rewindow
