// The tables of a PostgreSQL database, and how their columns compare.
#pragma once

#include "base/error.h"
#include "store/sql/server_schema.h"

#include <QString>
#include <QStringList>

namespace rewindow {

class PgConnection;

struct PgColumn {
    QString type; ///< as the server names it: "int8", "timestamptz"; of a domain, its base
    bool isNotNull = false;
    bool isDeterministic = false; ///< equal texts are equal bytes
};

using PgSchema = ServerSchema<PgColumn>; ///< of one schema

/// Of `only`, or of all schemas but the server's own where that is empty: first those that names
/// are looked for in, in that order, then the others by name.
Result<std::vector<PgSchema>> readSchemas(PgConnection& connection, const QString& only);

} // namespace rewindow
