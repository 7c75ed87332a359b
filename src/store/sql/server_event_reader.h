// Reading events from a database server: the statements that EventSql composes, and their answers.
#pragma once

#include "store/event_reader.h"
#include "store/filter/filter_matcher.h"
#include "store/profile.h"
#include "store/sql/event_row.h"
#include "store/sql/event_sql.h"
#include "store/sql/row_subject.h"
#include "store/sql/version_search.h"
#include "store/tail/tailed_log.h"

#include <algorithm>
#include <map>

namespace rewindow {

/// What an EventReader is to do, over what one server does for it; a Row is as EventRow has it. The
/// log of a store that is not ours ends, for all but single streams and events, before the first
/// gap that may still be filled: see SettledLog.
template <class Row>
class ServerEventReader : public EventReader {
  public:
    Result<void> forEach(const EventQuery& query, const Visitor& visit,
                         const CancelToken& cancel) override;
    Result<void> forEachHeader(GlobalPosition after, const HeaderVisitor& visit,
                               const CancelToken& cancel) override;
    Result<std::optional<RecordedEvent>> eventAt(GlobalPosition position) override;
    Result<std::optional<RecordedEvent>> eventById(const QString& id) override;
    Result<LogSummary> summary(const CancelToken& cancel) override;
    Result<GlobalPosition> head() override;
    Result<std::vector<StreamSummary>> streams(const StreamQuery& query,
                                               const CancelToken& cancel) override;
    Result<std::optional<StreamSummary>> stream(const QString& name) override;
    Result<std::vector<TypeCount>> streamTypes(const CancelToken& cancel) override;
    Result<std::vector<TypeCount>> eventTypes(const CancelToken& cancel) override;
    Result<StreamVersion> versionAt(const QString& stream, GlobalPosition position) override;
    Result<PositionSamples> samplePositions(const EventFilter& filter, qint64 step,
                                            const CancelToken& cancel) override;
    FilterPlan filterPlan(const EventFilter& filter) const override;
    LogEdge edge() const override { return m_log.edge(); }
    Result<std::vector<RecordedEvent>> provisional(qint64 limit) override {
        return m_log.provisional(limit);
    }
    Result<std::vector<RecordedEvent>> late() override { return m_log.late(); }

  protected:
    using RowVisitor = std::function<bool(const Row&)>;

    ServerEventReader(const Profile& profile, std::shared_ptr<const SqlDialect> dialect)
        : m_profile(profile)
        , m_sql(profile, std::move(dialect))
        , m_row(profile, m_sql)
        , m_log(m_sql, m_row, [this](const BoundSql& sql, const RowVisitor& visit) {
            return forEachOfFew(sql, {}, visit);
        }) {}
    /// Before anything is read.
    void setWatch(std::unique_ptr<WriterWatch> watch) { m_log.setWatch(std::move(watch)); }

    /// Steps through an answer of any length, of which a few rows at a time are here.
    virtual Result<void> forEachRow(const BoundSql& sql, const CancelToken& cancel,
                                    const RowVisitor& visit) = 0;
    /// The same of an answer known to be short, at once.
    virtual Result<void> forEachOfFew(const BoundSql& sql, const CancelToken& cancel,
                                      const RowVisitor& visit) = 0;
    /// Whether a call comes from within the visitor of a long answer.
    virtual bool isStepping() const = 0;
    /// Whether the column of ids could hold this one at all.
    virtual bool canHoldId(const QString&) const { return true; }

    const Profile& profile() const { return m_profile; }
    const EventSql& sql() const { return m_sql; }
    /// The first column of the first row, or nothing.
    Result<std::optional<qint64>> number(const BoundSql& sql, const CancelToken& cancel = {});
    /// Up to where the log is complete by now; nothing where that is its end at any time.
    Result<std::optional<GlobalPosition>> completeUpTo();
    /// Whether the log was last seen to end before a gap that may still be filled.
    bool isBeforeGap() const { return m_log.isBeforeGap(); }
    Result<GlobalPosition> lastPosition() { return m_log.lastPosition(); }

  private:
    /// Answers of at most so many rows are taken at once.
    static constexpr qint64 kFewRows = 500;

    Result<std::optional<RecordedEvent>> oneEvent(const BoundSql& sql);
    Result<std::vector<TypeCount>> typeCounts(const BoundSql& sql, const CancelToken& cancel);
    /// A summary but for the number of streams.
    Result<LogSummary> bounds(const CancelToken& cancel);
    /// A query of the log that says no end is given that; one that does has it from head().
    Result<EventQuery> bounded(EventQuery query);

