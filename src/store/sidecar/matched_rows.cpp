// Marks every few thousand rows say how many matches come before.
#include "store/sidecar/matched_rows.h"

#include <algorithm>

namespace rewindow {

Result<MatchedRows> MatchedRows::of(SidecarView view, SidecarSelection selection,
                                    const CancelToken& cancel) {
    MatchedRows matched;
    matched.m_selection = std::move(selection);
    if (auto grown = matched.grow(std::move(view), cancel); !grown)
        return std::unexpected(grown.error());
    return matched;
}

Result<void> MatchedRows::grow(SidecarView view, const CancelToken& cancel) {
    std::vector<Mark> added;
    qint64 count = m_count;
    SidecarWalk walk(view, m_selection);
    auto walked = walk.run(m_view.rows(), cancel, [&](const SidecarChunk& chunk) {
        added.push_back({chunk.segment.firstRow() + chunk.begin, count});
        count += chunk.selected();
        return true;
    });
    if (!walked)
        return walked;
    m_marks.insert(m_marks.end(), added.begin(), added.end());
    m_count = count;
    m_view = std::move(view);
    return {};
}

std::vector<qint64> MatchedRows::rows(qint64 first, qint64 count) const {
    std::vector<qint64> found;
    count = std::min(count, m_count - first);
    if (first < 0 || count <= 0)
        return found;
    found.reserve(std::size_t(count));
    const auto mark = std::prev(
        std::upper_bound(m_marks.begin(), m_marks.end(), first,
                         [](qint64 wanted, const Mark& each) { return wanted < each.before; }));
    qint64 skip = first - mark->before;
    SidecarWalk walk(m_view, m_selection);
    const auto walked = walk.run(mark->row, {}, [&](const SidecarChunk& chunk) {
        for (quint32 row = chunk.begin; row < chunk.end && qint64(found.size()) < count; ++row)
            if ((chunk.mask == nullptr || chunk.mask[row - chunk.begin] != 0) && --skip < 0)
                found.push_back(chunk.segment.firstRow() + row);
        return qint64(found.size()) < count;
    });
    Q_UNUSED(walked) // nobody cancels it
    return found;
}

GlobalPosition MatchedRows::positionOf(qint64 index) const {
    return m_view.positionOf(rows(index, 1).front());
}

qint64 MatchedRows::before(qint64 row) const {
    const auto after =
        std::upper_bound(m_marks.begin(), m_marks.end(), row,
                         [](qint64 wanted, const Mark& each) { return wanted < each.row; });
    if (after == m_marks.begin())
        return 0;
    const Mark& mark = *std::prev(after);
    qint64 matches = mark.before;
    SidecarWalk walk(m_view, m_selection);
    const auto walked = walk.run(mark.row, {}, [&](const SidecarChunk& chunk) {
        const qint64 first = chunk.segment.firstRow() + chunk.begin;
        for (qint64 i = 0; i < chunk.end - chunk.begin && first + i < row; ++i)
            matches += chunk.mask == nullptr ? 1 : chunk.mask[i];
        return false;
    });
    Q_UNUSED(walked)
    return matches;
}

} // namespace rewindow
