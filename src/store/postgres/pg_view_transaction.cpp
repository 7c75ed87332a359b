// Writing view tables, their histories and checkpoints in PostgreSQL, in one transaction.
#include "store/postgres/pg_view_transaction.h"

#include "store/postgres/pg_connection.h"
#include "store/sql/view_rows.h"

namespace rewindow {

using namespace viewsql;

namespace {

QString indexName(const QString& table, const ViewColumn& column) {
    return quoted(table + QStringLiteral("_by_") + column.name);
}

QString keyName(const QString& table) {
    return quoted(table + QStringLiteral("_key"));
}

} // namespace

QStringList pgCreateView(const PgViewQueries& queries, const ViewSchema& schema,
                         const QString& table) {
    QStringList columns;
    for (const ViewColumn& column : schema.columns)
        columns += quoted(column.name) + (column.type == ViewColumn::Type::Integer
                                              ? QStringLiteral(" BIGINT")
                                              : QStringLiteral(" TEXT COLLATE \"C\""));
    columns += QStringLiteral("CONSTRAINT %1 PRIMARY KEY(id)").arg(keyName(table));
    QStringList statements{QStringLiteral("CREATE TABLE %1(%2)")
                               .arg(queries.named(table), columns.join(QStringLiteral(", ")))};
    if (schema.companionOf.isEmpty())
        statements += QStringLiteral("CREATE TABLE %1(row_id TEXT COLLATE \"C\" NOT NULL, "
                                     "from_position BIGINT NOT NULL, \"values\" TEXT, "
                                     "CONSTRAINT %2 PRIMARY KEY(row_id, from_position))")
                          .arg(queries.named(historyOf(table)), keyName(historyOf(table)));
    for (const ViewColumn& column : schema.columns)
        if (column.indexed)
            statements +=
                QStringLiteral("CREATE INDEX %1 ON %2(%3)")
                    .arg(indexName(table, column), queries.named(table), quoted(column.name));
    return statements;
}

QStringList pgDropView(const PgViewQueries& queries, const QString& table) {
    const QString drop = QStringLiteral("DROP TABLE IF EXISTS %1");
    return {drop.arg(queries.named(table)), drop.arg(queries.named(historyOf(table)))};
}

PgViewTransaction::PgViewTransaction(PgViewQueries& queries, PgTransaction transaction,
                                     std::vector<ViewSchema> rebuilt)
    : ServerViewTransaction(queries, std::move(rebuilt))
    , m_transaction(std::move(transaction)) {}

QString PgViewTransaction::orUpdate(const QString& key, const QStringList& columns) const {
    QStringList sets;
    for (const QString& column : columns)
        sets += QStringLiteral("%1=excluded.%1").arg(column);
    return QStringLiteral(" ON CONFLICT(%1) DO UPDATE SET ").arg(key) + sets.join(u',');
}

QStringList PgViewTransaction::swapIn(const ViewSchema& schema) const {
    const QString shadow = shadowOf(schema.name);
    QStringList statements = pgDropView(queries(), schema.name);
    const auto rename = [&](const QString& from, const QString& to) {
        statements
            << QStringLiteral("ALTER TABLE %1 RENAME TO %2").arg(queries().named(from), quoted(to))
            << QStringLiteral("ALTER TABLE %1 RENAME CONSTRAINT %2 TO %3")
                   .arg(queries().named(to), keyName(from), keyName(to));
    };
    rename(shadow, schema.name);
    if (schema.companionOf.isEmpty())
        rename(historyOf(shadow), historyOf(schema.name));
    for (const ViewColumn& column : schema.columns)
        if (column.indexed)
            statements << QStringLiteral("ALTER INDEX %1.%2 RENAME TO %3")
                              .arg(queries().schema(), indexName(shadow, column),
                                   indexName(schema.name, column));
    return statements;
}

Result<void> PgViewTransaction::commit() {
    for (const ViewSchema& schema : rebuilt())
        for (const QString& statement : swapIn(schema))
            if (const auto done = write({statement, {}}); !done)
                return done;
    return m_transaction.commit();
}

} // namespace rewindow
