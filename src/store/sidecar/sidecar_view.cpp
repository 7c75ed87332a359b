// Looking up rows, positions and names among segments.
#include "store/sidecar/sidecar_view.h"

#include "store/sidecar/sidecar_hash.h"

#include <algorithm>

namespace rewindow {

const SidecarSegment& segmentNaming(std::span<const SidecarSegment> segments, NameKind kind,
                                    NameId id) {
    return *std::upper_bound(segments.begin(), segments.end(), id,
                             [kind](NameId wanted, const SidecarSegment& segment) {
                                 const sidecar::NewNames& names = segment.newNames(kind);
                                 return wanted < names.first + names.count;
                             });
}

const std::shared_ptr<const std::vector<SidecarSegment>>& SidecarView::none() {
    static const auto empty = std::make_shared<const std::vector<SidecarSegment>>();
    return empty;
}

SidecarView::SidecarView(std::vector<SidecarSegment> segments, quint64 lineage, bool hasPositions)
    : m_segments(std::make_shared<const std::vector<SidecarSegment>>(std::move(segments)))
    , m_lineage(lineage)
    , m_hasPositions(hasPositions) {}

const SidecarSegment& SidecarView::segmentOf(qint64 row) const {
    return *std::upper_bound(
        m_segments->begin(), m_segments->end(), row,
        [](qint64 wanted, const SidecarSegment& segment) { return wanted < segment.endRow(); });
}

GlobalPosition SidecarView::positionOf(qint64 row) const {
    if (!m_hasPositions)
        return {};
    const SidecarSegment& segment = segmentOf(row);
    return GlobalPosition(segment.position(quint32(row - segment.firstRow())));
}

Timestamp SidecarView::timeOf(qint64 row) const {
    const SidecarSegment& segment = segmentOf(row);
    return Timestamp(segment.time(quint32(row - segment.firstRow())));
}

NameId SidecarView::typeOf(qint64 row) const {
    const SidecarSegment& segment = segmentOf(row);
    return segment.type(quint32(row - segment.firstRow()));
}

NameId SidecarView::streamOf(qint64 row) const {
    const SidecarSegment& segment = segmentOf(row);
    return segment.streams()[row - segment.firstRow()];
}

bool SidecarView::isWhole() const {
    return std::ranges::all_of(*m_segments, &SidecarSegment::isThere);
}

qint64 SidecarView::rowAt(GlobalPosition position) const {
    const auto segment = std::lower_bound(m_segments->begin(), m_segments->end(), position.value(),
                                          [](const SidecarSegment& each, qint64 wanted) {
                                              return each.header().lastPosition < wanted;
                                          });
    if (segment == m_segments->end())
        return rows();
    quint32 low = 0;
    quint32 high = segment->rows();
    while (low < high) {
        const quint32 middle = low + (high - low) / 2;
        if (segment->position(middle) < position.value())
            low = middle + 1;
        else
            high = middle;
    }
    return segment->firstRow() + low;
}

std::optional<SidecarView::TimeSpan> SidecarView::timeSpan() const {
    if (m_segments->empty())
        return std::nullopt;
    qint64 earliest = m_segments->front().header().earliest;
    qint64 latest = m_segments->front().header().latest;
    for (const SidecarSegment& segment : *m_segments) {
        earliest = std::min(earliest, segment.header().earliest);
        latest = std::max(latest, segment.header().latest);
    }
    return TimeSpan{Timestamp(earliest), Timestamp(latest)};
}

NameId SidecarView::names(NameKind kind) const {
    if (m_segments->empty())
        return 0;
    const sidecar::NewNames& last = m_segments->back().newNames(kind);
    return last.first + last.count;
}

std::string_view SidecarView::name(NameKind kind, NameId id) const {
    const SidecarSegment& segment = segmentNaming(*m_segments, kind, id);
    return segment.newName(kind, id - segment.newNames(kind).first);
}

NameId SidecarView::categoryOf(NameId stream) const {
    const SidecarSegment& segment = segmentNaming(*m_segments, NameKind::Stream, stream);
    return segment.newCategories()[stream - segment.newNames(NameKind::Stream).first];
}

std::optional<NameId> SidecarView::find(NameKind kind, std::string_view name) const {
    const auto hash = quint32(sidecarHash(name, m_lineage));
    for (const SidecarSegment& segment : *m_segments) {
        const quint32* hashes = segment.newHashes(kind);
        const quint32* end = hashes + segment.newNames(kind).count;
        for (const quint32* at = std::find(hashes, end, hash); at != end;
             at = std::find(at + 1, end, hash)) {
            const auto index = quint32(at - hashes);
            if (segment.newName(kind, index) == name)
                return segment.newNames(kind).first + index;
        }
    }
    return std::nullopt;
}

} // namespace rewindow
