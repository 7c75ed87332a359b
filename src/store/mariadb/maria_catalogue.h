// The tables of a MariaDB database, and how their columns compare.
#pragma once

#include "base/error.h"
#include "store/profile/profile_recognition.h"

#include <QMap>
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

/// The tables and views of one database that may be read.
struct MariaSchema {
    QString name;
    QMap<QString, QMap<QString, MariaColumn>> tables;

    Catalogue catalogue() const;
    const MariaColumn* column(const QString& table, const QString& column) const;
};

/// Of the database that the connection is in.
Result<MariaSchema> readSchema(MariaConnection& connection);

} // namespace rewindow
