// Writing view tables, their histories and checkpoints in MariaDB, in one transaction.
#include "store/mariadb/maria_view_transaction.h"

#include "store/mariadb/maria_connection.h"
#include "store/recorded_event.h"
#include "store/sql/view_rows.h"

#include <algorithm>

namespace rewindow {

using namespace viewsql;

namespace {

/// Ends the name of a table that another one has taken the place of.
const QString kReplaced = QStringLiteral("__old");
/// How much of a text an index holds.
constexpr int kIndexedCharacters = 190;
/// As long as an index can hold it, next to a position.
const QString kKey = QStringLiteral("VARCHAR(700)");
const QString kTable =
    QStringLiteral("CREATE TABLE %1(%2) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 "
                   "COLLATE utf8mb4_nopad_bin");

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

QStringList mariaCreateView(const ViewSchema& schema, const QString& table) {
    QStringList parts;
    for (const ViewColumn& column : schema.columns) {
        const QString type = column.type == ViewColumn::Type::Integer ? QStringLiteral("BIGINT")
                             : column.name == u"id"                   ? kKey
                                                                      : QStringLiteral("LONGTEXT");
        parts += quoted(column.name) + u' ' + type;
    }
    parts += QStringLiteral("PRIMARY KEY(id)");
    for (const ViewColumn& column : schema.columns)
        if (column.indexed)
            parts += QStringLiteral("INDEX %1(%2%3)")
                         .arg(quoted(schema.name + QStringLiteral("_by_") + column.name),
                              quoted(column.name),
                              column.type == ViewColumn::Type::Integer
                                  ? QString()
                                  : QStringLiteral("(%1)").arg(kIndexedCharacters));
    QStringList statements{kTable.arg(quoted(table), parts.join(QStringLiteral(", ")))};
    if (schema.companionOf.isEmpty())
        statements +=
            kTable.arg(quoted(historyOf(table)),
                       QStringLiteral("row_id %1 NOT NULL, from_position BIGINT NOT NULL, "
                                      "\"values\" LONGTEXT, "
                                      "PRIMARY KEY(row_id, from_position)")
                           .arg(kKey));
    return statements;
}

QStringList mariaDropView(const QString& table) {
    const QString drop = QStringLiteral("DROP TABLE IF EXISTS %1");
    return {drop.arg(quoted(table)), drop.arg(quoted(historyOf(table)))};
}

Result<void> setMariaCheckpoint(MariaConnection& connection, const QString& view,
                                GlobalPosition checkpoint) {
    const auto done = connection.execute(
        {QStringLiteral("INSERT INTO view_checkpoints(name,position) VALUES(?,?) "
                        "ON DUPLICATE KEY UPDATE position=VALUES(position)"),
         {view, checkpoint.value()}});
    return done ? Result<void>() : std::unexpected(done.error());
}

MariaViewTransaction::MariaViewTransaction(MariaViewQueries& queries, MariaTransaction transaction,
                                           std::optional<Rebuild> rebuild)
    : m_queries(queries)
    , m_rebuild(std::move(rebuild))
    , m_transaction(std::move(transaction)) {}

MariaViewTransaction::~MariaViewTransaction() {
    if (!m_rebuild || !m_transaction)
        return;
    m_transaction.reset();
    for (const ViewSchema& schema : m_rebuild->schemas)
        for (const QString& statement : mariaDropView(shadowOf(schema.name)))
            // What stays is dropped by the next rebuild.
            [[maybe_unused]] const auto dropped = m_queries.connection().run(statement);
}

bool MariaViewTransaction::isRebuilt(const QString& view) const {
    return m_rebuild && std::ranges::find(m_rebuild->schemas, view, &ViewSchema::name) !=
                            m_rebuild->schemas.end();
}

QString MariaViewTransaction::tableOf(const QString& view) const {
    return isRebuilt(view) ? shadowOf(view) : view;
}

Result<const MariaViewTransaction::Table*> MariaViewTransaction::table(const QString& view) {
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

Result<void> MariaViewTransaction::write(const BoundSql& sql) {
    const auto written = m_queries.connection().execute(sql);
    return written ? Result<void>() : std::unexpected(written.error());
}

Result<ViewStatus> MariaViewTransaction::status(const QString& view) {
    const auto answer = m_queries.connection().execute(
        {QStringLiteral("SELECT position,paused FROM view_checkpoints WHERE name=?"), {view}});
    if (!answer)
        return std::unexpected(answer.error());
    if (isRebuilt(view)) {
        const auto reached = m_rebuild->checkpoints.find(view);
        return ViewStatus{
            view, reached != m_rebuild->checkpoints.end() ? reached->second : GlobalPosition(0),
            answer->rows() > 0 && answer->boolean(0, 1), 0};
    }
    if (answer->rows() == 0)
        return fail(Error::Kind::NotFound, QStringLiteral("there is no view %1").arg(view));
    return ViewStatus{view, GlobalPosition(answer->integer(0, 0)), answer->boolean(0, 1), 0};
}

Result<std::vector<ViewRow>> MariaViewTransaction::rows(const QString& view,
                                                        const RowQuery& query) {
    const auto found = table(view);
    if (!found)
        return std::unexpected(found.error());
    return m_queries.rows((*found)->schema, (*found)->name, query);
}

Result<void> MariaViewTransaction::apply(const QString& view,
                                         const std::vector<RowChange>& changes) {
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

Result<void> MariaViewTransaction::applyToRow(const Table& table, const QString& id,
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
                                  "ON DUPLICATE KEY UPDATE \"values\"=VALUES(\"values\")")
                       .arg(quoted(historyOf(table.name)),
                            change->row ? QStringLiteral("?") : QStringLiteral("NULL"));
        if (const auto written = write(sql); !written)
            return written;
    }
    const std::optional<ViewRow>& after = lasting.empty() ? before : lasting.back()->row;
    if (after == before)
        return {};
    const QString name = quoted(table.name);
    if (!after)
        return write({QStringLiteral("DELETE FROM %1 WHERE id=?").arg(name), {id}});
    BoundSql sql;
    QStringList cells;
    QStringList sets;
    for (std::size_t i = 0; i < after->values.size(); ++i) {
        const QString column = quoted(table.schema.columns[i].name);
        cells += parameter(after->values[i], sql.values);
        sets += QStringLiteral("%1=VALUES(%1)").arg(column);
    }
    sql.text = QStringLiteral("INSERT INTO %1(%2) VALUES(%3) ON DUPLICATE KEY UPDATE %4")
                   .arg(name, columnList(table.schema), cells.join(u','), sets.join(u','));
    return write(sql);
}

Result<void> MariaViewTransaction::setCheckpoint(const QString& view, GlobalPosition checkpoint) {
    if (isRebuilt(view)) {
        m_rebuild->checkpoints[view] = checkpoint;
        return {};
    }
    return write({QStringLiteral("UPDATE view_checkpoints SET position=? WHERE name=?"),
                  {checkpoint.value(), view}});
}

Result<void> MariaViewTransaction::setPaused(const QString& view, bool paused) {
    return write({QStringLiteral("UPDATE view_checkpoints SET paused=? WHERE name=?"),
                  {qint64(paused ? 1 : 0), view}});
}

Result<void> MariaViewTransaction::putInPlace() {
    MariaConnection& connection = m_queries.connection();
    QStringList renames;
    QStringList replaced;
    for (const ViewSchema& schema : m_rebuild->schemas) {
        QStringList tables{schema.name};
        if (schema.companionOf.isEmpty())
            tables << historyOf(schema.name);
        for (const QString& table : tables) {
            const bool isHistory = table != schema.name;
            const QString shadow =
                isHistory ? historyOf(shadowOf(schema.name)) : shadowOf(schema.name);
            const QString old = table + kReplaced;
            const auto there = m_queries.hasTable(table);
            if (!there)
                return std::unexpected(there.error());
            if (const auto done =
                    connection.run(QStringLiteral("DROP TABLE IF EXISTS ") + quoted(old));
                !done)
                return done;
            if (*there) {
                renames << QStringLiteral("%1 TO %2").arg(quoted(table), quoted(old));
                replaced << quoted(old);
            }
            renames << QStringLiteral("%1 TO %2").arg(quoted(shadow), quoted(table));
        }
    }
    if (const auto done =
            connection.run(QStringLiteral("RENAME TABLE ") + renames.join(QStringLiteral(", ")));
        !done)
        return done;
    for (const auto& [view, checkpoint] : m_rebuild->checkpoints)
        if (const auto done = setMariaCheckpoint(connection, view, checkpoint); !done)
            return done;
    if (replaced.isEmpty())
        return {};
    return connection.run(QStringLiteral("DROP TABLE IF EXISTS ") +
                          replaced.join(QStringLiteral(", ")));
}

Result<void> MariaViewTransaction::commit() {
    if (m_rebuild)
        for (const ViewSchema& schema : m_rebuild->schemas) {
            if (!schema.companionOf.isEmpty())
                continue;
            m_rebuild->checkpoints.try_emplace(schema.name, GlobalPosition(0));
            if (const auto done = write({QStringLiteral("UPDATE view_checkpoints SET position=-1 "
                                                        "WHERE name=?"),
                                         {schema.name}});
                !done)
                return done;
        }
    if (const auto committed = m_transaction->commit(); !committed)
        return committed;
    if (!m_rebuild)
        return {};
    m_transaction.reset();
    return putInPlace();
}

} // namespace rewindow
