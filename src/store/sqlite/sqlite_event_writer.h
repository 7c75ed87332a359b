// Appending to a store of our own schema in SQLite.
#pragma once

#include "store/event_writer.h"

#include <memory>

namespace rewindow {

class SqliteConnection;

/// `connection`, opened ReadWrite on a store of our own schema, must outlive the writer.
std::unique_ptr<EventWriter> makeSqliteEventWriter(SqliteConnection& connection);

} // namespace rewindow
