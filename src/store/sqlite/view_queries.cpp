// Reading view tables and their histories.
#include "store/sqlite/view_queries.h"

#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/view_sql.h"

#include <QScopeGuard>
#include <QSqlError>

#include <limits>

namespace rewindow {

using namespace viewsql;

namespace {

/// Different queries are few: views times ways to ask. Beyond this many something makes them up.
constexpr qsizetype kMostPrepared = 128;

ViewValue viewValue(const QVariant& cell) {
    if (cell.isNull())
        return std::monostate();
    if (cell.typeId() == QMetaType::LongLong)
        return cell.toLongLong();
    return cell.toString();
}

QVariant variant(const ViewValue& value) {
    if (const auto* number = std::get_if<qint64>(&value))
        return *number;
    if (const auto* text = std::get_if<QString>(&value))
        return *text;
    return {};
}

qint64 positionOrAll(std::optional<GlobalPosition> at) {
    return at ? at->value() : std::numeric_limits<qint64>::max();
}

QByteArray historyText(const QSqlQuery& row, int column) {
    return row.value(column).toString().toUtf8();
}

Result<ViewRow> decoded(const QByteArray& json) {
    return decodeRow({json.constData(), static_cast<std::size_t>(json.size())});
}

} // namespace

Result<void> ViewQueries::run(const QString& sql, const QVariantList& values,
                              const std::function<Result<bool>(const QSqlQuery&)>& take) {
    const auto failed = [&] {
        return std::unexpected(m_connection.lastError(QStringLiteral("reading a view")));
    };
    std::shared_ptr<QSqlQuery> query = m_prepared.value(sql);
    if (!query) {
        query = std::make_shared<QSqlQuery>(m_connection.database());
        query->setForwardOnly(true);
        if (!query->prepare(sql))
            return failed();
        if (m_prepared.size() >= kMostPrepared)
            m_prepared.clear();
        m_prepared.insert(sql, query);
    }
    // An unfinished query would keep its snapshot, and with it the write-ahead log, for ever.
    const auto finish = qScopeGuard([&] { query->finish(); });
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(static_cast<int>(i), values[i]);
    if (!query->exec())
        return failed();
    while (query->next()) {
        const auto goOn = take(*query);
        if (!goOn)
            return std::unexpected(goOn.error());
        if (!*goOn)
            return {};
    }
    if (query->lastError().isValid())
        return failed();
    return {};
}

Result<bool> ViewQueries::hasTable(const QString& table) {
    bool found = false;
    const auto asked =
        run(QStringLiteral("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"),
            {table}, [&](const QSqlQuery&) -> Result<bool> {
                found = true;
                return false;
            });
    if (!asked)
        return std::unexpected(asked.error());
    return found;
}

Result<std::vector<ViewStatus>> ViewQueries::checkpoints() {
    std::vector<ViewStatus> all;
    if (!m_hasCheckpoints) {
        const auto thereAre = hasTable(QStringLiteral("view_checkpoints"));
        if (!thereAre)
            return std::unexpected(thereAre.error());
        if (!*thereAre)
            return all;
        m_hasCheckpoints = true;
    }
    const auto asked =
        run(QStringLiteral("SELECT name, position, paused FROM view_checkpoints ORDER BY name"), {},
            [&](const QSqlQuery& row) -> Result<bool> {
                all.push_back({row.value(0).toString(), GlobalPosition(row.value(1).toLongLong()),
                               row.value(2).toBool(), 0});
                return true;
            });
    if (!asked)
        return std::unexpected(asked.error());
    return all;
}

Result<std::optional<ViewSchema>> ViewQueries::shape(const QString& view, const QString& table) {
    ViewSchema schema{view, {}};
    const auto columns =
        run(QStringLiteral("SELECT name, type FROM pragma_table_info(?) ORDER BY cid"), {table},
            [&](const QSqlQuery& row) -> Result<bool> {
                ViewColumn column;
                column.name = row.value(0).toString();
                if (row.value(1).toString() == QStringLiteral("INTEGER"))
                    column.type = ViewColumn::Type::Integer;
                schema.columns.push_back(column);
                return true;
            });
    if (!columns)
        return std::unexpected(columns.error());
    if (schema.columns.empty())
        return std::optional<ViewSchema>();
    const auto indexes = run(QStringLiteral("SELECT column.name FROM pragma_index_list(?) AS list, "
                                            "pragma_index_info(list.name) AS column "
                                            "WHERE list.origin = 'c'"),
                             {table}, [&](const QSqlQuery& row) -> Result<bool> {
                                 const int index = schema.columnNamed(row.value(0).toString());
                                 if (index >= 0)
                                     schema.columns[static_cast<std::size_t>(index)].indexed = true;
                                 return true;
                             });
    if (!indexes)
        return std::unexpected(indexes.error());
    return schema;
}

Result<std::vector<ViewRow>> ViewQueries::rows(const ViewSchema& schema, const QString& table,
                                               const RowQuery& query) {
    if (query.where && schema.columnNamed(query.where->first) < 0)
        return fail(
            Error::Kind::NotFound,
            QStringLiteral("view %1 has no column %2").arg(schema.name, query.where->first));
    return query.at ? rowsAsOf(schema, table, query) : liveRows(schema, table, query);
}

Result<std::vector<ViewRow>> ViewQueries::liveRows(const ViewSchema& schema, const QString& table,
                                                   const RowQuery& query) {
    QString sql =
        QStringLiteral("SELECT %1 FROM %2 WHERE id > ?").arg(columnList(schema), quoted(table));
    QVariantList values{query.after.isNull() ? QStringLiteral("") : query.after};
    if (query.id) {
        sql += QStringLiteral(" AND id = ?");
        values += *query.id;
    }
    if (query.where) {
        sql += QStringLiteral(" AND %1 IS ?").arg(quoted(query.where->first));
        values += variant(query.where->second);
    }
    sql += QStringLiteral(" ORDER BY id LIMIT ?");
    values += query.limit;
    std::vector<ViewRow> rows;
    const auto asked = run(sql, values, [&](const QSqlQuery& from) -> Result<bool> {
        ViewRow row;
        row.values.reserve(schema.columns.size());
        for (std::size_t i = 0; i < schema.columns.size(); ++i)
            row.values.push_back(viewValue(from.value(static_cast<int>(i))));
        rows.push_back(std::move(row));
        return true;
    });
    if (!asked)
        return std::unexpected(asked.error());
    return rows;
}

Result<std::vector<ViewRow>> ViewQueries::rowsAsOf(const ViewSchema& schema, const QString& table,
                                                   const RowQuery& query) {
    // Beside max(), SQLite takes the other columns from the row that holds the maximum.
    QString sql = QStringLiteral("SELECT \"values\", max(from_position) FROM %1 "
                                 "WHERE from_position <= ? AND row_id > ?")
                      .arg(quoted(historyOf(table)));
    QVariantList values{query.at->value(), query.after.isNull() ? QStringLiteral("") : query.after};
    if (query.id) {
        sql += QStringLiteral(" AND row_id = ?");
        values += *query.id;
    }
    sql += QStringLiteral(" GROUP BY row_id HAVING \"values\" IS NOT NULL");
    if (query.where) {
        sql += QStringLiteral(" AND json_extract(\"values\", '$[%1]') IS ?")
                   .arg(schema.columnNamed(query.where->first));
        values += variant(query.where->second);
    }
    sql += QStringLiteral(" ORDER BY row_id LIMIT ?");
    values += query.limit;
    std::vector<ViewRow> rows;
    const auto asked = run(sql, values, [&](const QSqlQuery& from) -> Result<bool> {
        auto row = decoded(historyText(from, 0));
        if (!row)
            return std::unexpected(row.error());
        rows.push_back(std::move(*row));
        return true;
    });
    if (!asked)
        return std::unexpected(asked.error());
    return rows;
}

Result<qint64> ViewQueries::rowCount(const QString& table, std::optional<GlobalPosition> at) {
    qint64 count = 0;
    const auto take = [&](const QSqlQuery& row) -> Result<bool> {
        count = row.value(0).toLongLong();
        return false;
    };
    const auto asked =
        at ? run(QStringLiteral("SELECT count(*) FROM (SELECT \"values\" AS cells, "
                                "max(from_position) FROM %1 WHERE from_position <= ? "
                                "GROUP BY row_id) WHERE cells IS NOT NULL")
                     .arg(quoted(historyOf(table))),
                 {at->value()}, take)
           : run(QStringLiteral("SELECT count(*) FROM %1").arg(quoted(table)), {}, take);
    if (!asked)
        return std::unexpected(asked.error());
    return count;
}

Result<std::optional<GlobalPosition>> ViewQueries::setBy(const QString& table, const QString& id,
                                                         int column,
                                                         std::optional<GlobalPosition> at) {
    std::optional<GlobalPosition> setter;
    std::optional<ViewValue> value;
    const auto asked =
        run(QStringLiteral("SELECT from_position, \"values\" FROM %1 "
                           "WHERE row_id = ? AND from_position <= ? ORDER BY from_position DESC")
                .arg(quoted(historyOf(table))),
            {id, positionOrAll(at)}, [&](const QSqlQuery& entry) -> Result<bool> {
                if (entry.value(1).isNull())
                    return false;
                const auto row = decoded(historyText(entry, 1));
                if (!row)
                    return std::unexpected(row.error());
                const auto index = static_cast<std::size_t>(column);
                if (index >= row->values.size() || (value && *value != row->values[index]))
                    return false;
                value = row->values[index];
                setter = GlobalPosition(entry.value(0).toLongLong());
                return true;
            });
    if (!asked)
        return std::unexpected(asked.error());
    return setter;
}

} // namespace rewindow
