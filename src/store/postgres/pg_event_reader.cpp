// Reading the events of a PostgreSQL store: the statements that EventSql composes, by cursors.
#include "store/postgres/pg_event_reader.h"

#include "store/filter/filter_matcher.h"
#include "store/sql/row_subject.h"
#include "store/sql/version_search.h"

#include <algorithm>
#include <map>

namespace rewindow {

namespace {

/// Answers of at most so many rows are taken at once.
constexpr qint64 kFewRows = 500;
/// What a portion of an answer is to take in memory, and how many rows it has at the most.
constexpr quint64 kPortionBytes = 1024 * 1024;
constexpr qint64 kPortionRows = 2000;
constexpr qint64 kFirstPortionRows = 100;

} // namespace

PgEventReader::PgEventReader(PgConnection& connection, const Profile& profile,
                             std::shared_ptr<const PgDialect> dialect)
    : m_connection(connection)
    , m_profile(profile)
    , m_dialect(std::move(dialect))
    , m_sql(profile, m_dialect)
    , m_row(profile, m_sql)
    , m_probe(connection, m_sql, profile, m_dialect->schema().name) {}

Result<std::optional<GlobalPosition>> PgEventReader::completeUpTo() {
    // One writer of ours appends at a time: what is there is complete.
    if (m_profile.writable || !m_profile.position.isPresent())
        return std::nullopt;
    if (!m_settled) {
        auto settled = SettledLog::ofWhole(m_probe);
        if (!settled)
            return std::unexpected(settled.error());
        m_settled = std::move(*settled);
    }
    // A transaction that goes on reads from a snapshot of its own, in which nothing new appears.
    if (!m_connection.isInTransaction())
        if (const auto advanced = m_settled->advance(m_probe); !advanced)
            return std::unexpected(advanced.error());
    return m_settled->settled();
}

Result<EventQuery> PgEventReader::bounded(EventQuery query) {
    if (query.stream || query.upTo)
        return query;
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    query.upTo = *end;
    return query;
}

Result<void> PgEventReader::forEachOfFew(const BoundSql& sql, const CancelToken& cancel,
                                         const RowVisitor& visit) {
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
    const auto answer = m_connection.execute(sql, cancel);
    if (!answer)
        return std::unexpected(answer.error());
    for (int row = 0; row < answer->rows(); ++row) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
        if (!visit(PgRow(*answer, row)))
            break;
    }
    return {};
}

