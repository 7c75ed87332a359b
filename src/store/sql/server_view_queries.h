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

    Result<std::vector<ViewRow>> rows(const ViewSchema& schema, const QString& table,
                                      const RowQuery& query);
    Result<qint64> rowCount(const QString& table, std::optional<GlobalPosition> at);
    Result<std::optional<GlobalPosition>> setBy(const QString& table, const QString& id, int column,
                                                std::optional<GlobalPosition> at);

  protected:
    explicit ServerViewQueries(Connection& connection) : m_connection(connection) {}

  private:
    /// The rows of a history as of a position, the first parameter, by id; those that were deleted
    /// by then are there too. `further`: conditions on the rows of the history.
    virtual QString latest(const QString& history, const QString& further) const = 0;
    /// The text of a cell in a row of a history; columns are counted from 0.
    virtual QString cellAsOf(int column) const = 0;

    Result<std::vector<ViewRow>> liveRows(const ViewSchema& schema, const QString& table,
                                          const RowQuery& query);
    Result<std::vector<ViewRow>> rowsAsOf(const ViewSchema& schema, const QString& table,
                                          const RowQuery& query);

    Connection& m_connection;
};

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
