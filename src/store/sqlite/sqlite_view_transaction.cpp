// Writing view tables, their histories and checkpoints in one transaction.
#include "store/sqlite/sqlite_view_transaction.h"

#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/view_sql.h"

#include <QScopeGuard>

#include <algorithm>

namespace rewindow {

using namespace viewsql;

namespace {

void bind(SqliteStatement& statement, int parameter, const ViewValue& value) {
    if (const auto* number = std::get_if<qint64>(&value))
        statement.bind(parameter, *number);
    else if (const auto* text = std::get_if<QString>(&value))
        statement.bind(parameter, *text);
    else
        statement.bindNull(parameter);
}

/// Runs a statement that answers no rows.
Result<void> finish(SqliteStatement& statement) {
    const auto done = statement.step();
    statement.reset();
    if (!done)
        return std::unexpected(done.error());
    return {};
}

/// `UPDATE` of the columns that `wanted` names; a parameter for each column, the id's first.
QString updateSql(const ViewSchema& schema, const QString& table, bool indexedToo) {
    QStringList sets;
    for (std::size_t i = 1; i < schema.columns.size(); ++i)
        if (indexedToo || !schema.columns[i].indexed)
            sets += QStringLiteral("%1 = ?%2").arg(quoted(schema.columns[i].name)).arg(i + 1);
    if (sets.isEmpty())
        sets += QStringLiteral("id = id");
    return QStringLiteral("UPDATE %1 SET %2 WHERE id = ?1")
        .arg(quoted(table), sets.join(QStringLiteral(", ")));
}

bool indexedCellsDiffer(const ViewSchema& schema, const ViewRow& left, const ViewRow& right) {
    for (std::size_t i = 0; i < schema.columns.size(); ++i)
        if (schema.columns[i].indexed && left.values[i] != right.values[i])
            return true;
    return false;
}

} // namespace

Result<ViewTableStatements> ViewTableStatements::prepare(SqliteConnection& connection,
                                                         const ViewSchema& schema,
                                                         const QString& table, bool hasHistory) {
    const QString name = quoted(table);
    const QString parameters =
        QStringList(static_cast<qsizetype>(schema.columns.size()), QStringLiteral("?"))
            .join(QStringLiteral(", "));
    QStringList sqls = {
        QStringLiteral("SELECT %1 FROM %2 WHERE id = ?").arg(columnList(schema), name),
        QStringLiteral("INSERT INTO %1(%2) VALUES(%3)").arg(name, columnList(schema), parameters),
        updateSql(schema, table, true),
        updateSql(schema, table, false),
        QStringLiteral("DELETE FROM %1 WHERE id = ?").arg(name),
    };
    if (hasHistory)
        sqls += QStringLiteral("INSERT OR REPLACE INTO %1(row_id, from_position, \"values\") "
                               "VALUES(?, ?, ?)")
                    .arg(quoted(historyOf(table)));
    std::vector<SqliteStatement> made;
    for (const QString& sql : sqls) {
        auto statement = SqliteStatement::prepare(connection, sql);
        if (!statement)
            return std::unexpected(statement.error());
        made.push_back(std::move(*statement));
    }
    ViewTableStatements statements{table,
                                   schema,
                                   std::move(made[0]),
                                   std::move(made[1]),
                                   std::move(made[2]),
                                   std::move(made[3]),
                                   std::move(made[4]),
                                   std::nullopt};
    if (hasHistory)
        statements.history.emplace(std::move(made[5]));
    return statements;
}

Result<void> ViewStatements::revalidate() {
    const auto asked = statement(QStringLiteral("PRAGMA schema_version"));
    if (!asked)
        return std::unexpected(asked.error());
    const auto row = (*asked)->step();
    const qint64 version = row && *row ? (*asked)->integer(0) : 0;
    (*asked)->reset();
    if (!row)
        return std::unexpected(row.error());
    if (m_schemaVersion != version) {
        forget();
        m_schemaVersion = version;
    }
    return {};
}

void ViewStatements::forget() {
    m_tables.clear();
    m_schemaVersion.reset();
}

Result<ViewTableStatements*> ViewStatements::of(const QString& view, const QString& table) {
    if (const auto known = m_tables.constFind(table); known != m_tables.constEnd())
        return known->get();
    const auto shape = m_queries.shape(view, table);
    if (!shape)
        return std::unexpected(shape.error());
    if (!*shape)
        return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view));
    const auto hasHistory = m_queries.hasTable(historyOf(table));
    if (!hasHistory)
        return std::unexpected(hasHistory.error());
    auto statements = ViewTableStatements::prepare(m_connection, **shape, table, *hasHistory);
    if (!statements)
        return std::unexpected(statements.error());
    auto kept = std::make_shared<ViewTableStatements>(std::move(*statements));
    m_tables.insert(table, kept);
    return kept.get();
}

