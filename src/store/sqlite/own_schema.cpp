// The schema of our own stores in SQLite: creating it, and recognising which version lies there.
#include "store/sqlite/own_schema.h"

#include "store/sqlite/immediate_transaction.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_statement.h"

#include <array>

namespace rewindow {

namespace {

// Names and types are the storage format of schema version 1.
const std::array kStatements = {
    QLatin1String("CREATE TABLE rewindow_meta("
                  "schema_version INTEGER NOT NULL, store_id TEXT NOT NULL, domain TEXT NOT NULL)"),
    QLatin1String("CREATE TABLE events("
                  "position INTEGER PRIMARY KEY, "
                  "event_id TEXT NOT NULL UNIQUE, "
                  "stream TEXT NOT NULL, "
                  "aggregate_type TEXT NOT NULL, "
                  "aggregate_id TEXT NOT NULL, "
                  "version INTEGER NOT NULL, "
                  "event_type TEXT NOT NULL, "
                  "data TEXT NOT NULL, "
                  "metadata TEXT, "
                  "correlation_id TEXT, "
                  "causation_id TEXT, "
                  "recorded_at INTEGER NOT NULL, " // microseconds since 1970, UTC
                  "UNIQUE(stream, version))"),
    QLatin1String("CREATE INDEX events_by_type ON events(event_type)"),
    // Most events of most logs have neither; those cost their index nothing.
    QLatin1String("CREATE INDEX events_by_correlation ON events(correlation_id) "
                  "WHERE correlation_id IS NOT NULL"),
    QLatin1String("CREATE INDEX events_by_causation ON events(causation_id) "
                  "WHERE causation_id IS NOT NULL"),
    QLatin1String("CREATE INDEX events_by_time ON events(recorded_at)"),
    QLatin1String("CREATE TABLE view_checkpoints("
                  "name TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL DEFAULT 0, "
                  "paused INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID"),
};

} // namespace

Result<void> createOwnSchema(SqliteConnection& connection, const QString& domain,
                             const QString& storeId) {
    auto transaction = ImmediateTransaction::begin(connection, Durability::OnCommit);
    if (!transaction)
        return std::unexpected(transaction.error());
    const QString mark = QStringLiteral("PRAGMA application_id=%1").arg(kOwnApplicationId);
    if (const auto marked = connection.execute(mark); !marked)
        return marked;
    for (const QLatin1String statement : kStatements)
        if (const auto made = connection.execute(statement); !made)
            return made;
    auto meta = SqliteStatement::prepare(
        connection, QStringLiteral("INSERT INTO rewindow_meta VALUES(?, ?, ?)"));
    if (!meta)
        return std::unexpected(meta.error());
    meta->bind(0, qint64(kOwnSchemaVersion));
    meta->bind(1, storeId);
    meta->bind(2, domain);
    if (const auto inserted = meta->step(); !inserted)
        return std::unexpected(inserted.error());
    meta->reset();
    return transaction->commit();
}

Result<OwnSchemaMeta> readOwnSchemaMeta(SqliteConnection& connection) {
    auto meta = SqliteStatement::prepare(
        connection, QStringLiteral("SELECT schema_version, store_id, domain FROM rewindow_meta"));
    if (!meta)
        return std::unexpected(meta.error());
    const auto row = meta->step();
    if (!row)
        return std::unexpected(row.error());
    if (!*row || meta->isNull(0) || meta->text(1).empty())
        return fail(
            Error::Kind::Storage,
            QStringLiteral("%1 does not say which store it is: its rewindow_meta is empty or "
                           "damaged")
                .arg(connection.path()),
            QStringLiteral("restore it from a backup"));
    const auto text = [&](int column) {
        const std::string_view utf8 = meta->text(column);
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    return OwnSchemaMeta{static_cast<int>(meta->integer(0)), text(1), text(2)};
}

SchemaAge schemaAge(const OwnSchemaMeta& meta) {
    if (meta.schemaVersion == kOwnSchemaVersion)
        return SchemaAge::Current;
    return meta.schemaVersion < kOwnSchemaVersion ? SchemaAge::Older : SchemaAge::Newer;
}

Error migrationNeeded(const OwnSchemaMeta& meta, const QString& path) {
    return Error{Error::Kind::Storage,
                 QStringLiteral("%1 has schema version %2; this program needs version %3")
                     .arg(path)
                     .arg(meta.schemaVersion)
                     .arg(kOwnSchemaVersion),
                 {},
                 QStringLiteral("export it with the version of Rewindow that wrote it, and import "
                                "that into a new store")};
}

QString newerSchemaReason(const OwnSchemaMeta& meta) {
    return QStringLiteral(
               "This store has schema version %1, newer than the %2 this program writes; "
               "open it with a newer Rewindow to write to it.")
        .arg(meta.schemaVersion)
        .arg(kOwnSchemaVersion);
}

} // namespace rewindow
