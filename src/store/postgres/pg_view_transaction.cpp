// Writing view tables, their histories and checkpoints in PostgreSQL, in one transaction.
#include "store/postgres/pg_view_transaction.h"

#include "store/postgres/pg_connection.h"
#include "store/recorded_event.h"
#include "store/sql/view_rows.h"

#include <algorithm>

namespace rewindow {

using namespace viewsql;

namespace {

QString indexName(const QString& table, const ViewColumn& column) {
    return quoted(table + QStringLiteral("_by_") + column.name);
}

QString keyName(const QString& table) {
    return quoted(table + QStringLiteral("_key"));
}

/// A value as a parameter; there is none for what is null.
QString parameter(const ViewValue& value, BoundSql::Values& values) {
    if (std::holds_alternative<std::monostate>(value))
        return QStringLiteral("NULL");
    if (const auto* number = std::get_if<qint64>(&value))
        values.emplace_back(*number);
    else
        values.emplace_back(std::get<QString>(value));
    return QStringLiteral("?");
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
    : m_queries(queries)
    , m_transaction(std::move(transaction))
    , m_rebuilt(std::move(rebuilt)) {}

QString PgViewTransaction::tableOf(const QString& view) const {
    return std::ranges::find(m_rebuilt, view, &ViewSchema::name) != m_rebuilt.end() ? shadowOf(view)
                                                                                    : view;
}

Result<const PgViewTransaction::Table*> PgViewTransaction::table(const QString& view) {
    if (const auto known = m_tables.constFind(view); known != m_tables.constEnd())
        return &*known;
    const QString name = tableOf(view);
    auto shape = m_queries.shape(view, name);
    if (!shape)
        return std::unexpected(shape.error());
    if (!*shape)
        return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view));
    const auto hasHistory = m_queries.hasTable(historyOf(name));
    if (!hasHistory)
        return std::unexpected(hasHistory.error());
    return &*m_tables.insert(view, Table{name, std::move(**shape), *hasHistory});
}

Result<void> PgViewTransaction::write(const BoundSql& sql) {
    const auto written = m_queries.connection().execute(sql);
    return written ? Result<void>() : std::unexpected(written.error());
}

Result<ViewStatus> PgViewTransaction::status(const QString& view) {
    const auto answer = m_queries.connection().execute(
        {QStringLiteral("SELECT position,paused FROM %1 WHERE name=?")
             .arg(m_queries.named(QStringLiteral("view_checkpoints"))),
         {view}});
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->rows() == 0)
        return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view));
    return ViewStatus{view, GlobalPosition(answer->integer(0, 0)), answer->boolean(0, 1), 0};
}

Result<std::vector<ViewRow>> PgViewTransaction::rows(const QString& view, const RowQuery& query) {
    const auto found = table(view);
    if (!found)
        return std::unexpected(found.error());
    return m_queries.rows((*found)->schema, (*found)->name, query);
}

Result<void> PgViewTransaction::apply(const QString& view, const std::vector<RowChange>& changes) {
    const auto found = table(view);
    if (!found)
        return std::unexpected(found.error());
    const auto byRow = changesByRow((*found)->schema, changes);
    if (!byRow)
        return std::unexpected(byRow.error());
    for (const auto& [id, ofRow] : *byRow)
        if (const auto applied = applyToRow(**found, id, ofRow); !applied)
            return applied;
    return {};
}

Result<void> PgViewTransaction::applyToRow(const Table& table, const QString& id,
                                           const std::vector<const RowChange*>& changes) {
    RowQuery one;
    one.id = id;
    const auto found = m_queries.rows(table.schema, table.name, one);
    if (!found)
        return std::unexpected(found.error());
    const std::optional<ViewRow> before =
        found->empty() ? std::nullopt : std::optional(found->front());
    const auto lasting = lastingChanges(before, changes);
    for (const RowChange* change : lasting) {
        if (!table.hasHistory)
            continue;
        BoundSql sql{{}, {id, change->position.value()}};
        if (change->row)
            sql.values.emplace_back(encodeRow(*change->row));
        sql.text = QStringLiteral("INSERT INTO %1(row_id,from_position,\"values\") VALUES(?,?,%2) "
                                  "ON CONFLICT(row_id,from_position) DO UPDATE SET "
                                  "\"values\"=excluded.\"values\"")
                       .arg(m_queries.named(historyOf(table.name)),
                            change->row ? QStringLiteral("?") : QStringLiteral("NULL"));
        if (const auto written = write(sql); !written)
            return written;
    }
    const std::optional<ViewRow>& after = lasting.empty() ? before : lasting.back()->row;
    if (after == before)
        return {};
    const QString name = m_queries.named(table.name);
    if (!after)
        return write({QStringLiteral("DELETE FROM %1 WHERE id=?").arg(name), {id}});
    BoundSql sql;
    QStringList cells;
    QStringList sets;
    for (std::size_t i = 0; i < after->values.size(); ++i) {
        const QString column = quoted(table.schema.columns[i].name);
        cells += parameter(after->values[i], sql.values);
        sets += QStringLiteral("%1=excluded.%1").arg(column);
    }
    sql.text = QStringLiteral("INSERT INTO %1(%2) VALUES(%3) ON CONFLICT(id) DO UPDATE SET %4")
                   .arg(name, columnList(table.schema), cells.join(u','), sets.join(u','));
    return write(sql);
}

Result<void> PgViewTransaction::setCheckpoint(const QString& view, GlobalPosition checkpoint) {
    return write({QStringLiteral("UPDATE %1 SET position=? WHERE name=?")
                      .arg(m_queries.named(QStringLiteral("view_checkpoints"))),
                  {checkpoint.value(), view}});
}

Result<void> PgViewTransaction::setPaused(const QString& view, bool paused) {
    return write({QStringLiteral("UPDATE %1 SET paused=(?<>0) WHERE name=?")
                      .arg(m_queries.named(QStringLiteral("view_checkpoints"))),
                  {qint64(paused ? 1 : 0), view}});
}

QStringList PgViewTransaction::swapIn(const ViewSchema& schema) const {
    const QString shadow = shadowOf(schema.name);
    QStringList statements = pgDropView(m_queries, schema.name);
    const auto rename = [&](const QString& from, const QString& to) {
        statements
            << QStringLiteral("ALTER TABLE %1 RENAME TO %2").arg(m_queries.named(from), quoted(to))
            << QStringLiteral("ALTER TABLE %1 RENAME CONSTRAINT %2 TO %3")
                   .arg(m_queries.named(to), keyName(from), keyName(to));
    };
    rename(shadow, schema.name);
    if (schema.companionOf.isEmpty())
        rename(historyOf(shadow), historyOf(schema.name));
    for (const ViewColumn& column : schema.columns)
        if (column.indexed)
            statements << QStringLiteral("ALTER INDEX %1.%2 RENAME TO %3")
                              .arg(m_queries.schema(), indexName(shadow, column),
                                   indexName(schema.name, column));
    return statements;
}

Result<void> PgViewTransaction::commit() {
    for (const ViewSchema& schema : m_rebuilt)
        for (const QString& statement : swapIn(schema))
            if (const auto done = write({statement, {}}); !done)
                return done;
    return m_transaction.commit();
}

} // namespace rewindow
