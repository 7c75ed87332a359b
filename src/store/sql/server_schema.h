// The tables of a database on a server, and how their columns compare.
#pragma once

#include "store/profile/profile_recognition.h"

#include <QMap>
#include <QString>

namespace rewindow {

/// Those that may be read, views among them. A Column is what its server's catalogue tells of one.
template <class Column>
struct ServerSchema {
    QString name;
    QMap<QString, QMap<QString, Column>> tables;

    Catalogue catalogue() const;
    /// Null where there is none.
    const Column* column(const QString& table, const QString& column) const;
};

template <class Column>
Catalogue ServerSchema<Column>::catalogue() const {
    Catalogue catalogue;
    for (auto table = tables.begin(); table != tables.end(); ++table)
        catalogue.insert(table.key(), table->keys());
    return catalogue;
}

template <class Column>
const Column* ServerSchema<Column>::column(const QString& table, const QString& column) const {
    const auto found = tables.constFind(table);
    if (found == tables.constEnd())
        return nullptr;
    const auto facts = found->constFind(column);
    return facts == found->constEnd() ? nullptr : &*facts;
}

} // namespace rewindow
