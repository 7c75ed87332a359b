// The schema of our own stores in MariaDB.
#include "store/mariadb/maria_own_schema.h"

#include "store/mariadb/maria_connection.h"
#include "store/recorded_event.h"

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

} // namespace

Result<void> createMariaOwnSchema(MariaConnection& connection, const QString& domain,
                                  const QString& storeId) {
    const auto there = connection.execute(
        QStringLiteral("SELECT table_name FROM information_schema.tables WHERE "
                       "table_schema=DATABASE() AND table_name IN "
                       "('events','rewindow_meta','view_checkpoints') ORDER BY 1"));
    if (!there)
        return std::unexpected(there.error());
    if (there->rows() > 0)
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 is not free: it has a table \"%2\" already")
                        .arg(connection.name(), toQString(there->text(0, 0))),
                    QStringLiteral("name another database"));
    for (const auto& [name, columns] : {std::pair{QStringLiteral("events"), kEvents},
                                        std::pair{QStringLiteral("view_checkpoints"), kCheckpoints},
                                        std::pair{QStringLiteral("rewindow_meta"), kMeta}})
        if (const auto made = connection.run(kTable.arg(name, columns)); !made)
            return made;
    const auto inserted =
        connection.execute({QStringLiteral("INSERT INTO rewindow_meta VALUES(?, ?, ?)"),
                            {qint64(kOwnSchemaVersion), storeId, domain}});
    return inserted ? Result<void>() : std::unexpected(inserted.error());
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
                    QStringLiteral("restore it from a backup, or drop its tables if it was never "
                                   "used"));
    return OwnSchemaMeta{static_cast<int>(meta->integer(0, 0)), toQString(meta->text(0, 1)),
                         toQString(meta->text(0, 2))};
}

} // namespace rewindow
