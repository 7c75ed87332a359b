// The SQL that makes view tables and their histories in SQLite.
#include "store/sqlite/view_sql.h"

namespace rewindow::viewsql {

QStringList createTables(const ViewSchema& schema, const QString& table) {
    QStringList columns;
    for (const ViewColumn& column : schema.columns) {
        QString definition = quoted(column.name);
        definition += column.type == ViewColumn::Type::Integer ? QStringLiteral(" INTEGER")
                                                               : QStringLiteral(" TEXT");
        if (columns.isEmpty())
            definition += QStringLiteral(" PRIMARY KEY NOT NULL");
        columns += definition;
    }
    QStringList statements{QStringLiteral("CREATE TABLE %1(%2) WITHOUT ROWID")
                               .arg(quoted(table), columns.join(QStringLiteral(", ")))};
    if (schema.companionOf.isEmpty())
        statements += QStringLiteral("CREATE TABLE %1(row_id TEXT NOT NULL, from_position INTEGER "
                                     "NOT NULL, \"values\" TEXT, PRIMARY KEY(row_id, "
                                     "from_position)) WITHOUT ROWID")
                          .arg(quoted(historyOf(table)));
    return statements;
}

namespace {

QString indexName(const QString& table, const ViewColumn& column) {
    return quoted(table + QStringLiteral("_by_") + column.name);
}

} // namespace

QStringList createIndexes(const ViewSchema& schema, const QString& table) {
    QStringList statements;
    for (const ViewColumn& column : schema.columns)
        if (column.indexed)
            statements += QStringLiteral("CREATE INDEX IF NOT EXISTS %1 ON %2(%3)")
                              .arg(indexName(table, column), quoted(table), quoted(column.name));
    return statements;
}

QStringList dropIndexes(const ViewSchema& schema, const QString& table) {
    QStringList statements;
    for (const ViewColumn& column : schema.columns)
        if (column.indexed)
            statements += QStringLiteral("DROP INDEX IF EXISTS %1").arg(indexName(table, column));
    return statements;
}

QStringList dropTables(const QString& table) {
    return {QStringLiteral("DROP TABLE IF EXISTS %1").arg(quoted(table)),
            QStringLiteral("DROP TABLE IF EXISTS %1").arg(quoted(historyOf(table)))};
}

QString createCheckpoints() {
    return QStringLiteral("CREATE TABLE IF NOT EXISTS view_checkpoints("
                          "name TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL DEFAULT 0, "
                          "paused INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID");
}

} // namespace rewindow::viewsql
