// Reading view tables and their histories in PostgreSQL.
#include "store/postgres/pg_view_queries.h"

#include "store/postgres/pg_connection.h"
#include "store/recorded_event.h"
#include "store/sql/view_rows.h"

#include <limits>

namespace rewindow {

using namespace viewsql;

namespace {

QString textOr(const QString& text) {
    return text.isNull() ? QStringLiteral("") : text;
}

qint64 positionOrAll(std::optional<GlobalPosition> at) {
    return at ? at->value() : std::numeric_limits<qint64>::max();
}

/// `cell = value`, or what is never true where a column of that type cannot hold it.
QString sameCell(const QString& cell, ViewColumn::Type type, const ViewValue& value,
                 BoundSql::Values& values) {
    if (std::holds_alternative<std::monostate>(value))
        return cell + QStringLiteral(" IS NULL");
    bool isNumber = true;
    const qint64 number = std::holds_alternative<qint64>(value)
                              ? std::get<qint64>(value)
                              : std::get<QString>(value).toLongLong(&isNumber);
    if (type == ViewColumn::Type::Text)
        values.emplace_back(textOr(toDisplay(value)));
    else if (isNumber)
        values.emplace_back(number);
    else
        return QStringLiteral("1=0");
    return cell + QStringLiteral("=?");
}

/// The rows of a history as of a position, by id; those that were deleted by then are there too.
QString latest(const QString& history, const QString& further) {
    return QStringLiteral("(SELECT DISTINCT ON (row_id) row_id,\"values\" FROM %1 "
                          "WHERE from_position<=?%2 ORDER BY row_id,from_position DESC) latest")
        .arg(history, further);
}

} // namespace

PgViewQueries::PgViewQueries(PgConnection& connection, const QString& schema)
    : m_connection(connection)
    , m_schema(schema) {}

QString PgViewQueries::schema() const {
    return quotedIdentifier(m_schema);
}

QString PgViewQueries::named(const QString& table) const {
    return quotedIdentifier(m_schema) + u'.' + quotedIdentifier(table);
}

Result<bool> PgViewQueries::hasTable(const QString& table) {
    const auto found = m_connection.execute(
        {QStringLiteral("SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace "
                        "WHERE n.nspname=? AND c.relname=? AND c.relkind='r'"),
         {m_schema, table}});
    if (!found)
        return std::unexpected(found.error());
    return found->rows() > 0;
}

Result<std::vector<ViewStatus>> PgViewQueries::checkpoints() {
    const auto answer =
        m_connection.execute(QStringLiteral("SELECT name,position,paused FROM %1 ORDER BY name")
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
    const auto answer = m_connection.execute(
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

Result<std::vector<ViewRow>> PgViewQueries::rows(const ViewSchema& schema, const QString& table,
                                                 const RowQuery& query) {
    if (query.where && schema.columnNamed(query.where->first) < 0)
        return fail(
            Error::Kind::NotFound,
            QStringLiteral("view %1 has no column %2").arg(schema.name, query.where->first));
    return query.at ? rowsAsOf(schema, table, query) : liveRows(schema, table, query);
}

Result<std::vector<ViewRow>> PgViewQueries::liveRows(const ViewSchema& schema, const QString& table,
                                                     const RowQuery& query) {
    BoundSql sql{
        QStringLiteral("SELECT %1 FROM %2 WHERE id>?").arg(columnList(schema), named(table)),
        {textOr(query.after)}};
    if (query.id) {
        sql.text += QStringLiteral(" AND id=?");
        sql.values.emplace_back(textOr(*query.id));
    }
    if (query.where) {
        const int column = schema.columnNamed(query.where->first);
        sql.text += QStringLiteral(" AND ") +
                    sameCell(quoted(query.where->first),
                             schema.columns[static_cast<std::size_t>(column)].type,
                             query.where->second, sql.values);
    }
    sql.text += QStringLiteral(" ORDER BY id");
    if (query.limit >= 0) {
        sql.text += QStringLiteral(" LIMIT ?");
        sql.values.emplace_back(query.limit);
    }
    const auto answer = m_connection.execute(sql);
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<ViewRow> rows;
    rows.reserve(static_cast<std::size_t>(answer->rows()));
    for (int row = 0; row < answer->rows(); ++row) {
        ViewRow cells;
        cells.values.reserve(schema.columns.size());
        for (std::size_t i = 0; i < schema.columns.size(); ++i) {
            const int column = static_cast<int>(i);
            if (answer->isNull(row, column))
                cells.values.emplace_back();
            else if (schema.columns[i].type == ViewColumn::Type::Integer)
                cells.values.emplace_back(answer->integer(row, column));
            else
                cells.values.emplace_back(toQString(answer->text(row, column)));
        }
        rows.push_back(std::move(cells));
    }
    return rows;
}

Result<std::vector<ViewRow>> PgViewQueries::rowsAsOf(const ViewSchema& schema, const QString& table,
                                                     const RowQuery& query) {
    QString further = QStringLiteral(" AND row_id>?");
    BoundSql sql{{}, {query.at->value(), textOr(query.after)}};
    if (query.id) {
        further += QStringLiteral(" AND row_id=?");
        sql.values.emplace_back(textOr(*query.id));
    }
    sql.text = QStringLiteral("SELECT \"values\" FROM %1 WHERE \"values\" IS NOT NULL")
                   .arg(latest(named(historyOf(table)), further));
    if (query.where)
        sql.text += QStringLiteral(" AND ") +
                    sameCell(QStringLiteral("(CAST(\"values\" AS json)->>%1)")
                                 .arg(schema.columnNamed(query.where->first)),
                             ViewColumn::Type::Text, query.where->second, sql.values);
    sql.text += QStringLiteral(" ORDER BY row_id");
    if (query.limit >= 0) {
        sql.text += QStringLiteral(" LIMIT ?");
        sql.values.emplace_back(query.limit);
    }
    const auto answer = m_connection.execute(sql);
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<ViewRow> rows;
    for (int row = 0; row < answer->rows(); ++row) {
        auto cells = decodeRow(answer->text(row, 0));
        if (!cells)
            return std::unexpected(cells.error());
        rows.push_back(std::move(*cells));
    }
    return rows;
}

Result<qint64> PgViewQueries::rowCount(const QString& table, std::optional<GlobalPosition> at) {
    const auto answer =
        at ? m_connection.execute(
                 {QStringLiteral("SELECT count(*) FROM %1 WHERE \"values\" IS NOT NULL")
                      .arg(latest(named(historyOf(table)), {})),
                  {at->value()}})
           : m_connection.execute(QStringLiteral("SELECT count(*) FROM ") + named(table));
    if (!answer)
        return std::unexpected(answer.error());
    return answer->integer(0, 0);
}

Result<std::optional<GlobalPosition>> PgViewQueries::setBy(const QString& table, const QString& id,
                                                           int column,
                                                           std::optional<GlobalPosition> at) {
    const auto answer = m_connection.execute(
        {QStringLiteral("SELECT from_position,\"values\" FROM %1 "
                        "WHERE row_id=? AND from_position<=? ORDER BY from_position DESC")
             .arg(named(historyOf(table))),
         {textOr(id), positionOrAll(at)}});
    if (!answer)
        return std::unexpected(answer.error());
    std::optional<GlobalPosition> setter;
    std::optional<ViewValue> value;
    for (int row = 0; row < answer->rows() && !answer->isNull(row, 1); ++row) {
        const auto cells = decodeRow(answer->text(row, 1));
        if (!cells)
            return std::unexpected(cells.error());
        const auto index = static_cast<std::size_t>(column);
        if (index >= cells->values.size() || (value && *value != cells->values[index]))
            break;
        value = cells->values[index];
        setter = GlobalPosition(answer->integer(row, 0));
    }
    return setter;
}

} // namespace rewindow