Result<void> PgEventReader::forEachRow(const BoundSql& sql, const CancelToken& cancel,
                                       const RowVisitor& visit) {
    // A cursor lives in a transaction; that of a call around this one is as good.
    if (m_connection.isInTransaction())
        return forEachFetched(sql, cancel, visit);
    if (const auto begun =
            m_connection.execute(QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        !begun)
        return std::unexpected(begun.error());
    auto done = forEachFetched(sql, cancel, visit);
    if (!m_connection.isInTransaction())
        return done;
    const auto ended = m_connection.execute(QStringLiteral("ROLLBACK"));
    return done && !ended ? std::unexpected(ended.error()) : done;
}

Result<void> PgEventReader::forEachFetched(const BoundSql& sql, const CancelToken& cancel,
                                           const RowVisitor& visit) {
    const QString cursor = QStringLiteral("rewindow_%1").arg(++m_cursors);
    const auto declared = m_connection.execute(
        {QStringLiteral("DECLARE %1 NO SCROLL CURSOR FOR %2").arg(cursor, sql.text), sql.values},
        cancel);
    if (!declared)
        return std::unexpected(declared.error());
    qint64 wanted = kFirstPortionRows;
    while (true) {
        const auto portion = m_connection.execute(
            {QStringLiteral("FETCH %1 FROM %2").arg(wanted).arg(cursor), {}}, cancel);
        if (!portion)
            return std::unexpected(portion.error());
        for (int row = 0; row < portion->rows(); ++row) {
            if (cancel.isCancelled())
                return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
            if (!visit(PgRow(*portion, row)))
                wanted = 0;
            if (wanted == 0)
                break;
        }
        if (portion->rows() < wanted || wanted == 0)
            break;
        const auto rowBytes = std::max<quint64>(portion->bytes() / quint64(wanted), 1);
        wanted = std::clamp<qint64>(qint64(kPortionBytes / rowBytes), 1, kPortionRows);
    }
    const auto closed = m_connection.execute(QStringLiteral("CLOSE ") + cursor);
    return closed ? Result<void>() : std::unexpected(closed.error());
}

Result<void> PgEventReader::forEach(const EventQuery& query, const Visitor& visit,
                                    const CancelToken& cancel) {
    const auto complete = bounded(query);
    if (!complete)
        return std::unexpected(complete.error());
    const auto filter = m_sql.translate(*complete);
    const BoundSql sql = m_sql.events(*complete, filter);
    if (filter.rest.isEverything()) {
        const auto take = [this, &visit](const PgRow& row) { return visit(m_row.event(row)); };
        return query.limit >= 0 && query.limit <= kFewRows ? forEachOfFew(sql, cancel, take)
                                                           : forEachRow(sql, cancel, take);
    }
    qint64 left = query.limit;
    if (left == 0)
        return {};
    const FilterMatcher matcher(filter.rest);
    return forEachRow(sql, cancel, [&](const PgRow& row) {
        return !matcher.matches(RowSubject(m_row, row)) || (visit(m_row.event(row)) && --left != 0);
    });
}

FilterPlan PgEventReader::filterPlan(const EventFilter& filter) const {
    return m_sql.translate(filter).plan;
}

Result<void> PgEventReader::forEachHeader(GlobalPosition after, const HeaderVisitor& visit,
                                          const CancelToken& cancel) {
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    return forEachRow(m_sql.headers(after, *end), cancel,
                      [this, &visit](const PgRow& row) { return visit(m_row.header(row)); });
}

Result<std::optional<RecordedEvent>> PgEventReader::oneEvent(const BoundSql& sql) {
    std::optional<RecordedEvent> found;
    const auto done = forEachOfFew(sql, {}, [this, &found](const PgRow& row) {
        found = m_row.event(row);
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

Result<std::optional<RecordedEvent>> PgEventReader::eventAt(GlobalPosition position) {
    if (!m_profile.position.isPresent())
        return std::nullopt;
    return oneEvent(m_sql.eventAt(position));
}

Result<std::optional<RecordedEvent>> PgEventReader::eventById(const QString& id) {
    if (!m_profile.id.isPresent() || !m_dialect->canHold(m_profile.table, m_profile.id.name, id))
        return std::nullopt;
    return oneEvent(m_sql.eventById(id));
}

Result<std::optional<qint64>> PgEventReader::number(const BoundSql& sql,
                                                    const CancelToken& cancel) {
    std::optional<qint64> number;
    const auto done = forEachOfFew(sql, cancel, [&number](const PgRow& row) {
        if (!row.isNull(0))
            number = row.integer(0);
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return number;
}

Result<LogSummary> PgEventReader::bounds(const CancelToken& cancel) {
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
    const auto last = *end ? Result<GlobalPosition>(**end) : m_probe.lastPosition();
    if (!last)
        return std::unexpected(last.error());
    bounds.head = *last;
    if (bounds.events == 0)
        bounds.first = bounds.head = GlobalPosition(0);
    return bounds;
}

Result<LogSummary> PgEventReader::summary(const CancelToken& cancel) {
    auto summary = bounds(cancel);
    if (!summary)
        return summary;
    const auto counted = forEachRow(m_sql.streamNames(), cancel, [&summary](const PgRow&) {
        ++summary->streams;
        return true;
    });
    if (!counted)
        return std::unexpected(counted.error());
    return summary;
}

Result<GlobalPosition> PgEventReader::head() {
    if (!m_profile.position.isPresent())
        return GlobalPosition(0);
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    return *end ? Result<GlobalPosition>(**end) : m_probe.lastPosition();
}

Result<std::vector<StreamSummary>> PgEventReader::streams(const StreamQuery& query,
                                                          const CancelToken& cancel) {
    std::vector<StreamSummary> streams;
    const auto done = forEachRow(m_sql.streams(query), cancel, [this, &streams](const PgRow& row) {
        streams.push_back(m_row.summary(row));
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    return streams;
}

Result<std::optional<StreamSummary>> PgEventReader::stream(const QString& name) {
    std::optional<StreamSummary> found;
    const auto done = forEachOfFew(m_sql.stream(name), {}, [this, &found](const PgRow& row) {
        found = m_row.summary(row);
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

Result<std::vector<TypeCount>> PgEventReader::typeCounts(const BoundSql& sql,
                                                         const CancelToken& cancel) {
    std::vector<TypeCount> types;
    const auto done = forEachRow(sql, cancel, [&types](const PgRow& row) {
        types.push_back({toQString(row.text(0)), row.integer(1)});
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    return types;
}

Result<std::vector<TypeCount>> PgEventReader::streamTypes(const CancelToken& cancel) {
    if (m_profile.aggregateType.isPresent())
        return typeCounts(m_sql.streamsByType(), cancel);
    std::map<std::string, qint64, std::less<>> counts;
    const auto done = forEachRow(m_sql.streamNames(), cancel, [&](const PgRow& row) {
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

Result<std::vector<TypeCount>> PgEventReader::eventTypes(const CancelToken& cancel) {
    return typeCounts(m_sql.eventTypes(), cancel);
}

Result<StreamVersion> PgEventReader::versionAt(const QString& stream, GlobalPosition position) {
    return lastVersionUpTo(
        position, [&](StreamVersion version) -> Result<std::optional<VersionPlace>> {
            std::optional<VersionPlace> place;
            const auto done =
                forEachOfFew(m_sql.lastUpTo(stream, version), {}, [&](const PgRow& row) {
                    place = {m_sql.version(row.integer(0)), GlobalPosition(row.integer(1))};
                    return false;
                });
            if (!done)
                return std::unexpected(done.error());
            return place;
        });
}

Result<EventReader::PositionSamples>
PgEventReader::samplePositions(const EventFilter& filter, qint64 step, const CancelToken& cancel) {
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
        forEachRow(m_sql.events(*query, translation, wanted), cancel, [&](const PgRow& row) {
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

Result<qint64> PgEventReader::dataVersion() {
    // Which transactions a snapshot sees changes with each that ends, also on a standby.
    const auto version = number(
        {QStringLiteral("SELECT hashtextextended(CAST(txid_current_snapshot() AS TEXT),0)"), {}});
    if (!version)
        return std::unexpected(version.error());
    if (!m_settled || !m_settled->isWaiting())
        return version->value_or(0);
    // Who had a position and takes it back without having written anything changes no snapshot.
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    return version->value_or(0) ^ (*end).value_or(GlobalPosition(0)).value();
}

} // namespace rewindow
