// The tables of a MariaDB database, and how their columns compare.
#pragma once

#include "base/error.h"
#include "store/sql/server_schema.h"

#include <QString>

namespace rewindow {

class MariaConnection;

struct MariaColumn {
    QString type;      ///< as the server names it: "bigint", "varchar"
    QString charset;   ///< of texts, else empty
    QString collation; ///< the same
    bool isNotNull = false;
    bool isKey = false; ///< the primary one, or the first part of it
};

using MariaSchema = ServerSchema<MariaColumn>; ///< of one database

/// Of the database that the connection is in.
Result<MariaSchema> readSchema(MariaConnection& connection);

} // namespace rewindow
