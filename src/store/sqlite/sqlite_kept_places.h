// Bookmarks and recent places in a workspace's SQLite file.
#pragma once

#include "store/kept_places.h"

#include <memory>

namespace rewindow {

class SqliteConnection;

/// Makes the tables where the file is from before there were any. Fails with Storage.
Result<void> ensureKeptPlaces(SqliteConnection& connection);

/// The connection, on which ensureKeptPlaces() was called, outlives it.
std::unique_ptr<KeptPlaces> makeSqliteKeptPlaces(SqliteConnection& connection);

} // namespace rewindow
