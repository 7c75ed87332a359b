// Writing view tables, their histories and checkpoints in MariaDB, in one transaction.
#include "store/mariadb/maria_view_transaction.h"

#include "store/mariadb/maria_connection.h"
#include "store/sql/view_rows.h"

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

MariaViewTransaction::MariaViewTransaction(MariaViewQueries& queries, MariaTransaction transaction)
    : ServerViewTransaction(queries, {})
    , m_transaction(std::move(transaction)) {}

MariaViewTransaction::MariaViewTransaction(MariaViewQueries& queries, MariaTransaction transaction,
                                           std::vector<ViewSchema> rebuilt, MariaNamedLock lock)
    : ServerViewTransaction(queries, std::move(rebuilt))
    , m_lock(std::move(lock))
    , m_transaction(std::move(transaction)) {}

MariaViewTransaction::~MariaViewTransaction() {
    if (!m_lock || !m_transaction)
        return;
    m_transaction.reset();
    for (const ViewSchema& schema : rebuilt())
        for (const QString& statement : mariaDropView(shadowOf(schema.name)))
            // What stays is dropped by the next rebuild.
            [[maybe_unused]] const auto dropped = queries().connection().run(statement);
}

QString MariaViewTransaction::orUpdate(const QString&, const QStringList& columns) const {
    QStringList sets;
    for (const QString& column : columns)
        sets += QStringLiteral("%1=VALUES(%1)").arg(column);
    return QStringLiteral(" ON DUPLICATE KEY UPDATE ") + sets.join(u',');
}

Result<ViewStatus> MariaViewTransaction::status(const QString& view) {
    if (!isRebuilt(view))
        return ServerViewTransaction::status(view);
    const auto there = recorded(view);
    if (!there)
        return std::unexpected(there.error());
    const auto reached = m_checkpoints.find(view);
    return ViewStatus{view, reached != m_checkpoints.end() ? reached->second : GlobalPosition(0),
                      there->has_value() && (*there)->paused, 0};
}

Result<void> MariaViewTransaction::setCheckpoint(const QString& view, GlobalPosition checkpoint) {
    if (!isRebuilt(view))
        return ServerViewTransaction::setCheckpoint(view, checkpoint);
    m_checkpoints[view] = checkpoint;
    return {};
}

Result<void> MariaViewTransaction::putInPlace() {
    MariaConnection& connection = queries().connection();
    QStringList renames;
    QStringList replaced;
    for (const ViewSchema& schema : rebuilt()) {
        QStringList tables{schema.name};
        if (schema.companionOf.isEmpty())
            tables << historyOf(schema.name);
        for (const QString& table : tables) {
            const bool isHistory = table != schema.name;
            const QString shadow =
                isHistory ? historyOf(shadowOf(schema.name)) : shadowOf(schema.name);
            const QString old = table + kReplaced;
            const auto there = queries().hasTable(table);
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
    for (const auto& [view, checkpoint] : m_checkpoints)
        if (const auto done = setMariaCheckpoint(connection, view, checkpoint); !done)
            return done;
    if (replaced.isEmpty())
        return {};
    return connection.run(QStringLiteral("DROP TABLE IF EXISTS ") +
                          replaced.join(QStringLiteral(", ")));
}

Result<void> MariaViewTransaction::commit() {
    if (m_lock)
        for (const ViewSchema& schema : rebuilt()) {
            if (!schema.companionOf.isEmpty())
                continue;
            m_checkpoints.try_emplace(schema.name, GlobalPosition(0));
            if (const auto done = write({QStringLiteral("UPDATE view_checkpoints SET position=-1 "
                                                        "WHERE name=?"),
                                         {schema.name}});
                !done)
                return done;
        }
    if (const auto committed = m_transaction->commit(); !committed)
        return committed;
    if (!m_lock)
        return {};
    m_transaction.reset();
    return putInPlace();
}

} // namespace rewindow
