// The tables of a PostgreSQL database, and how their columns compare.
#pragma once

#include "base/error.h"
#include "store/profile/profile_recognition.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace rewindow {

class PgConnection;

struct PgColumn {
    QString type; ///< as the server names it: "int8", "timestamptz"; of a domain, its base
    bool isNotNull = false;
    bool isDeterministic = false; ///< equal texts are equal bytes
};

/// The tables and views of one schema that may be read.
struct PgSchema {
    QString name;
    QMap<QString, QMap<QString, PgColumn>> tables;

    Catalogue catalogue() const;
    const PgColumn* column(const QString& table, const QString& column) const;
};

/// Of `only`, or of all schemas but the server's own where that is empty: first those that names
/// are looked for in, in that order, then the others by name.
Result<std::vector<PgSchema>> readSchemas(PgConnection& connection, const QString& only);

} // namespace rewindow