    const Profile m_profile;
    const EventSql m_sql;
    const EventRow m_row;
    TailedLog<Row> m_log;
};

template <class Row>
Result<std::optional<GlobalPosition>> ServerEventReader<Row>::completeUpTo() {
    // One writer of ours appends at a time: what is there is complete.
    if (m_profile.writable || !m_profile.position.isPresent())
        return std::nullopt;
    // A transaction that goes on reads from a snapshot of its own, in which nothing new appears.
    const auto settled = m_log.completeUpTo(!isStepping());
    if (!settled)
        return std::unexpected(settled.error());
    return *settled;
}

template <class Row>
Result<EventQuery> ServerEventReader<Row>::bounded(EventQuery query) {
    if (query.stream || query.upTo)
        return query;
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    query.upTo = *end;
    return query;
}

template <class Row>
Result<void> ServerEventReader<Row>::forEach(const EventQuery& query, const Visitor& visit,
                                             const CancelToken& cancel) {
    const auto complete = bounded(query);
    if (!complete)
        return std::unexpected(complete.error());
    const auto filter = m_sql.translate(*complete);
    const BoundSql sql = m_sql.events(*complete, filter);
    if (filter.rest.isEverything()) {
        const auto take = [this, &visit](const Row& row) { return visit(m_row.event(row)); };
        return query.limit >= 0 && query.limit <= kFewRows ? forEachOfFew(sql, cancel, take)
                                                           : forEachRow(sql, cancel, take);
    }
    qint64 left = query.limit;
    if (left == 0)
        return {};
    const FilterMatcher matcher(filter.rest);
    return forEachRow(sql, cancel, [&](const Row& row) {
        return !matcher.matches(RowSubject(m_row, row)) || (visit(m_row.event(row)) && --left != 0);
    });
}

template <class Row>
FilterPlan ServerEventReader<Row>::filterPlan(const EventFilter& filter) const {
    return m_sql.translate(filter).plan;
}

template <class Row>
Result<void> ServerEventReader<Row>::forEachHeader(GlobalPosition after, const HeaderVisitor& visit,
                                                   const CancelToken& cancel) {
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    return forEachRow(m_sql.headers(after, *end), cancel,
                      [this, &visit](const Row& row) { return visit(m_row.header(row)); });
}

template <class Row>
Result<std::optional<RecordedEvent>> ServerEventReader<Row>::oneEvent(const BoundSql& sql) {
    std::optional<RecordedEvent> found;
    const auto done = forEachOfFew(sql, {}, [this, &found](const Row& row) {
        found = m_row.event(row);
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

template <class Row>
Result<std::optional<RecordedEvent>> ServerEventReader<Row>::eventAt(GlobalPosition position) {
    if (!m_profile.position.isPresent())
        return std::nullopt;
    return oneEvent(m_sql.eventAt(position));
}

template <class Row>
Result<std::optional<RecordedEvent>> ServerEventReader<Row>::eventById(const QString& id) {
    if (!m_profile.id.isPresent() || !canHoldId(id))
        return std::nullopt;
    return oneEvent(m_sql.eventById(id));
}

template <class Row>
Result<std::optional<qint64>> ServerEventReader<Row>::number(const BoundSql& sql,
                                                             const CancelToken& cancel) {
    std::optional<qint64> number;
    const auto done = forEachOfFew(sql, cancel, [&number](const Row& row) {
        if (!row.isNull(0))
            number = row.integer(0);
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return number;
}

template <class Row>
Result<LogSummary> ServerEventReader<Row>::bounds(const CancelToken& cancel) {
    LogSummary bounds;
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    const auto events = number(m_sql.countRows(m_sql.translate(EventFilter()), *end), cancel);
    if (!events)
        return std::unexpected(events.error());
    bounds.events = events->value_or(0);
    if (!m_profile.position.isPresent())
        return bounds;
    const auto first = number(m_sql.firstPosition(), cancel);
    if (!first)
        return std::unexpected(first.error());
    bounds.first = GlobalPosition(first->value_or(0));
    const auto last = *end ? Result<GlobalPosition>(**end) : m_log.lastPosition();
    if (!last)
        return std::unexpected(last.error());
    bounds.head = *last;
    if (bounds.events == 0)
        bounds.first = bounds.head = GlobalPosition(0);
    return bounds;
}

template <class Row>
Result<LogSummary> ServerEventReader<Row>::summary(const CancelToken& cancel) {
    auto summary = bounds(cancel);
    if (!summary)
        return summary;
    const auto counted = forEachRow(m_sql.streamNames(), cancel, [&summary](const Row&) {
        ++summary->streams;
        return true;
    });
    if (!counted)
        return std::unexpected(counted.error());
    return summary;
}

template <class Row>
Result<GlobalPosition> ServerEventReader<Row>::head() {
    if (!m_profile.position.isPresent())
        return GlobalPosition(0);
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    return *end ? Result<GlobalPosition>(**end) : m_log.lastPosition();
}

template <class Row>
Result<std::vector<StreamSummary>> ServerEventReader<Row>::streams(const StreamQuery& query,
                                                                   const CancelToken& cancel) {
    std::vector<StreamSummary> streams;
    const auto done = forEachRow(m_sql.streams(query), cancel, [this, &streams](const Row& row) {
        streams.push_back(m_row.summary(row));
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    return streams;
}

template <class Row>
Result<std::optional<StreamSummary>> ServerEventReader<Row>::stream(const QString& name) {
    std::optional<StreamSummary> found;
    const auto done = forEachOfFew(m_sql.stream(name), {}, [this, &found](const Row& row) {
        found = m_row.summary(row);
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

template <class Row>
Result<std::vector<TypeCount>> ServerEventReader<Row>::typeCounts(const BoundSql& sql,
                                                                  const CancelToken& cancel) {
    std::vector<TypeCount> types;
    const auto done = forEachRow(sql, cancel, [&types](const Row& row) {
        types.push_back({toQString(row.text(0)), row.integer(1)});
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    return types;
}

template <class Row>
Result<std::vector<TypeCount>> ServerEventReader<Row>::streamTypes(const CancelToken& cancel) {
    if (m_profile.aggregateType.isPresent())
        return typeCounts(m_sql.streamsByType(), cancel);
    std::map<std::string, qint64, std::less<>> counts;
    const auto done = forEachRow(m_sql.streamNames(), cancel, [&](const Row& row) {
        ++counts[std::string(m_row.typeIn(row.text(0)))];
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    std::vector<TypeCount> types;
    types.reserve(counts.size());
    for (const auto& [type, count] : counts)
        types.push_back({QString::fromStdString(type), count});
    return types;
}

template <class Row>
Result<std::vector<TypeCount>> ServerEventReader<Row>::eventTypes(const CancelToken& cancel) {
    return typeCounts(m_sql.eventTypes(), cancel);
}

template <class Row>
Result<StreamVersion> ServerEventReader<Row>::versionAt(const QString& stream,
                                                        GlobalPosition position) {
    return lastVersionUpTo(
        position, [&](StreamVersion version) -> Result<std::optional<VersionPlace>> {
            std::optional<VersionPlace> place;
            const auto done =
                forEachOfFew(m_sql.lastUpTo(stream, version), {}, [&](const Row& row) {
                    place = {m_sql.version(row.integer(0)), GlobalPosition(row.integer(1))};
                    return false;
                });
            if (!done)
                return std::unexpected(done.error());
            return place;
        });
}

template <class Row>
Result<EventReader::PositionSamples>
ServerEventReader<Row>::samplePositions(const EventFilter& filter, qint64 step,
                                        const CancelToken& cancel) {
    PositionSamples samples;
    step = std::max<qint64>(step, 1);
    const auto translation = m_sql.translate(filter);
    const bool hasPositions = m_profile.position.isPresent();
    if (filter.isEmpty()) {
        const auto log = bounds(cancel);
        if (!log)
            return std::unexpected(log.error());
        samples.rows = log->events;
        if (!hasPositions)
            return samples;
        if (log->gapless()) {
            for (qint64 row = 0; row < log->events; row += step)
                samples.positions.emplace_back(log->first.value() + row);
            return samples;
        }
        samples.rows = 0;
    }
    const FilterMatcher matcher(translation.rest);
    const bool looksAtRows = !translation.rest.isEverything();
    EventSql::Columns wanted = columnsFor(translation.rest);
    wanted.set(EventSql::Position);
    const auto query = bounded({});
    if (!query)
        return std::unexpected(query.error());
    const auto done =
        forEachRow(m_sql.events(*query, translation, wanted), cancel, [&](const Row& row) {
            if (looksAtRows && !matcher.matches(RowSubject(m_row, row)))
                return true;
            if (samples.rows++ % step == 0 && hasPositions)
                samples.positions.emplace_back(row.integer(EventSql::Position));
            return true;
        });
    if (!done)
        return std::unexpected(done.error());
    return samples;
}

} // namespace rewindow
