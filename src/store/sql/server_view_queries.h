// Reading view tables and their histories from a database server.
#pragma once

#include "base/error.h"
#include "store/recorded_event.h"
#include "store/sql/bound_sql.h"
#include "store/sql/view_rows.h"
#include "store/view_tables.h"

#include <QString>

#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rewindow {

/// A Connection is one's session with a server: `execute()`, whose answer has rows of columns.
/// Belongs to the connection's thread and must not outlive it.
template <class Connection>
class ServerViewQueries {
  public:
    virtual ~ServerViewQueries() = default;

    Connection& connection() { return m_connection; }
    /// A table, as a statement names it.
    virtual QString named(const QString& table) const = 0;
    /// That of the views' checkpoints.
    virtual QString checkpointsTable() const = 0;

    /// Of the views that have a checkpoint here, by name.
    Result<std::vector<ViewStatus>> checkpoints();
    /// The columns `table` has. Nothing: there is no such table.
    Result<std::optional<ViewSchema>> shape(const QString& view, const QString& table);
    Result<bool> hasTable(const QString& table);
    Result<std::vector<ViewRow>> rows(const ViewSchema& schema, const QString& table,
                                      const RowQuery& query);
    Result<qint64> rowCount(const QString& table, std::optional<GlobalPosition> at);
    Result<std::optional<GlobalPosition>> setBy(const QString& table, const QString& id, int column,
                                                std::optional<GlobalPosition> at);

  protected:
    explicit ServerViewQueries(Connection& connection) : m_connection(connection) {}

  private:
    /// That of the checkpoints which count, as it stands behind FROM.
    virtual QString validCheckpoints() const { return checkpointsTable(); }
    /// Asks for a row where there is a table of this name.
    virtual BoundSql tableCalled(const QString& table) const = 0;
    /// Asks for a table's columns in their order: name, type, whether an index begins with it.
    virtual BoundSql columnsOf(const QString& table) const = 0;
    /// The type of a column of whole numbers, as columnsOf() tells it.
    virtual std::string_view integerType() const = 0;
    /// The rows of a history as of a position, the first parameter, by id; those that were deleted
    /// by then are there too. `further`: conditions on the rows of the history.
    virtual QString latest(const QString& history, const QString& further) const = 0;
    /// The text of a cell in a row of a history; columns are counted from 0.
    virtual QString cellAsOf(int column) const = 0;

    /// At most `limit` rows, where that is not negative.
    static BoundSql inOrder(BoundSql sql, const QString& column, qint64 limit);
    Result<std::vector<ViewRow>> liveRows(const ViewSchema& schema, const QString& table,
                                          const RowQuery& query);
    Result<std::vector<ViewRow>> rowsAsOf(const ViewSchema& schema, const QString& table,
                                          const RowQuery& query);

    Connection& m_connection;
};

template <class Connection>
Result<std::vector<ViewStatus>> ServerViewQueries<Connection>::checkpoints() {
    const auto answer =
        m_connection.execute(QStringLiteral("SELECT name,position,paused FROM %1 ORDER BY name")
                                 .arg(validCheckpoints()));
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<ViewStatus> all;
    all.reserve(static_cast<std::size_t>(answer->rows()));
    for (int row = 0; row < answer->rows(); ++row)
        all.push_back({toQString(answer->text(row, 0)), GlobalPosition(answer->integer(row, 1)),
                       answer->boolean(row, 2), 0});
    return all;
}

template <class Connection>
Result<std::optional<ViewSchema>> ServerViewQueries<Connection>::shape(const QString& view,
                                                                       const QString& table) {
    const auto answer = m_connection.execute(columnsOf(table));
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->rows() == 0)
        return std::optional<ViewSchema>();
    ViewSchema schema{view, {}};
    for (int row = 0; row < answer->rows(); ++row) {
        ViewColumn column;
        column.name = toQString(answer->text(row, 0));
        if (answer->text(row, 1) == integerType())
            column.type = ViewColumn::Type::Integer;
        column.indexed = answer->boolean(row, 2);
        schema.columns.push_back(column);
    }
    return schema;
}

template <class Connection>
Result<bool> ServerViewQueries<Connection>::hasTable(const QString& table) {
    const auto found = m_connection.execute(tableCalled(table));
    if (!found)
        return std::unexpected(found.error());
    return found->rows() > 0;
}

