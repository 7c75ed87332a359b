// Reading the events of a SQLite store: stepping the statements that EventSql composes.
#include "store/sqlite/sqlite_event_reader.h"

#include "store/filter/filter_matcher.h"
#include "store/sql/row_subject.h"
#include "store/sql/version_search.h"
#include "store/sqlite/bind_values.h"
#include "store/sqlite/reader_call.h"
#include "store/sqlite/sqlite_dialect.h"

#include <map>
#include <string>

namespace rewindow {

namespace {

std::unexpected<Error> cancelled() {
    return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
}

} // namespace

SqliteEventReader::SqliteEventReader(ReadSource& source, const Profile& profile)
    : m_source(source)
    , m_profile(profile)
    , m_sql(profile, std::make_shared<SqliteDialect>(source.connection()))
    , m_row(profile, m_sql)
    , m_statements(source.connection()) {}

Result<void> SqliteEventReader::refresh() {
    if (m_calls > 0 || !m_source.isStale())
        return {};
    m_statements.clear();
    return m_source.reopen();
}

Result<void> SqliteEventReader::forEachRow(const BoundSql& sql, const CancelToken& cancel,
                                           const RowVisitor& visit) {
    auto statement = m_statements.take(sql.text);
    if (!statement)
        return std::unexpected(statement.error());
    SqliteStatement& row = **statement;
    bindValues(sql, row);
    while (true) {
        if (cancel.isCancelled())
            return cancelled();
        m_isStepping = true;
        const auto stepped = row.step();
        m_isStepping = false;
        if (!stepped)
            return cancel.isCancelled() ? cancelled() : std::unexpected(stepped.error());
        if (!*stepped || !visit(row))
            return {};
    }
}

Result<void> SqliteEventReader::forEach(const EventQuery& query, const Visitor& visit,
                                        const CancelToken& cancel) {
    const Call call(*this, cancel);
    if (!call)
        return call.failure();
    auto filter = m_sql.translate(query);
    const FilterMatcher matcher(filter.rest);
    const bool isAsked = filter.rest.isEverything() || m_sql.ask(filter, matcher);
    EventQuery bounded = query;
    if (const auto found = boundByTimes(bounded, filter, cancel); !found)
        return found;
    const BoundSql sql = m_sql.events(bounded, filter);
    if (isAsked)
        return forEachRow(sql, cancel, [this, &visit](const SqliteStatement& row) {
            return visit(m_row.event(row));
        });
    qint64 left = query.limit;
    if (left == 0)
        return {};
    return forEachMatch(sql, matcher, cancel, [&](const SqliteStatement& row) {
        return visit(m_row.event(row)) && --left != 0;
    });
}

Result<void> SqliteEventReader::forEachMatch(const BoundSql& sql, const FilterMatcher& matcher,
                                             const CancelToken& cancel, const RowVisitor& visit) {
    return forEachRow(sql, cancel, [&](const SqliteStatement& row) {
        return !matcher.matches(RowSubject(m_row, row)) || visit(row);
    });
}

FilterPlan SqliteEventReader::filterPlan(const EventFilter& filter) const {
    return m_sql.translate(filter).plan;
}

Result<void> SqliteEventReader::forEachHeader(GlobalPosition after, const HeaderVisitor& visit,
                                              const CancelToken& cancel) {
    const Call call(*this, cancel);
    if (!call)
        return call.failure();
    return forEachRow(m_sql.headers(after), cancel, [this, &visit](const SqliteStatement& row) {
        return visit(m_row.header(row));
    });
}

Result<std::optional<RecordedEvent>> SqliteEventReader::oneEvent(const BoundSql& sql) {
    const CancelToken never;
    const Call call(*this, never);
    if (!call)
        return call.failure();
    std::optional<RecordedEvent> found;
    const auto done = forEachRow(sql, never, [this, &found](const SqliteStatement& row) {
        found = m_row.event(row);
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

Result<std::optional<RecordedEvent>> SqliteEventReader::eventAt(GlobalPosition position) {
    if (!m_profile.position.isPresent())
        return std::nullopt;
    return oneEvent(m_sql.eventAt(position));
}

Result<std::optional<RecordedEvent>> SqliteEventReader::eventById(const QString& id) {
    if (!m_profile.id.isPresent())
        return std::nullopt;
    return oneEvent(m_sql.eventById(id));
}

Result<std::optional<qint64>> SqliteEventReader::number(const BoundSql& sql,
                                                        const CancelToken& cancel) {
    std::optional<qint64> number;
    const auto done = forEachRow(sql, cancel, [&number](const SqliteStatement& row) {
        if (!row.isNull(0))
            number = row.integer(0);
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return number;
}

Result<LogSummary> SqliteEventReader::bounds(const CancelToken& cancel) {
    LogSummary bounds;
    const auto events = number(m_sql.countRows(m_sql.translate(EventFilter())), cancel);
    if (!events)
        return std::unexpected(events.error());
    bounds.events = events->value_or(0);
    if (!m_profile.position.isPresent())
        return bounds;
    const auto first = number(m_sql.firstPosition(), cancel);
    if (!first)
        return std::unexpected(first.error());
    const auto last = number(m_sql.headPosition(), cancel);
    if (!last)
        return std::unexpected(last.error());
    bounds.first = GlobalPosition(first->value_or(0));
    bounds.head = GlobalPosition(last->value_or(0));
    return bounds;
}

Result<LogSummary> SqliteEventReader::summary(const CancelToken& cancel) {
    const Call call(*this, cancel);
    if (!call)
        return call.failure();
    auto summary = bounds(cancel);
    if (!summary)
        return summary;
    const auto counted = forEachStreamName(cancel, [&summary](auto) { ++summary->streams; });
    if (!counted)
        return std::unexpected(counted.error());
    return summary;
}

Result<GlobalPosition> SqliteEventReader::head() {
    const CancelToken never;
    const Call call(*this, never);
    if (!call)
        return call.failure();
    if (!m_profile.position.isPresent())
        return GlobalPosition(0);
    const auto head = number(m_sql.headPosition());
    if (!head)
        return std::unexpected(head.error());
    return GlobalPosition(head->value_or(0));
}

Result<std::vector<StreamSummary>> SqliteEventReader::streams(const StreamQuery& query,
                                                              const CancelToken& cancel) {
    const Call call(*this, cancel);
    if (!call)
        return call.failure();
    std::vector<StreamSummary> streams;
    const auto done =
        forEachRow(m_sql.streams(query), cancel, [this, &streams](const SqliteStatement& row) {
            streams.push_back(m_row.summary(row));
            return true;
        });
    if (!done)
        return std::unexpected(done.error());
    return streams;
}

Result<std::optional<StreamSummary>> SqliteEventReader::stream(const QString& name) {
    const CancelToken never;
    const Call call(*this, never);
    if (!call)
        return call.failure();
    std::optional<StreamSummary> found;
    const auto done =
        forEachRow(m_sql.stream(name), never, [this, &found](const SqliteStatement& row) {
            found = m_row.summary(row);
            return false;
        });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

Result<void>
SqliteEventReader::forEachStreamName(const CancelToken& cancel,
                                     const std::function<void(std::string_view)>& visit) {
    // A look-up for each stream, through the index, instead of a look at each event.
    std::optional<std::string> last;
    while (true) {
        std::optional<std::string> next;
        const auto done =
            forEachRow(m_sql.nextStream(last), cancel, [&next](const SqliteStatement& row) {
                next = std::string(row.text(0));
                return false;
            });
        if (!done)
            return done;
        // Bytes that are no text compare greater than any text: without this, for ever.
        if (!next || (last && *next <= *last))
            return {};
        visit(*next);
        last = std::move(next);
    }
}

Result<std::vector<TypeCount>> SqliteEventReader::typeCounts(const BoundSql& sql,
                                                             const CancelToken& cancel) {
    std::vector<TypeCount> types;
    const auto done = forEachRow(sql, cancel, [&types](const SqliteStatement& row) {
        types.push_back({toQString(row.text(0)), row.integer(1)});
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    return types;
}

Result<std::vector<TypeCount>> SqliteEventReader::streamTypes(const CancelToken& cancel) {
    const Call call(*this, cancel);
    if (!call)
        return call.failure();
    if (m_profile.aggregateType.isPresent())
        return typeCounts(m_sql.streamsByType(), cancel);
    std::map<std::string, qint64, std::less<>> counts;
    const auto done = forEachStreamName(cancel, [&](std::string_view name) {
        const std::string_view type = m_row.typeIn(name);
        const auto known = counts.find(type);
        ++(known != counts.end() ? known : counts.emplace(type, 0).first)->second;
    });
    if (!done)
        return std::unexpected(done.error());
    std::vector<TypeCount> types;
    types.reserve(counts.size());
    for (const auto& [type, count] : counts)
        types.push_back({QString::fromStdString(type), count});
    return types;
}

Result<std::vector<TypeCount>> SqliteEventReader::eventTypes(const CancelToken& cancel) {
    const Call call(*this, cancel);
    if (!call)
        return call.failure();
    return typeCounts(m_sql.eventTypes(), cancel);
}

Result<StreamVersion> SqliteEventReader::versionAt(const QString& stream, GlobalPosition position) {
    const CancelToken never;
    const Call call(*this, never);
    if (!call)
        return call.failure();
    return lastVersionUpTo(
        position, [&](StreamVersion version) -> Result<std::optional<VersionPlace>> {
            std::optional<VersionPlace> place;
            const auto done =
                forEachRow(m_sql.lastUpTo(stream, version), never, [&](const SqliteStatement& row) {
                    place = {m_sql.version(row.integer(0)), GlobalPosition(row.integer(1))};
                    return false;
                });
            if (!done)
                return std::unexpected(done.error());
            return place;
        });
}

Result<qint64> SqliteEventReader::dataVersion() {
    const CancelToken never;
    const Call call(*this, never);
    if (!call)
        return call.failure();
    const auto version = number({QStringLiteral("PRAGMA data_version"), {}});
    if (!version)
        return std::unexpected(version.error());
    // SQLite counts anew for each connection.
    constexpr int kBitsOfDataVersion = 32;
    return (m_source.generation() << kBitsOfDataVersion) + version->value_or(0);
}

} // namespace rewindow
