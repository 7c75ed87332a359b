// Of SqliteEventReader: where in the log the times lie that a filter wants.
#include "store/sqlite/sqlite_event_reader.h"

#include <algorithm>

namespace rewindow {

namespace {

/// A row of the log costs as much as so many entries of the index over time.
constexpr int kEntriesARow = 6;
constexpr int kProbes = 16;

} // namespace

Result<void> SqliteEventReader::boundByTimes(EventQuery& query,
                                             const FilterSql::Translation& filter,
                                             const CancelToken& cancel) {
    if (!filter.times || filter.isDriven || query.stream)
        return {};
    const auto isWanted = [&filter](const std::optional<qint64>& time) {
        return time && *time >= filter.times->begin.microseconds() &&
               *time < filter.times->end.microseconds();
    };
    if (query.limit >= 0) {
        const auto time = number(m_sql.timeOfFirst(query), cancel);
        if (!time)
            return std::unexpected(time.error());
        if (isWanted(*time))
            return {};
    }
    const auto first = number(m_sql.firstPosition(), cancel);
    const auto head = number(m_sql.headPosition(), cancel);
    for (const auto* bound : {&first, &head})
        if (!*bound)
            return std::unexpected(bound->error());
    const qint64 from = std::max(query.after.value() + 1, first->value_or(0));
    const qint64 to =
        std::min(query.upTo ? query.upTo->value() : head->value_or(0), head->value_or(0));
    if (from > to)
        return {};
    // Looks at the log here and there: how far away is what is wanted, and how much is it?
    int before = kProbes;
    int within = 0;
    for (int probe = 0; probe < kProbes; ++probe) {
        const qint64 offset = (to - from) / kProbes * probe;
        const auto time =
            number(m_sql.timeFrom(GlobalPosition(query.newestFirst ? to - offset : from + offset)),
                   cancel);
        if (!time)
            return std::unexpected(time.error());
        if (!isWanted(*time))
            continue;
        before = std::min(before, probe);
        ++within;
    }
    const int passedOver = query.limit >= 0 ? before : kProbes - within;
    if (passedOver * kEntriesARow <= within)
        return {};
    const auto done =
        forEachRow(m_sql.positionsWithin(*filter.times), cancel, [&](const SqliteStatement& row) {
            query.after = std::max(query.after, GlobalPosition(row.integer(0) - 1));
            query.upTo = GlobalPosition(std::min(to, row.isNull(1) ? 0 : row.integer(1)));
            return false;
        });
    return done;
}

} // namespace rewindow
