// Appending to a store of our own schema in SQLite.
#include "store/sqlite/sqlite_event_writer.h"

#include "store/sql/appending_writer.h"
#include "store/sqlite/immediate_transaction.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_statement.h"
#include "store/sqlite/wal_checkpoint.h"

#include <QScopeGuard>

#include <sqlite3.h>

namespace rewindow {

namespace {

/// Of the page cache while importing: enough that index pages are seldom written twice.
constexpr int kImportCacheKiB = 64 * 1024;

std::string_view view(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

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

class SqliteEventWriter final : public AppendingWriter {
  public:
    explicit SqliteEventWriter(SqliteConnection& connection)
        : m_connection(connection)
        , m_checkpoints(WalCheckpoints::of(connection)) {}

  private:
    class Appending final : public Transaction {
      public:
        explicit Appending(ImmediateTransaction transaction)
            : m_transaction(std::move(transaction)) {}
        Result<void> commit() override { return m_transaction.commit(); }

      private:
        ImmediateTransaction m_transaction;
    };

    Result<std::unique_ptr<Transaction>> begin() override;
    Result<GlobalPosition> lastPosition() override;
    Result<StreamVersion> versionOf(const QString& stream) override;
    Result<std::optional<Present>> present(const QString& stream, const NewEvent& event) override;
    Result<bool> insert(const QString& stream, StreamVersion version, GlobalPosition position,
                        const NewEvent& event) override;
    Result<void> importBegins() override;
    void importEnds() override;

    Result<void> ready();
    Result<qint64> number(SqliteStatement& statement);
    Result<void> setCache(qint64 size);

    SqliteConnection& m_connection;
    std::shared_ptr<WalCheckpoints> m_checkpoints;
    std::optional<Statements> m_statements;
    qint64 m_cacheBefore = 0;
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

Result<std::unique_ptr<AppendingWriter::Transaction>> SqliteEventWriter::begin() {
    if (const auto prepared = ready(); !prepared)
        return std::unexpected(prepared.error());
    auto transaction = ImmediateTransaction::begin(m_connection, Durability::OnCommit);
    if (!transaction)
        return std::unexpected(transaction.error());
    return std::make_unique<Appending>(std::move(*transaction));
}

Result<GlobalPosition> SqliteEventWriter::lastPosition() {
    const auto last = number(m_statements->lastPosition);
    if (!last)
        return std::unexpected(last.error());
    return GlobalPosition(*last);
}

Result<StreamVersion> SqliteEventWriter::versionOf(const QString& stream) {
    m_statements->lastVersion.bind(0, stream);
    const auto version = number(m_statements->lastVersion);
    if (!version)
        return std::unexpected(version.error());
    return StreamVersion(*version);
}

Result<std::optional<AppendingWriter::Present>> SqliteEventWriter::present(const QString& stream,
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

Result<void> SqliteEventWriter::setCache(qint64 size) {
    return m_connection.execute(QStringLiteral("PRAGMA cache_size=%1").arg(size));
}

Result<void> SqliteEventWriter::importBegins() {
    auto pragma = SqliteStatement::prepare(m_connection, QStringLiteral("PRAGMA cache_size"));
    if (!pragma)
        return std::unexpected(pragma.error());
    const auto cacheBefore = number(*pragma);
    if (!cacheBefore)
        return std::unexpected(cacheBefore.error());
    m_cacheBefore = *cacheBefore;
    return setCache(-kImportCacheKiB);
}

void SqliteEventWriter::importEnds() {
    [[maybe_unused]] const auto set = setCache(m_cacheBefore); // only speed hangs on it
}

} // namespace

std::unique_ptr<EventWriter> makeSqliteEventWriter(SqliteConnection& connection) {
    return std::make_unique<SqliteEventWriter>(connection);
}

} // namespace rewindow
