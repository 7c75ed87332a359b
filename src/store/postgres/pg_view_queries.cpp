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

QString PgViewQueries::latest(const QString& history, const QString& further) const {
    return QStringLiteral("(SELECT DISTINCT ON (row_id) row_id,\"values\" FROM %1 "
                          "WHERE from_position<=?%2 ORDER BY row_id,from_position DESC) latest")
        .arg(history, further);
}

QString PgViewQueries::cellAsOf(int column) const {
    return QStringLiteral("(CAST(\"values\" AS json)->>%1)").arg(column);
}

Result<bool> PgViewQueries::hasTable(const QString& table) {
    const auto found = connection().execute(
        {QStringLiteral("SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace "
                        "WHERE n.nspname=? AND c.relname=? AND c.relkind='r'"),
         {m_schema, table}});
    if (!found)
        return std::unexpected(found.error());
    return found->rows() > 0;
}

Result<std::vector<ViewStatus>> PgViewQueries::checkpoints() {
    const auto answer =
        connection().execute(QStringLiteral("SELECT name,position,paused FROM %1 ORDER BY name")
                                 .arg(named(QStringLiteral("view_checkpoints"))));
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<ViewStatus> all;
    all.reserve(static_cast<std::size_t>(answer->rows()));
    for (int row = 0; row < answer->rows(); ++row)
        all.push_back({toQString(answer->text(row, 0)), GlobalPosition(answer->integer(row, 1)),
                       answer->boolean(row, 2), 0});
    return all;
}

Result<std::optional<ViewSchema>> PgViewQueries::shape(const QString& view, const QString& table) {
    const auto answer = connection().execute(
        {QStringLiteral("SELECT a.attname,t.typname,EXISTS(SELECT 1 FROM pg_index i WHERE "
                        "i.indrelid=c.oid AND NOT i.indisprimary AND i.indkey[0]=a.attnum) "
                        "FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace "
                        "JOIN pg_attribute a ON a.attrelid=c.oid AND a.attnum>0 AND NOT "
                        "a.attisdropped JOIN pg_type t ON t.oid=a.atttypid "
                        "WHERE n.nspname=? AND c.relname=? AND c.relkind='r' ORDER BY a.attnum"),
         {m_schema, table}});
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->rows() == 0)
        return std::optional<ViewSchema>();
    ViewSchema schema{view, {}};
    for (int row = 0; row < answer->rows(); ++row) {
        ViewColumn column;
        column.name = toQString(answer->text(row, 0));
        if (answer->text(row, 1) == "int8")
            column.type = ViewColumn::Type::Integer;
        column.indexed = answer->boolean(row, 2);
        schema.columns.push_back(column);
    }
    return schema;
}

} // namespace rewindow
