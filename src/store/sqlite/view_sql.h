// The SQL of view tables and their histories, and how rows are written in a history.
#pragma once

#include "base/error.h"
#include "store/view_tables.h"

#include <QString>
#include <QStringList>

#include <string>
#include <string_view>

namespace rewindow::viewsql {

/// An identifier, quoted.
QString quoted(const QString& identifier);
/// `<table>_history`.
QString historyOf(const QString& table);
/// The table a rebuild fills until it is swapped in: `<view>__rebuild`.
QString shadowOf(const QString& view);
/// Column names, quoted, with commas between.
QString columnList(const ViewSchema& schema);

/// Fails with Usage for a name that is no plain identifier or that a store needs for itself, and
/// for columns that are no view's.
Result<void> checkSchema(const ViewSchema& schema);

/// Makes the table, and its history unless it is a companion; without indexes.
QStringList createTables(const ViewSchema& schema, const QString& table);
/// The indexes of `table`; where they are there already nothing happens.
QStringList createIndexes(const ViewSchema& schema, const QString& table);
QStringList dropIndexes(const ViewSchema& schema, const QString& table);
QStringList dropTables(const QString& table);
QString createCheckpoints();

/// A row as a history holds it: a JSON array, in the order of the columns.
std::string encodeRow(const ViewRow& row);
/// Fails with Storage where that is no such array.
Result<ViewRow> decodeRow(std::string_view json);

/// Whether two schemas have the same columns of the same types.
bool sameShape(const ViewSchema& left, const ViewSchema& right);

} // namespace rewindow::viewsql
