// Appending to a store of our own schema in SQLite.
#include "store/sqlite/sqlite_event_writer.h"

#include "store/sqlite/immediate_transaction.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_statement.h"
#include "store/sqlite/wal_checkpoint.h"

#include <QHash>
#include <QScopeGuard>

#include <algorithm>
#include <vector>

#include <sqlite3.h>

namespace rewindow {

namespace {

/// Streams whose last version an import remembers; beyond that it looks them up again.
constexpr qsizetype kRememberedStreams = 200'000;
/// Of the page cache while importing: enough that index pages are seldom written twice.
constexpr int kImportCacheKiB = 64 * 1024;

std::string_view view(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// The event as it will be read.
RecordedEvent recordedAs(const QString& stream, StreamVersion version, GlobalPosition position,
                         const NewEvent& event) {
    const QByteArray texts[] = {stream.toUtf8(),
                                event.id.toUtf8(),
                                event.type.toUtf8(),
                                event.data,
                                event.metadata,
                                event.correlationId.toUtf8(),
                                event.causationId.toUtf8()};
    RecordedEvent::Texts views;
    std::ranges::transform(texts, views.begin(), view);
    return RecordedEvent(position, version, event.recordedAt, views);
}

/// An event that has the id of one about to be appended.
struct Present {
    GlobalPosition position;
    StreamVersion version;
    bool sameBody = false;
};

struct Statements {
    SqliteStatement lastPosition;
    SqliteStatement lastVersion;
    SqliteStatement byId;
    SqliteStatement insert;

    static Result<Statements> prepare(SqliteConnection& connection);
};

Result<Statements> Statements::prepare(SqliteConnection& connection) {
    auto lastPosition = SqliteStatement::prepare(
        connection, QStringLiteral("SELECT coalesce(max(position), 0) FROM events"));
    if (!lastPosition)
        return std::unexpected(lastPosition.error());
    auto lastVersion = SqliteStatement::prepare(
        connection,
        QStringLiteral("SELECT coalesce(max(version), 0) FROM events WHERE stream = ?"));
    if (!lastVersion)
        return std::unexpected(lastVersion.error());
    auto byId = SqliteStatement::prepare(
        connection, QStringLiteral("SELECT position, version, stream, event_type, data, metadata "
                                   "FROM events WHERE event_id = ?"));
    if (!byId)
        return std::unexpected(byId.error());
    auto insert = SqliteStatement::prepare(
        connection,
        QStringLiteral("INSERT INTO events(position, event_id, stream, aggregate_type, "
                       "aggregate_id, version, event_type, data, metadata, correlation_id, "
                       "causation_id, recorded_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT(event_id) DO NOTHING"));
    if (!insert)
        return std::unexpected(insert.error());
    return Statements{std::move(*lastPosition), std::move(*lastVersion), std::move(*byId),
                      std::move(*insert)};
}

class SqliteEventWriter final : public EventWriter {
  public:
    explicit SqliteEventWriter(SqliteConnection& connection)
        : m_connection(connection)
        , m_checkpoints(WalCheckpoints::of(connection)) {}

    Result<AppendOutcome> append(const QString& stream, ExpectedVersion expected,
                                 std::span<const NewEvent> events,
                                 const WithAppend& along) override;
    Result<Imported> importAll(const ImportSource& source, const CancelToken& cancel) override;

  private:
    enum class Import { Appended, Present };

    Result<void> ready();
    Result<qint64> number(SqliteStatement& statement);
    Result<StreamVersion> versionOf(const QString& stream);
    Result<std::optional<Present>> present(const QString& stream, const NewEvent& event);
    /// Of all events or of none: nothing where none is there, the outcome to answer otherwise.
    Result<std::optional<AppendOutcome>> presentOutcome(const QString& stream,
                                                        std::span<const NewEvent> events);
    Result<AppendOutcome> idThere(const QString& stream, std::span<const NewEvent> events,
                                  const NewEvent& event);
    /// False: an event with that id is there, and nothing was inserted.
    Result<bool> insert(const QString& stream, StreamVersion version, GlobalPosition position,
                        const NewEvent& event);
    Result<Import> importOne(ImportedEvent& imported, GlobalPosition position);

    SqliteConnection& m_connection;
    std::shared_ptr<WalCheckpoints> m_checkpoints;
    std::optional<Statements> m_statements;
    QHash<QString, StreamVersion> m_importedVersions;
};

Result<void> SqliteEventWriter::ready() {
    if (m_statements)
        return {};
    auto statements = Statements::prepare(m_connection);
    if (!statements)
        return std::unexpected(statements.error());
    m_statements.emplace(std::move(*statements));
    return {};
}

Result<qint64> SqliteEventWriter::number(SqliteStatement& statement) {
    const auto row = statement.step();
    const qint64 value = row && *row ? statement.integer(0) : 0;
    statement.reset();
    if (!row)
        return std::unexpected(row.error());
    return value;
}

Result<StreamVersion> SqliteEventWriter::versionOf(const QString& stream) {
    m_statements->lastVersion.bind(0, stream);
    const auto version = number(m_statements->lastVersion);
    if (!version)
        return std::unexpected(version.error());
    return StreamVersion(*version);
}

Result<std::optional<Present>> SqliteEventWriter::present(const QString& stream,
                                                          const NewEvent& event) {
    SqliteStatement& byId = m_statements->byId;
    const auto done = qScopeGuard([&] { byId.reset(); });
    byId.bind(0, event.id);
    const auto row = byId.step();
    if (!row)
        return std::unexpected(row.error());
    if (!*row)
        return std::optional<Present>();
    return Present{GlobalPosition(byId.integer(0)), StreamVersion(byId.integer(1)),
                   byId.text(2) == view(stream.toUtf8()) &&
                       byId.text(3) == view(event.type.toUtf8()) &&
                       byId.text(4) == view(event.data) && byId.text(5) == view(event.metadata)};
}

Result<bool> SqliteEventWriter::insert(const QString& stream, StreamVersion version,
                                       GlobalPosition position, const NewEvent& event) {
    const auto bindOrNull = [this](int parameter, const QByteArray& text) {
        if (text.isEmpty())
            m_statements->insert.bindNull(parameter);
        else
            m_statements->insert.bind(parameter, view(text));
    };
    SqliteStatement& insert = m_statements->insert;
    const QByteArray name = stream.toUtf8();
    insert.bind(0, position.value());
    insert.bind(1, event.id);
    insert.bind(2, view(name));
    insert.bind(3, streamType(view(name)));
    insert.bind(4, streamId(view(name)));
    insert.bind(5, version.value());
    insert.bind(6, event.type);
    insert.bind(7, view(event.data));
    bindOrNull(8, event.metadata);
    bindOrNull(9, event.correlationId.toUtf8());
    bindOrNull(10, event.causationId.toUtf8());
    insert.bind(11, event.recordedAt.microseconds());
    const auto inserted = insert.step();
    insert.reset();
    if (!inserted)
        return std::unexpected(inserted.error());
    return sqlite3_changes(m_connection.handle()) == 1;
}

Result<std::optional<AppendOutcome>>
SqliteEventWriter::presentOutcome(const QString& stream, std::span<const NewEvent> events) {
    std::optional<Present> last;
    const NewEvent* firstPresent = nullptr;
    std::size_t found = 0;
    for (const NewEvent& event : events) {
        const auto there = present(stream, event);
        if (!there)
            return std::unexpected(there.error());
        if (!*there)
            continue;
        if (!(*there)->sameBody)
            return IdConflict{event.id};
        ++found;
        last = *there;
        if (!firstPresent)
            firstPresent = &event;
    }
    if (found == 0)
        return std::optional<AppendOutcome>();
    // Some, but not all: this is not the append that was made before.
    if (found < events.size())
        return IdConflict{firstPresent->id};
    return Appended{last->version, last->position, true};
}

/// `event` was refused for its id. Where others of the append were inserted before it, they were
/// not there, so that this is not the same append sent again.
Result<AppendOutcome> SqliteEventWriter::idThere(const QString& stream,
                                                 std::span<const NewEvent> events,
                                                 const NewEvent& event) {
    if (&event != &events.front())
        return IdConflict{event.id};
    auto known = presentOutcome(stream, events);
    if (!known)
        return std::unexpected(known.error());
    return *known ? std::move(**known) : AppendOutcome(IdConflict{event.id});
}

Result<AppendOutcome> SqliteEventWriter::append(const QString& stream, ExpectedVersion expected,
                                                std::span<const NewEvent> events,
                                                const WithAppend& along) {
    if (events.empty() || stream.isEmpty())
        return fail(Error::Kind::Usage,
                    QStringLiteral("an append needs a stream's name and at least one event"));
    for (const NewEvent& event : events)
        if (event.id.isEmpty() || event.type.isEmpty())
            return fail(
                Error::Kind::Usage,
                QStringLiteral("every event appended to %1 needs an id and a type").arg(stream));
    if (const auto prepared = ready(); !prepared)
        return std::unexpected(prepared.error());
    auto transaction = ImmediateTransaction::begin(m_connection, Durability::OnCommit);
    if (!transaction)
        return std::unexpected(transaction.error());

    // An append sent again must answer as before, though its version has passed; an id that is
    // there is found by the insertion, too.
    const auto actual = versionOf(stream);
    if (!actual)
        return std::unexpected(actual.error());
    if (expected.version() && *expected.version() != *actual) {
        auto known = presentOutcome(stream, events);
        if (!known)
            return std::unexpected(known.error());
        return *known ? std::move(**known)
                      : AppendOutcome(VersionConflict{*expected.version(), *actual});
    }

    const auto head = number(m_statements->lastPosition);
    if (!head)
        return std::unexpected(head.error());
    Appended appended{*actual, GlobalPosition(*head), false};
    std::vector<RecordedEvent> recorded;
    for (const NewEvent& event : events) {
        appended.version = appended.version.next();
        appended.position = appended.position.next();
        const auto inserted = insert(stream, appended.version, appended.position, event);
        if (!inserted)
            return std::unexpected(inserted.error());
        if (!*inserted)
            return idThere(stream, events, event);
        if (along)
            recorded.push_back(recordedAs(stream, appended.version, appended.position, event));
    }
    if (along)
        along(recorded);
    if (const auto committed = transaction->commit(); !committed)
        return std::unexpected(committed.error());
    return appended;
}

Result<SqliteEventWriter::Import> SqliteEventWriter::importOne(ImportedEvent& imported,
                                                               GlobalPosition position) {
    const auto bad = [&](const QString& what, const QString& wayOut = {}) {
        return fail(Error::Kind::BadInput, what, wayOut, imported.where);
    };
    if (imported.stream.isEmpty() || imported.event.type.isEmpty())
        return bad(QStringLiteral("the event has no stream or no type"));
    auto remembered = m_importedVersions.find(imported.stream);
    if (remembered == m_importedVersions.end()) {
        const auto there = versionOf(imported.stream);
        if (!there)
            return std::unexpected(there.error());
        if (m_importedVersions.size() >= kRememberedStreams)
            m_importedVersions.clear();
        remembered = m_importedVersions.insert(imported.stream, *there);
    }
    const StreamVersion next = remembered->next();
    const StreamVersion version = imported.version.value_or(next);
    if (version > next || version < StreamVersion(1))
        return bad(QStringLiteral("version %1 of stream %2 cannot follow version %3")
                       .arg(version.value())
                       .arg(imported.stream)
                       .arg(remembered->value()),
                   QStringLiteral("the versions of a stream must count up from 1 without a gap"));
    if (imported.event.id.isEmpty())
        imported.event.id =
            derivedEventId(imported.stream, version, imported.event.type, imported.event.data);

    if (version == next) {
        const auto inserted = insert(imported.stream, version, position, imported.event);
        if (!inserted)
            return std::unexpected(inserted.error());
        if (*inserted) {
            *remembered = version;
            return Import::Appended;
        }
    }
    const auto there = present(imported.stream, imported.event);
    if (!there)
        return std::unexpected(there.error());
    if (!*there)
        return bad(QStringLiteral("version %1 of stream %2 is there already, with another event")
                       .arg(version.value())
                       .arg(imported.stream),
                   QStringLiteral("import into an empty store, or correct the version"));
    if (!(*there)->sameBody || (imported.version && (*there)->version != version))
        return bad(QStringLiteral("an event with the id %1 is there already, and it is another one")
                       .arg(imported.event.id),
                   QStringLiteral("give this event an id of its own"));
    return Import::Present;
}

Result<Imported> SqliteEventWriter::importAll(const ImportSource& source,
                                              const CancelToken& cancel) {
    if (const auto prepared = ready(); !prepared)
        return std::unexpected(prepared.error());
    auto pragma = SqliteStatement::prepare(m_connection, QStringLiteral("PRAGMA cache_size"));
    if (!pragma)
        return std::unexpected(pragma.error());
    const auto cacheBefore = number(*pragma);
    if (!cacheBefore)
        return std::unexpected(cacheBefore.error());
    const auto setCache = [this](qint64 size) {
        return m_connection.execute(QStringLiteral("PRAGMA cache_size=%1").arg(size));
    };
    if (const auto grown = setCache(-kImportCacheKiB); !grown)
        return std::unexpected(grown.error());
    const auto cleanUp = qScopeGuard([&] {
        m_importedVersions = {};
        [[maybe_unused]] const auto set = setCache(*cacheBefore); // only speed hangs on it
    });

    auto transaction = ImmediateTransaction::begin(m_connection, Durability::OnCommit);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto head = number(m_statements->lastPosition);
    if (!head)
        return std::unexpected(head.error());
    Imported imported;
    GlobalPosition position = GlobalPosition(*head).next();
    for (;;) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled,
                        QStringLiteral("the import was cancelled; nothing was imported"));
        auto event = source();
        if (!event)
            return std::unexpected(event.error());
        if (!*event)
            break;
        const auto done = importOne(**event, position);
        if (!done)
            return std::unexpected(done.error());
        if (*done == Import::Present) {
            ++imported.present;
            continue;
        }
        ++imported.events;
        position = position.next();
    }
    if (imported.events > 0)
        if (const auto committed = transaction->commit(); !committed)
            return std::unexpected(committed.error());
    return imported;
}

} // namespace

std::unique_ptr<EventWriter> makeSqliteEventWriter(SqliteConnection& connection) {
    return std::make_unique<SqliteEventWriter>(connection);
}

} // namespace rewindow
