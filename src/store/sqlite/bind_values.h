// Binding a statement's values.
#pragma once

#include "store/sql/bound_sql.h"
#include "store/sqlite/sqlite_statement.h"

namespace rewindow {

/// A matcher among the values must outlive the stepping.
void bindValues(const BoundSql& sql, SqliteStatement& statement);

} // namespace rewindow