template <class Connection>
Result<std::vector<ViewRow>> ServerViewQueries<Connection>::rows(const ViewSchema& schema,
                                                                 const QString& table,
                                                                 const RowQuery& query) {
    if (query.where && schema.columnNamed(query.where->first) < 0)
        return fail(
            Error::Kind::NotFound,
            QStringLiteral("view %1 has no column %2").arg(schema.name, query.where->first));
    return query.at ? rowsAsOf(schema, table, query) : liveRows(schema, table, query);
}

template <class Connection>
BoundSql ServerViewQueries<Connection>::inOrder(BoundSql sql, const QString& column, qint64 limit) {
    sql.text += QStringLiteral(" ORDER BY ") + column;
    if (limit >= 0) {
        sql.text += QStringLiteral(" LIMIT ?");
        sql.values.emplace_back(limit);
    }
    return sql;
}

template <class Connection>
Result<std::vector<ViewRow>> ServerViewQueries<Connection>::liveRows(const ViewSchema& schema,
                                                                     const QString& table,
                                                                     const RowQuery& query) {
    BoundSql sql{QStringLiteral("SELECT %1 FROM %2 WHERE id>?")
                     .arg(viewsql::columnList(schema), named(table)),
                 {viewsql::textOr(query.after)}};
    if (query.id) {
        sql.text += QStringLiteral(" AND id=?");
        sql.values.emplace_back(viewsql::textOr(*query.id));
    }
    if (query.where) {
        const int column = schema.columnNamed(query.where->first);
        sql.text += QStringLiteral(" AND ") +
                    viewsql::sameCell(viewsql::quoted(query.where->first),
                                      schema.columns[static_cast<std::size_t>(column)].type,
                                      query.where->second, sql.values);
    }
    const auto answer =
        m_connection.execute(inOrder(std::move(sql), QStringLiteral("id"), query.limit));
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

template <class Connection>
Result<std::vector<ViewRow>> ServerViewQueries<Connection>::rowsAsOf(const ViewSchema& schema,
                                                                     const QString& table,
                                                                     const RowQuery& query) {
    QString further = QStringLiteral(" AND row_id>?");
    BoundSql sql{{}, {query.at->value(), viewsql::textOr(query.after)}};
    if (query.id) {
        further += QStringLiteral(" AND row_id=?");
        sql.values.emplace_back(viewsql::textOr(*query.id));
    }
    sql.text = QStringLiteral("SELECT \"values\" FROM %1 WHERE \"values\" IS NOT NULL")
                   .arg(latest(named(viewsql::historyOf(table)), further));
    if (query.where)
        sql.text += QStringLiteral(" AND ") +
                    viewsql::sameCell(cellAsOf(schema.columnNamed(query.where->first)),
                                      ViewColumn::Type::Text, query.where->second, sql.values);
    const auto answer =
        m_connection.execute(inOrder(std::move(sql), QStringLiteral("row_id"), query.limit));
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<ViewRow> rows;
    for (int row = 0; row < answer->rows(); ++row) {
        auto cells = viewsql::decodeRow(answer->text(row, 0));
        if (!cells)
            return std::unexpected(cells.error());
        rows.push_back(std::move(*cells));
    }
    return rows;
}

template <class Connection>
Result<qint64> ServerViewQueries<Connection>::rowCount(const QString& table,
                                                       std::optional<GlobalPosition> at) {
    const auto answer =
        at ? m_connection.execute(
                 {QStringLiteral("SELECT count(*) FROM %1 WHERE \"values\" IS NOT NULL")
                      .arg(latest(named(viewsql::historyOf(table)), {})),
                  {at->value()}})
           : m_connection.execute(QStringLiteral("SELECT count(*) FROM ") + named(table));
    if (!answer)
        return std::unexpected(answer.error());
    return answer->integer(0, 0);
}

template <class Connection>
Result<std::optional<GlobalPosition>>
ServerViewQueries<Connection>::setBy(const QString& table, const QString& id, int column,
                                     std::optional<GlobalPosition> at) {
    const auto answer = m_connection.execute(
        {QStringLiteral("SELECT from_position,\"values\" FROM %1 "
                        "WHERE row_id=? AND from_position<=? ORDER BY from_position DESC")
             .arg(named(viewsql::historyOf(table))),
         {viewsql::textOr(id), at ? at->value() : std::numeric_limits<qint64>::max()}});
    if (!answer)
        return std::unexpected(answer.error());
    std::optional<GlobalPosition> setter;
    std::optional<ViewValue> value;
    for (int row = 0; row < answer->rows() && !answer->isNull(row, 1); ++row) {
        const auto cells = viewsql::decodeRow(answer->text(row, 1));
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
