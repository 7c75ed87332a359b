// Reading view tables and their histories in MariaDB.
#include "store/mariadb/maria_view_queries.h"

#include "store/mariadb/maria_connection.h"
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
    return QStringLiteral("(SELECT row_id,\"values\" FROM (SELECT row_id,\"values\",row_number() "
                          "OVER (PARTITION BY row_id ORDER BY from_position DESC) age FROM %1 "
                          "WHERE from_position<=?%2) known WHERE age=1) latest")
        .arg(history, further);
}

} // namespace

Result<bool> MariaViewQueries::hasTable(const QString& table) {
    const auto found = m_connection.execute(
        {QStringLiteral("SELECT 1 FROM information_schema.tables WHERE table_schema=DATABASE() AND "
                        "table_name=?"),
         {table}});
    if (!found)
        return std::unexpected(found.error());
    return found->rows() > 0;
}

Result<std::vector<ViewStatus>> MariaViewQueries::checkpoints() {
    const auto answer = m_connection.execute(QStringLiteral(
        "SELECT name,position,paused FROM view_checkpoints WHERE position>=0 ORDER BY name"));
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<ViewStatus> all;
    for (int row = 0; row < answer->rows(); ++row)
        all.push_back({toQString(answer->text(row, 0)), GlobalPosition(answer->integer(row, 1)),
                       answer->boolean(row, 2), 0});
    return all;
}

Result<std::optional<ViewSchema>> MariaViewQueries::shape(const QString& view,
                                                          const QString& table) {
    const auto answer = m_connection.execute(
        {QStringLiteral("SELECT column_name,lower(data_type),column_key='MUL' FROM "
                        "information_schema.columns WHERE table_schema=DATABASE() AND table_name=? "
                        "ORDER BY ordinal_position"),
         {table}});
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->rows() == 0)
        return std::optional<ViewSchema>();
    ViewSchema schema{view, {}};
    for (int row = 0; row < answer->rows(); ++row) {
        ViewColumn column;
        column.name = toQString(answer->text(row, 0));
        if (answer->text(row, 1) == "bigint")
            column.type = ViewColumn::Type::Integer;
        column.indexed = answer->boolean(row, 2);
        schema.columns.push_back(column);
    }
    return schema;
}

Result<std::vector<ViewRow>> MariaViewQueries::rows(const ViewSchema& schema, const QString& table,
                                                    const RowQuery& query) {
    if (query.where && schema.columnNamed(query.where->first) < 0)
        return fail(
            Error::Kind::NotFound,
            QStringLiteral("view %1 has no column %2").arg(schema.name, query.where->first));
    return query.at ? rowsAsOf(schema, table, query) : liveRows(schema, table, query);
}

Result<std::vector<ViewRow>>
MariaViewQueries::liveRows(const ViewSchema& schema, const QString& table, const RowQuery& query) {
    BoundSql sql{
        QStringLiteral("SELECT %1 FROM %2 WHERE id>?").arg(columnList(schema), quoted(table)),
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

Result<std::vector<ViewRow>>
MariaViewQueries::rowsAsOf(const ViewSchema& schema, const QString& table, const RowQuery& query) {
    QString further = QStringLiteral(" AND row_id>?");
    BoundSql sql{{}, {query.at->value(), textOr(query.after)}};
    if (query.id) {
        further += QStringLiteral(" AND row_id=?");
        sql.values.emplace_back(textOr(*query.id));
    }
    sql.text = QStringLiteral("SELECT \"values\" FROM %1 WHERE \"values\" IS NOT NULL")
                   .arg(latest(quoted(historyOf(table)), further));
    if (query.where)
        sql.text += QStringLiteral(" AND ") +
                    sameCell(QStringLiteral("(json_value(\"values\",'$[%1]') COLLATE "
                                            "utf8mb4_nopad_bin)")
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

Result<qint64> MariaViewQueries::rowCount(const QString& table, std::optional<GlobalPosition> at) {
    const auto answer =
        at ? m_connection.execute(
                 {QStringLiteral("SELECT count(*) FROM %1 WHERE \"values\" IS NOT NULL")
                      .arg(latest(quoted(historyOf(table)), {})),
                  {at->value()}})
           : m_connection.execute(QStringLiteral("SELECT count(*) FROM ") + quoted(table));
    if (!answer)
        return std::unexpected(answer.error());
    return answer->integer(0, 0);
}

Result<std::optional<GlobalPosition>> MariaViewQueries::setBy(const QString& table,
                                                              const QString& id, int column,
                                                              std::optional<GlobalPosition> at) {
    const auto answer = m_connection.execute(
        {QStringLiteral("SELECT from_position,\"values\" FROM %1 "
                        "WHERE row_id=? AND from_position<=? ORDER BY from_position DESC")
             .arg(quoted(historyOf(table))),
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
