// States kept at regular versions, within a budget of bytes.

#include "model/timeline/checkpoints.h"

#include <algorithm>
#include <limits>

namespace rewindow {

Checkpoints::Checkpoints(Json initial, std::size_t budget, int interval)
    : m_budget(budget)
    , m_interval(std::max(1, interval)) {
    m_bytes = initial.byteSize();
    m_kept.push_back({.state = std::move(initial), .bytes = m_bytes});
}

void Checkpoints::offer(StreamVersion version, const Json& state) {
    if (version.value() % m_interval != 0)
        return;
    const std::size_t bytes = state.byteSize(&m_kept.back().state);
    m_kept.push_back({.state = state, .bytes = bytes});
    m_bytes += bytes;
    while (byteSize() > m_budget && m_kept.size() > 1)
        thin();
}

void Checkpoints::thin() {
    if (m_interval <= std::numeric_limits<int>::max() / 2)
        m_interval *= 2;
    std::size_t kept = 1;
    m_bytes = m_kept.front().bytes;
    for (std::size_t i = 2; i < m_kept.size(); i += 2, ++kept) {
        m_kept[kept].state = std::move(m_kept[i].state);
        m_kept[kept].bytes = m_kept[kept].state.byteSize(&m_kept[kept - 1].state);
        m_bytes += m_kept[kept].bytes;
    }
    m_kept.resize(kept);
    m_kept.shrink_to_fit();
}

Checkpoints::Checkpoint Checkpoints::before(StreamVersion version) const {
    const auto number = std::min<std::size_t>(
        m_kept.size() - 1, static_cast<std::size_t>(version.value() / m_interval));
    return {StreamVersion(static_cast<qint64>(number) * m_interval), m_kept[number].state};
}

std::size_t Checkpoints::byteSize() const {
    return m_bytes + m_kept.capacity() * sizeof(Kept);
}

} // namespace rewindow
