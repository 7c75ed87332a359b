// View tables in SQLite: in a store of our own schema, or in a workspace.
#pragma once

#include "store/view_tables.h"

#include <memory>

namespace rewindow {

class SqliteConnection;

/// `connection` must outlive the tables. Not writable: begin(), and ensure() where something is
/// missing, fail with ReadOnly. A database without any view is fine: it has none.
std::unique_ptr<ViewTables> makeSqliteViewTables(SqliteConnection& connection, bool writable);

} // namespace rewindow
