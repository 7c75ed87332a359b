// The schema of our own stores in PostgreSQL.
#include "store/postgres/pg_own_schema.h"

#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_transaction.h"
#include "store/recorded_event.h"
#include "store/sql/view_rows.h"

namespace rewindow {

namespace {

// Names and types are the storage format of schema version 1. Texts are ordered by their bytes, so
// that an index is in the order that streams are listed in.
const QStringList kStatements{
    QStringLiteral("CREATE TABLE %1.rewindow_meta(schema_version INTEGER NOT NULL, "
                   "store_id TEXT NOT NULL, domain TEXT NOT NULL)"),
    QStringLiteral("CREATE TABLE %1.events("
                   "position BIGINT PRIMARY KEY, "
                   "event_id TEXT COLLATE \"C\" NOT NULL UNIQUE, "
                   "stream TEXT COLLATE \"C\" NOT NULL, "
                   "aggregate_type TEXT COLLATE \"C\" NOT NULL, "
                   "aggregate_id TEXT COLLATE \"C\" NOT NULL, "
                   "version BIGINT NOT NULL, "
                   "event_type TEXT COLLATE \"C\" NOT NULL, "
                   "data TEXT NOT NULL, "
                   "metadata TEXT, "
                   "correlation_id TEXT COLLATE \"C\", "
                   "causation_id TEXT COLLATE \"C\", "
                   "recorded_at BIGINT NOT NULL, " // microseconds since 1970, UTC
                   "UNIQUE(stream, version))"),
    QStringLiteral("CREATE INDEX events_by_type ON %1.events(event_type)"),
    QStringLiteral("CREATE INDEX events_by_correlation ON %1.events(correlation_id) "
                   "WHERE correlation_id IS NOT NULL"),
    QStringLiteral("CREATE INDEX events_by_causation ON %1.events(causation_id) "
                   "WHERE causation_id IS NOT NULL"),
    QStringLiteral("CREATE INDEX events_by_time ON %1.events(recorded_at)"),
    QStringLiteral("CREATE TABLE %1.view_checkpoints("
                   "name TEXT COLLATE \"C\" PRIMARY KEY, position BIGINT NOT NULL DEFAULT 0, "
                   "paused BOOLEAN NOT NULL DEFAULT false)"),
};

} // namespace

Result<void> createPgOwnSchema(PgConnection& connection, const QString& schema,
                               const QString& domain, const QString& storeId) {
    auto transaction = PgTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const QString name = quotedIdentifier(schema);
    const auto there = connection.execute(
        {QStringLiteral("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON "
                        "n.oid=c.relnamespace WHERE n.nspname=? AND c.relname IN "
                        "('events','rewindow_meta','view_checkpoints') ORDER BY 1"),
         {schema}});
    if (!there)
        return std::unexpected(there.error());
    if (there->rows() > 0)
        return fail(Error::Kind::Usage,
                    QStringLiteral("schema %1 of %2 is not free: it has a table \"%3\" already")
                        .arg(schema, connection.name(), toQString(there->text(0, 0))),
                    QStringLiteral("name a new schema: ?schema=…, or another database"));
    const auto known = connection.execute(
        {QStringLiteral("SELECT 1 FROM pg_namespace WHERE nspname=?"), {schema}});
    if (!known)
        return std::unexpected(known.error());
    QStringList statements = kStatements;
    if (known->rows() == 0)
        statements.prepend(QStringLiteral("CREATE SCHEMA %1"));
    for (const QString& statement : statements)
        if (const auto made = connection.execute(statement.arg(name)); !made)
            return std::unexpected(made.error());
    const auto inserted = connection.execute(
        {QStringLiteral("INSERT INTO %1.rewindow_meta VALUES(?, ?, ?)").arg(name),
         {qint64(kOwnSchemaVersion), storeId, domain.isNull() ? QStringLiteral("") : domain}});
    if (!inserted)
        return std::unexpected(inserted.error());
    return transaction->commit();
}

Result<void> dropPgOwnSchema(PgConnection& connection, const QString& schema,
                             const QString& storeId) {
    auto transaction = PgTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto meta = readPgOwnSchemaMeta(connection, schema);
    if (!meta)
        return std::unexpected(meta.error());
    if (meta->storeId != storeId)
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 holds another store").arg(connection.name()));
    const auto views = connection.execute(
        QStringLiteral("SELECT name FROM %1.view_checkpoints").arg(quotedIdentifier(schema)));
    if (!views)
        return std::unexpected(views.error());
    QStringList tables{QStringLiteral("events"), QStringLiteral("view_checkpoints"),
                       QStringLiteral("rewindow_meta")};
    for (int row = 0; row < views->rows(); ++row) {
        const QString view = toQString(views->text(row, 0));
        tables << view << viewsql::historyOf(view);
    }
    for (const QString& table : tables)
        if (const auto dropped =
                connection.execute(QStringLiteral("DROP TABLE IF EXISTS %1.%2")
                                       .arg(quotedIdentifier(schema), quotedIdentifier(table)));
            !dropped)
            return std::unexpected(dropped.error());
    return transaction->commit();
}

Result<OwnSchemaMeta> readPgOwnSchemaMeta(PgConnection& connection, const QString& schema) {
    const auto meta = connection.execute(
        QStringLiteral("SELECT schema_version, store_id, domain FROM %1.rewindow_meta")
            .arg(quotedIdentifier(schema)));
    if (!meta)
        return std::unexpected(meta.error());
    if (meta->rows() != 1 || meta->isNull(0, 0) || meta->text(0, 1).empty())
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 does not say which store it is: its rewindow_meta is empty "
                                   "or damaged")
                        .arg(connection.name()),
                    QStringLiteral("restore it from a backup"));
    return OwnSchemaMeta{static_cast<int>(meta->integer(0, 0)), toQString(meta->text(0, 1)),
                         toQString(meta->text(0, 2))};
}

} // namespace rewindow
