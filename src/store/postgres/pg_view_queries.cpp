// Reading view tables and their histories in PostgreSQL.
#include "store/postgres/pg_view_queries.h"

#include "store/postgres/pg_connection.h"
#include "store/recorded_event.h"

namespace rewindow {

PgViewQueries::PgViewQueries(PgConnection& connection, const QString& schema)
    : ServerViewQueries(connection)
    , m_schema(schema) {}

QString PgViewQueries::schema() const {
    return quotedIdentifier(m_schema);
}

QString PgViewQueries::named(const QString& table) const {
    return quotedIdentifier(m_schema) + u'.' + quotedIdentifier(table);
}

QString PgViewQueries::checkpointsTable() const {
    return named(QStringLiteral("view_checkpoints"));
}

QString PgViewQueries::latest(const QString& history, const QString& further) const {
    return QStringLiteral("(SELECT DISTINCT ON (row_id) row_id,\"values\" FROM %1 "
                          "WHERE from_position<=?%2 ORDER BY row_id,from_position DESC) latest")
        .arg(history, further);
}

QString PgViewQueries::cellAsOf(int column) const {
    return QStringLiteral("(CAST(\"values\" AS json)->>%1)").arg(column);
}

BoundSql PgViewQueries::tableCalled(const QString& table) const {
    return {QStringLiteral("SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace "
                           "WHERE n.nspname=? AND c.relname=? AND c.relkind='r'"),
            {m_schema, table}};
}

BoundSql PgViewQueries::columnsOf(const QString& table) const {
    return {QStringLiteral("SELECT a.attname,t.typname,EXISTS(SELECT 1 FROM pg_index i WHERE "
                           "i.indrelid=c.oid AND NOT i.indisprimary AND i.indkey[0]=a.attnum) "
                           "FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace "
                           "JOIN pg_attribute a ON a.attrelid=c.oid AND a.attnum>0 AND NOT "
                           "a.attisdropped JOIN pg_type t ON t.oid=a.atttypid "
                           "WHERE n.nspname=? AND c.relname=? AND c.relkind='r' ORDER BY a.attnum"),
            {m_schema, table}};
}

} // namespace rewindow