Result<SqliteStatement*> ViewStatements::statement(const QString& sql) {
    if (const auto known = m_statements.constFind(sql); known != m_statements.constEnd())
        return known->get();
    auto statement = SqliteStatement::prepare(m_connection, sql);
    if (!statement)
        return std::unexpected(statement.error());
    auto kept = std::make_shared<SqliteStatement>(std::move(*statement));
    m_statements.insert(sql, kept);
    return kept.get();
}

SqliteViewTransaction::SqliteViewTransaction(ViewStatements& statements,
                                             ImmediateTransaction transaction,
                                             std::vector<ViewSchema> rebuilt)
    : m_statements(statements)
    , m_transaction(std::move(transaction))
    , m_rebuilt(std::move(rebuilt)) {}

SqliteViewTransaction::~SqliteViewTransaction() {
    // What was prepared on shadow tables must not outlive them.
    if (!m_rebuilt.empty())
        m_statements.forget();
}

QString SqliteViewTransaction::tableOf(const QString& view) const {
    return std::ranges::find(m_rebuilt, view, &ViewSchema::name) != m_rebuilt.end() ? shadowOf(view)
                                                                                    : view;
}

Result<ViewStatus> SqliteViewTransaction::status(const QString& view) {
    const auto statement = m_statements.statement(
        QStringLiteral("SELECT position, paused FROM view_checkpoints WHERE name = ?"));
    if (!statement)
        return std::unexpected(statement.error());
    const auto done = qScopeGuard([&] { (*statement)->reset(); });
    (*statement)->bind(0, view);
    const auto row = (*statement)->step();
    if (!row)
        return std::unexpected(row.error());
    if (!*row)
        return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view));
    return ViewStatus{view, GlobalPosition((*statement)->integer(0)), (*statement)->integer(1) != 0,
                      0};
}

Result<std::optional<ViewRow>> SqliteViewTransaction::row(ViewTableStatements& table,
                                                          const QString& id) {
    SqliteStatement& select = table.select;
    const auto done = qScopeGuard([&] { select.reset(); });
    select.bind(0, id);
    const auto found = select.step();
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return std::optional<ViewRow>();
    ViewRow row;
    row.values.reserve(table.schema.columns.size());
    for (std::size_t i = 0; i < table.schema.columns.size(); ++i) {
        const int column = static_cast<int>(i);
        if (select.isNull(column)) {
            row.values.emplace_back();
        } else if (table.schema.columns[i].type == ViewColumn::Type::Integer) {
            row.values.emplace_back(select.integer(column));
        } else {
            const std::string_view utf8 = select.text(column);
            row.values.emplace_back(
                QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())));
        }
    }
    return row;
}

