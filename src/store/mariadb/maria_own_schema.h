// The schema of our own stores in MariaDB: creating it, and recognising which version lies there.
#pragma once

#include "base/error.h"
#include "store/sqlite/own_schema.h"

#include <QString>

namespace rewindow {

class MariaConnection;

/// Makes all tables of an empty store. Fails with Usage where tables of these names are there
/// already. What names the store comes last: without it nothing takes the tables for a store, and
/// they are gone on with by who makes one there the next time.
Result<void> createMariaOwnSchema(MariaConnection& connection, const QString& domain,
                                  const QString& storeId);

/// Drops the tables of the store and of its views; what names it first. Fails with Usage where it
/// is not the store of that id.
Result<void> dropMariaOwnSchema(MariaConnection& connection, const QString& storeId);

/// Reads `rewindow_meta`. Fails with Storage where it is empty or not as it should be.
Result<OwnSchemaMeta> readMariaOwnSchemaMeta(MariaConnection& connection);

} // namespace rewindow
