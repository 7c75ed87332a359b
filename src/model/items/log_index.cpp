// Samples come from the reader's scan; the rows after the last sample are counted one by one.
#include "model/items/log_index.h"

#include <algorithm>

namespace rewindow {

LogIndex LogIndex::reckoned(GlobalPosition first, qint64 rows) {
    LogIndex index;
    index.m_first = first;
    index.m_rows = rows;
    index.m_last = rows > 0 ? GlobalPosition(first.value() + rows - 1) : GlobalPosition();
    return index;
}

Result<LogIndex> LogIndex::sampled(EventReader& reader, const EventFilter& filter,
                                   const CancelToken& cancel) {
    auto samples = reader.samplePositions(filter, kStep, cancel);
    if (!samples)
        return std::unexpected(samples.error());
    LogIndex index;
    index.m_samples = std::move(samples->positions);
    if (index.m_samples.empty())
        return index;
    // Events may have been appended while the samples were taken, so the end is looked at anew.
    const GlobalPosition lastSample = index.m_samples.back();
    index.m_samples.pop_back();
    index.m_rows = static_cast<qint64>(index.m_samples.size()) * kStep;
    auto rest = growth(reader, filter, index.m_rows, lastSample.previous(), cancel);
    if (!rest)
        return std::unexpected(rest.error());
    index.grow(*rest);
    return index;
}

Result<LogIndex::Growth> LogIndex::growth(EventReader& reader, const EventFilter& filter,
                                          qint64 rows, GlobalPosition last,
                                          const CancelToken& cancel) {
    Growth found;
    found.last = last;
    EventQuery query;
    query.after = last;
    query.filter = filter;
    const auto count = [&](RecordedEvent&& event) {
        if ((rows + found.rows) % kStep == 0)
            found.samples.push_back(event.position());
        ++found.rows;
        found.last = event.position();
        return true;
    };
    if (auto read = reader.forEach(query, count, cancel); !read)
        return std::unexpected(read.error());
    return found;
}

void LogIndex::grow(const Growth& growth) {
    if (growth.rows == 0)
        return;
    m_samples.insert(m_samples.end(), growth.samples.begin(), growth.samples.end());
    m_rows += growth.rows;
    m_last = growth.last;
}

GlobalPosition LogIndex::before(qint64 page) const {
    if (m_first)
        return GlobalPosition(m_first->value() + page * kStep - 1);
    return m_samples[static_cast<std::size_t>(page)].previous();
}

std::optional<GlobalPosition> LogIndex::positionOf(qint64 row) const {
    if (m_first)
        return GlobalPosition(m_first->value() + row);
    if (row % kStep == 0)
        return m_samples[static_cast<std::size_t>(row / kStep)];
    return row == m_rows - 1 ? std::optional(m_last) : std::nullopt;
}

qint64 LogIndex::pageOf(GlobalPosition position) const {
    if (m_first)
        return std::clamp<qint64>(position.value() - m_first->value(), 0,
                                  std::max<qint64>(m_rows - 1, 0)) /
               kStep;
    const auto above = std::upper_bound(m_samples.begin(), m_samples.end(), position);
    return std::max<qint64>(above - m_samples.begin() - 1, 0);
}

} // namespace rewindow
