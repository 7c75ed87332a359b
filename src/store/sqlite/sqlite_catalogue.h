// The tables a SQLite database has.
#pragma once

#include "base/error.h"
#include "store/profile/profile_recognition.h"

namespace rewindow {

class SqliteConnection;

/// Fails with Storage where the database cannot be read at all.
Result<Catalogue> readCatalogue(SqliteConnection& connection);

} // namespace rewindow