Result<std::vector<ViewRow>> SqliteViewTransaction::rows(const QString& view,
                                                         const RowQuery& query) {
    const auto table = m_statements.of(view, tableOf(view));
    if (!table)
        return std::unexpected(table.error());
    if (!query.id || query.at || query.where || !query.after.isEmpty() || query.limit == 0)
        return m_statements.queries().rows((*table)->schema, (*table)->table, query);
    // One row by its id, which folding asks for without end.
    auto found = row(**table, *query.id);
    if (!found)
        return std::unexpected(found.error());
    std::vector<ViewRow> rows;
    if (*found)
        rows.push_back(std::move(**found));
    return rows;
}

Result<void> SqliteViewTransaction::apply(const QString& view,
                                          const std::vector<RowChange>& changes) {
    const auto table = m_statements.of(view, tableOf(view));
    if (!table)
        return std::unexpected(table.error());
    const auto byRow = changesByRow((*table)->schema, changes);
    if (!byRow)
        return std::unexpected(byRow.error());
    for (const auto& [id, ofRow] : *byRow)
        if (const auto applied = applyToRow(**table, id, ofRow); !applied)
            return applied;
    return {};
}

Result<void> SqliteViewTransaction::applyToRow(ViewTableStatements& table, const QString& id,
                                               const std::vector<const RowChange*>& changes) {
    const auto before = row(table, id);
    if (!before)
        return std::unexpected(before.error());
    const auto lasting = lastingChanges(*before, changes);
    for (const RowChange* change : lasting) {
        if (!table.history)
            continue;
        table.history->bind(0, id);
        table.history->bind(1, change->position.value());
        if (change->row)
            table.history->bind(2, std::string_view(encodeRow(*change->row)));
        else
            table.history->bindNull(2);
        if (const auto written = finish(*table.history); !written)
            return written;
    }
    const std::optional<ViewRow>& after = lasting.empty() ? *before : lasting.back()->row;
    if (after == *before)
        return {};
    if (!after) {
        table.remove.bind(0, id);
        return finish(table.remove);
    }
    SqliteStatement& statement = !*before ? table.insert
                                 : indexedCellsDiffer(table.schema, *after, **before)
                                     ? table.update
                                     : table.updatePlain;
    for (std::size_t i = 0; i < after->values.size(); ++i)
        bind(statement, static_cast<int>(i), after->values[i]);
    return finish(statement);
}

Result<void> SqliteViewTransaction::setInCheckpoint(const QString& view, const QString& column,
                                                    qint64 value) {
    const auto statement = m_statements.statement(
        QStringLiteral("UPDATE view_checkpoints SET %1 = ? WHERE name = ?").arg(column));
    if (!statement)
        return std::unexpected(statement.error());
    (*statement)->bind(0, value);
    (*statement)->bind(1, view);
    return finish(**statement);
}

Result<void> SqliteViewTransaction::setCheckpoint(const QString& view, GlobalPosition checkpoint) {
    return setInCheckpoint(view, QStringLiteral("position"), checkpoint.value());
}

Result<void> SqliteViewTransaction::setPaused(const QString& view, bool paused) {
    return setInCheckpoint(view, QStringLiteral("paused"), paused ? 1 : 0);
}

Result<void> SqliteViewTransaction::swapIn(const ViewSchema& schema) {
    const QString shadow = shadowOf(schema.name);
    QStringList statements = dropTables(schema.name);
    statements += dropIndexes(schema, shadow);
    const QString rename = QStringLiteral("ALTER TABLE %1 RENAME TO %2");
    statements += rename.arg(quoted(shadow), quoted(schema.name));
    if (schema.companionOf.isEmpty())
        statements += rename.arg(quoted(historyOf(shadow)), quoted(historyOf(schema.name)));
    statements += createIndexes(schema, schema.name);
    for (const QString& statement : statements)
        if (const auto done = m_statements.connection().execute(statement); !done)
            return done;
    return {};
}

Result<void> SqliteViewTransaction::commit() {
    if (!m_rebuilt.empty())
        m_statements.forget();
    for (const ViewSchema& schema : m_rebuilt)
        if (const auto swapped = swapIn(schema); !swapped)
            return swapped;
    return m_transaction->commit();
}

} // namespace rewindow
