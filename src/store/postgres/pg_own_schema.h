// The schema of our own stores in PostgreSQL: creating it, and recognising which version lies
// there.
#pragma once

#include "base/error.h"
#include "store/sqlite/own_schema.h"

#include <QString>

namespace rewindow {

class PgConnection;

/// On which each append to such a store is told to who listens.
inline const QString kAppendsChannel = QStringLiteral("rewindow");

/// Makes all tables of an empty store in the schema `schema`, which is made where it is missing, in
/// one transaction. Fails with Usage where a store or tables of these names are there already.
Result<void> createPgOwnSchema(PgConnection& connection, const QString& schema,
                               const QString& domain, const QString& storeId);

/// Drops the tables of the store and of its views, in one transaction. Fails with Usage where it is
/// not the store of that id.
Result<void> dropPgOwnSchema(PgConnection& connection, const QString& schema,
                             const QString& storeId);

/// Reads `rewindow_meta`. Fails with Storage where it is empty or not as it should be.
Result<OwnSchemaMeta> readPgOwnSchemaMeta(PgConnection& connection, const QString& schema);

} // namespace rewindow
