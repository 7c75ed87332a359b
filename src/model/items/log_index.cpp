// Samples come from the reader's scan, or from reading what was appended since.
#include "model/items/log_index.h"

#include <algorithm>

namespace rewindow {

LogIndex LogIndex::reckoned(GlobalPosition first, qint64 rows) {
    LogIndex index;
    index.m_first = first;
    index.m_rows = rows;
    index.m_reached = rows > 0 ? GlobalPosition(first.value() + rows - 1) : GlobalPosition();
    return index;
}

Result<LogIndex> LogIndex::sampled(EventReader& reader, const EventFilter& filter,
                                   GlobalPosition upTo, const CancelToken& cancel) {
    const EventFilter bounded(FilterExpression::all(
        {filter.expression(),
         FilterExpression::comparison({FilterField::Position, {}}, FilterOperator::LessOrEqual,
                                      FilterNumber{QString::number(upTo.value())})}));
    auto samples = reader.samplePositions(bounded, kStep, cancel);
    if (!samples)
        return std::unexpected(samples.error());
    LogIndex index;
    index.m_reached = upTo;
    // Without positions there is nothing to read pages by.
    if (samples->positions.empty())
        return index;
    index.m_samples = std::move(samples->positions);
    index.m_rows = samples->rows;
    return index;
}

LogIndex LogIndex::known(const std::vector<GlobalPosition>& rows, GlobalPosition upTo) {
    Q_ASSERT(static_cast<qint64>(rows.size()) <= kStep);
    LogIndex index;
    index.m_reached = upTo;
    index.m_rows = static_cast<qint64>(rows.size());
    if (!rows.empty())
        index.m_samples = {rows.front()};
    return index;
}

Result<LogIndex::Growth> LogIndex::growth(EventReader& reader, const EventFilter& filter,
                                          qint64 rows, GlobalPosition reached, GlobalPosition upTo,
                                          const CancelToken& cancel) {
    Growth found;
    found.reached = upTo;
    EventQuery query;
    query.after = reached;
    query.upTo = upTo;
    query.filter = filter;
    const auto count = [&](RecordedEvent&& event) {
        if ((rows + found.rows) % kStep == 0)
            found.samples.push_back(event.position());
        ++found.rows;
        return true;
    };
    if (auto read = reader.forEach(query, count, cancel); !read)
        return std::unexpected(read.error());
    return found;
}

void LogIndex::grow(const Growth& growth) {
    m_samples.insert(m_samples.end(), growth.samples.begin(), growth.samples.end());
    m_rows += growth.rows;
    m_reached = growth.reached;
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
    return std::nullopt;
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
