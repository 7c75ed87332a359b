// Of SqliteEventReader: the positions of every so many rows under a filter.
#include "store/filter/filter_matcher.h"
#include "store/sql/row_subject.h"
#include "store/sqlite/reader_call.h"
#include "store/sqlite/sampled_parts.h"

#include <algorithm>
#include <system_error>
#include <thread>

namespace rewindow {

namespace {

// Shorter logs are read before a second connection is open.
constexpr qint64 kFewestPositions = 50'000;
constexpr int kMostThreads = 4;

} // namespace

/// A filter as it is asked of rows whose positions alone are wanted. The statement refers to its
/// matcher.
struct SqliteEventReader::PositionQuestion {
    PositionQuestion(const EventSql& sql, const EventFilter& asked)
        : filter(sql.translate(asked))
        , looksAtRows(!filter.rest.isEverything())
        , matcher(filter.rest)
        , wanted(columnsFor(filter.rest)) {
        if (looksAtRows && sql.ask(filter, matcher))
            wanted.reset();
        wanted.set(EventSql::Position);
    }
    Q_DISABLE_COPY_MOVE(PositionQuestion)

    FilterSql::Translation filter;
    const bool looksAtRows; ///< the database's own comparisons do not answer all of it
    const FilterMatcher matcher;
    EventSql::Columns wanted;
};

Result<void> SqliteEventReader::forEachPosition(const PositionQuestion& question,
                                                const EventQuery& query, const CancelToken& cancel,
                                                const std::function<void(qint64)>& found) {
    const BoundSql sql = m_sql.events(query, question.filter, question.wanted);
    const auto visit = [&found](const SqliteStatement& row) {
        found(row.integer(EventSql::Position));
        return true;
    };
    return question.filter.rest.isEverything() ? forEachRow(sql, cancel, visit)
                                               : forEachMatch(sql, question.matcher, cancel, visit);
}

Result<EventReader::PositionSamples> SqliteEventReader::samplePositions(const EventFilter& filter,
                                                                        qint64 step,
                                                                        const CancelToken& cancel) {
    const Call call(*this, cancel);
    if (!call)
        return call.failure();
    PositionSamples samples;
    const PositionQuestion question(m_sql, filter);
    const bool hasPositions = m_profile.position.isPresent();
    if (!hasPositions && !question.looksAtRows) {
        const auto rows = number(m_sql.countRows(question.filter), cancel);
        if (!rows)
            return std::unexpected(rows.error());
        samples.rows = rows->value_or(0);
        return samples;
    }
    step = std::max<qint64>(step, 1);
    if (filter.isEmpty()) {
        const auto log = bounds(cancel);
        if (!log)
            return std::unexpected(log.error());
        if (log->gapless()) {
            samples.rows = log->events;
            for (qint64 row = 0; row < log->events; row += step)
                samples.positions.emplace_back(log->first.value() + row);
            return samples;
        }
    }
    EventQuery query;
    if (const auto bounded = boundByTimes(query, question.filter, cancel); !bounded)
        return std::unexpected(bounded.error());
    const auto isDivided = isWorthDividing(query, question, cancel);
    if (!isDivided)
        return std::unexpected(isDivided.error());
    if (*isDivided)
        return sampleDivided(query, filter, step, cancel);
    const auto done = forEachPosition(question, query, cancel, [&](qint64 position) {
        if (samples.rows++ % step == 0 && hasPositions)
            samples.positions.emplace_back(position);
    });
    if (!done)
        return std::unexpected(done.error());
    return samples;
}

Result<bool> SqliteEventReader::isWorthDividing(EventQuery& query, const PositionQuestion& question,
                                                const CancelToken& cancel) {
    // What an index finds by itself is found before another connection is open; and of a stream
    // the index is not in the order of positions.
    if (!m_sql.isKeyedByPosition() || question.filter.isOneStream ||
        (question.filter.isDriven && !question.looksAtRows) ||
        m_source.connection().isInTransaction())
        return false;
    const auto first = number(m_sql.firstPosition(), cancel);
    if (!first)
        return std::unexpected(first.error());
    const auto head = number(m_sql.headPosition(), cancel);
    if (!head)
        return std::unexpected(head.error());
    // Bounds of a query are positive.
    if (!*first || !*head || **first < 1)
        return false;
    const qint64 from = std::max(query.after.value(), **first - 1);
    const qint64 to = std::min(query.upTo.value_or(GlobalPosition(**head)).value(), **head);
    if (to - from < kFewestPositions || to - from > SampledParts::kMostPositions)
        return false;
    query.after = GlobalPosition(from);
    query.upTo = GlobalPosition(to);
    return true;
}

Result<EventReader::PositionSamples> SqliteEventReader::sampleDivided(const EventQuery& query,
                                                                      const EventFilter& filter,
                                                                      qint64 step,
                                                                      const CancelToken& cancel) {
    SampledParts parts(GlobalPosition(query.after.value() + 1), *query.upTo, step);
    const auto help = [&parts, &filter, &cancel, &own = m_source, &profile = m_profile] {
        // Where the file cannot be opened once more, all parts are left to the others.
        auto source = ReadSource::openForReading(own.connection().path());
        if (source && source->isOfSameFile(own))
            SqliteEventReader(*source, profile).sampleParts(parts, filter, cancel);
    };
    {
        std::vector<std::jthread> helpers;
        const int threads =
            std::min(static_cast<int>(std::thread::hardware_concurrency()), kMostThreads);
        const auto addHelper = [&] {
            try {
                helpers.emplace_back(help);
                return true;
            } catch (const std::system_error&) {
                return false; // no thread is left: those that there are do it all
            }
        };
        while (static_cast<int>(helpers.size()) + 1 < threads && addHelper()) {
        }
        sampleParts(parts, filter, cancel);
    }
    return parts.samples();
}

void SqliteEventReader::sampleParts(SampledParts& parts, const EventFilter& filter,
                                    const CancelToken& cancel) {
    const Call call(*this, cancel);
    if (!call)
        return parts.fail(call.failure().error());
    const PositionQuestion question(m_sql, filter);
    while (auto part = parts.take()) {
        EventQuery query;
        query.after = part->first.previous();
        query.upTo = part->last;
        const qint64 first = part->first.value();
        const auto done = forEachPosition(question, query, cancel, [&](qint64 position) {
            part->matches.push_back(static_cast<quint32>(position - first));
        });
        if (!done)
            return parts.fail(done.error());
        parts.giveBack(*std::move(part));
    }
}

} // namespace rewindow
