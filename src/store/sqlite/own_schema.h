// The schema of our own stores in SQLite: creating it, and recognising which version lies there.
#pragma once

#include "base/error.h"

#include <QString>

namespace rewindow {

class SqliteConnection;

/// `PRAGMA application_id` of our stores: "RWND" as four bytes, at offset 68 of the file.
inline constexpr qint32 kOwnApplicationId = 0x52574E44;
/// The schema_version that this program writes.
inline constexpr int kOwnSchemaVersion = 1;

/// The one row of `rewindow_meta`.
struct OwnSchemaMeta {
    int schemaVersion = 0;
    QString storeId;
    QString domain; ///< may be empty
};

/// How a store's schema stands to the one this program knows.
enum class SchemaAge {
    Current,
    Older, ///< has to be migrated before it can be opened: see migrationNeeded()
    Newer, ///< may be read, must not be written
};

/// Makes all tables of an empty store, in one transaction. Fails with Storage.
Result<void> createOwnSchema(SqliteConnection& connection, const QString& domain,
                             const QString& storeId);

/// Reads `rewindow_meta`. Fails with Storage where it is missing, empty or not as it should be.
Result<OwnSchemaMeta> readOwnSchemaMeta(SqliteConnection& connection);

SchemaAge schemaAge(const OwnSchemaMeta& meta);
/// Why a store with an Older schema is not opened, with the way out.
Error migrationNeeded(const OwnSchemaMeta& meta, const QString& path);
/// Why a store with a Newer schema is not written: a full sentence for StoreInfo.
QString newerSchemaReason(const OwnSchemaMeta& meta);

} // namespace rewindow
