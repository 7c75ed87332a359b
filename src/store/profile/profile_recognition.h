// Which profile a database's tables fit.
#pragma once

#include "store/profile.h"

#include <QMap>
#include <QSet>
#include <QStringList>

namespace rewindow {

/// The tables and views of a database, each with its columns.
using Catalogue = QMap<QString, QStringList>;

/// The tables, in lower case, that profiles of `database` ask for: no others are worth describing.
QSet<QString> tablesAskedFor(const std::vector<Profile>& profiles, const QString& database);

/// The profile of `database` all of whose tables and columns are there; where several are, the one
/// that asks for most columns; nullptr where none is. Names compare without regard to ASCII case.
const Profile* recognise(const std::vector<Profile>& profiles, const QString& database,
                         const Catalogue& catalogue);

} // namespace rewindow
