// The tables a SQLite database has.
#pragma once

#include "base/error.h"
#include "store/profile/profile_recognition.h"

namespace rewindow {

class SqliteConnection;

/// Those of the tables and views whose names, in lower case, are among `wanted`. Fails with Storage
/// where the database cannot be read at all.
Result<Catalogue> readCatalogue(SqliteConnection& connection, const QSet<QString>& wanted);

} // namespace rewindow
