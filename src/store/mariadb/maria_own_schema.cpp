// The schema of our own stores in MariaDB.
#include "store/mariadb/maria_own_schema.h"

#include "store/mariadb/maria_connection.h"
#include "store/mariadb/maria_named_lock.h"
#include "store/recorded_event.h"
#include "store/sql/view_rows.h"

namespace rewindow {

namespace {

// Names and types are the storage format of schema version 1. Texts are compared by their bytes,
// blanks at the end included. A name has 700 characters at most, as no index holds longer ones.
const QString kTable = QStringLiteral("CREATE TABLE %1(%2) ENGINE=InnoDB ROW_FORMAT=DYNAMIC "
                                      "CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
const QString kEvents = QStringLiteral("position BIGINT PRIMARY KEY, "
                                       "event_id VARCHAR(700) NOT NULL UNIQUE, "
                                       "stream VARCHAR(700) NOT NULL, "
                                       "aggregate_type VARCHAR(700) NOT NULL, "
                                       "aggregate_id VARCHAR(700) NOT NULL, "
                                       "version BIGINT NOT NULL, "
                                       "event_type VARCHAR(700) NOT NULL, "
                                       "data LONGTEXT NOT NULL, "
                                       "metadata LONGTEXT, "
                                       "correlation_id VARCHAR(700), "
                                       "causation_id VARCHAR(700), "
                                       "recorded_at BIGINT NOT NULL, " // µs since 1970, UTC
                                       "UNIQUE(stream, version), "
                                       "INDEX events_by_type(event_type), "
                                       "INDEX events_by_correlation(correlation_id), "
                                       "INDEX events_by_causation(causation_id), "
                                       "INDEX events_by_time(recorded_at)");
const QString kCheckpoints = QStringLiteral("name VARCHAR(255) PRIMARY KEY, "
                                            "position BIGINT NOT NULL DEFAULT 0, "
                                            "paused BOOLEAN NOT NULL DEFAULT false");
const QString kMeta = QStringLiteral("schema_version INTEGER NOT NULL, store_id VARCHAR(255) NOT "
                                     "NULL, domain VARCHAR(255) NOT NULL");

/// Takes away what making a store has left that did not come to its end: tables without a row, and
/// among them that which would name the store. Fails with Usage where there is anything else.
Result<void> checkFree(MariaConnection& connection) {
    const auto there = connection.execute(
        QStringLiteral("SELECT table_name FROM information_schema.tables WHERE "
                       "table_schema=DATABASE() AND table_name IN "
                       "('events','rewindow_meta','view_checkpoints') ORDER BY 1"));
    if (!there)
        return std::unexpected(there.error());
    QStringList tables;
    for (int row = 0; row < there->rows(); ++row)
        tables << toQString(there->text(row, 0));
    bool isUnfinished = tables.contains(QStringLiteral("rewindow_meta"));
    for (const QString& table : std::as_const(tables)) {
        const auto row = connection.execute(
            QStringLiteral("SELECT 1 FROM %1 LIMIT 1").arg(viewsql::quoted(table)));
        if (!row)
            return std::unexpected(row.error());
        isUnfinished = isUnfinished && row->rows() == 0;
    }
    if (!tables.isEmpty() && !isUnfinished)
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 is not free: it has a table \"%2\" already")
                        .arg(connection.name(), tables.front()),
                    QStringLiteral("name another database"));
    for (const QString& table : std::as_const(tables))
        if (const auto dropped =
                connection.run(QStringLiteral("DROP TABLE ") + viewsql::quoted(table));
            !dropped)
            return dropped;
    return {};
}

} // namespace

Result<void> createMariaOwnSchema(MariaConnection& connection, const QString& domain,
                                  const QString& storeId) {
    // Each table is made by itself here: nobody else makes some meanwhile.
    const auto alone = MariaNamedLock::take(connection, QStringLiteral("store"));
    if (!alone)
        return std::unexpected(alone.error());
    if (const auto free = checkFree(connection); !free)
        return free;
    for (const auto& [name, columns] :
         {std::pair{QStringLiteral("rewindow_meta"), kMeta},
          std::pair{QStringLiteral("events"), kEvents},
          std::pair{QStringLiteral("view_checkpoints"), kCheckpoints}})
        if (const auto made = connection.run(kTable.arg(name, columns)); !made)
            return made;
    const auto inserted =
        connection.execute({QStringLiteral("INSERT INTO rewindow_meta VALUES(?, ?, ?)"),
                            {qint64(kOwnSchemaVersion), storeId, domain}});
    return inserted ? Result<void>() : std::unexpected(inserted.error());
}

Result<void> dropMariaOwnSchema(MariaConnection& connection, const QString& storeId) {
    const auto meta = readMariaOwnSchemaMeta(connection);
    if (!meta)
        return std::unexpected(meta.error());
    if (meta->storeId != storeId)
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 holds another store").arg(connection.name()));
    const auto views = connection.execute(QStringLiteral("SELECT name FROM view_checkpoints"));
    if (!views)
        return std::unexpected(views.error());
    // Where it stops half way, what is left counts as a store that was not made to its end.
    if (const auto emptied = connection.execute(QStringLiteral("DELETE FROM rewindow_meta"));
        !emptied)
        return std::unexpected(emptied.error());
    QStringList tables;
    for (int row = 0; row < views->rows(); ++row) {
        const QString view = toQString(views->text(row, 0));
        tables << view << viewsql::historyOf(view);
    }
    tables << QStringLiteral("events") << QStringLiteral("view_checkpoints")
           << QStringLiteral("rewindow_meta");
    for (const QString& table : tables)
        if (const auto dropped =
                connection.run(QStringLiteral("DROP TABLE IF EXISTS ") + viewsql::quoted(table));
            !dropped)
            return dropped;
    return {};
}

Result<OwnSchemaMeta> readMariaOwnSchemaMeta(MariaConnection& connection) {
    const auto meta = connection.execute(
        QStringLiteral("SELECT schema_version, store_id, domain FROM rewindow_meta"));
    if (!meta)
        return std::unexpected(meta.error());
    if (meta->rows() != 1 || meta->text(0, 1).empty())
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 does not say which store it is: its rewindow_meta is empty "
                                   "or damaged")
                        .arg(connection.name()),
                    QStringLiteral("if it was being made and that was broken off, make it again "
                                   "with rewindow init; else restore it from a backup"));
    return OwnSchemaMeta{static_cast<int>(meta->integer(0, 0)), toQString(meta->text(0, 1)),
                         toQString(meta->text(0, 2))};
}

} // namespace rewindow
