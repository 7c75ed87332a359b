// The SQL that makes view tables and their histories in SQLite.
#pragma once

#include "store/sql/view_rows.h"

namespace rewindow::viewsql {

/// Makes the table, and its history unless it is a companion; without indexes.
QStringList createTables(const ViewSchema& schema, const QString& table);
/// The indexes of `table`; where they are there already nothing happens.
QStringList createIndexes(const ViewSchema& schema, const QString& table);
QStringList dropIndexes(const ViewSchema& schema, const QString& table);
QStringList dropTables(const QString& table);
QString createCheckpoints();

} // namespace rewindow::viewsql
