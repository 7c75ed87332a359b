// View tables in any database: their names, and how rows are written in a history.
#pragma once

#include "base/error.h"
#include "store/sql/bound_sql.h"
#include "store/view_tables.h"

#include <QString>
#include <QStringList>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rewindow::viewsql {

/// An identifier, quoted.
QString quoted(const QString& identifier);
/// `<table>_history`.
QString historyOf(const QString& table);
/// The table a rebuild fills until it is swapped in: `<view>__rebuild`.
QString shadowOf(const QString& view);
/// Column names, quoted, with commas between.
QString columnList(const ViewSchema& schema);
/// Column names for a person.
QString columnNames(const ViewSchema& schema);
/// The view a table is part of.
const QString& viewOf(const ViewSchema& schema);

/// Fails with Usage for a name that is no plain identifier or that a store needs for itself, and
/// for columns that are no view's.
Result<void> checkSchema(const ViewSchema& schema);
/// The same of several, in a database whose names are not longer than that.
Result<void> checkSchemas(const std::vector<ViewSchema>& schemas, const QString& database,
                          qsizetype longestName);
/// Why a table cannot stay as it is. `store` names it in sentences and on a command line.
Error otherShape(const ViewSchema& there, const ViewSchema& wanted, const QString& store);
/// Why there is nothing to read, with what there is instead.
Error noSuchView(const QString& view, const std::vector<ViewStatus>& known);

/// Never NULL.
QString textOr(const QString& text);
/// A value as a parameter; there is none for what is null.
QString parameter(const ViewValue& value, BoundSql::Values& values);
/// `cell = value`, or what is never true where a column of that type cannot hold it.
QString sameCell(const QString& cell, ViewColumn::Type type, const ViewValue& value,
                 BoundSql::Values& values);

/// A row as a history holds it: a JSON array, in the order of the columns.
std::string encodeRow(const ViewRow& row);
/// Fails with Storage where that is no such array.
Result<ViewRow> decodeRow(std::string_view json);

/// Whether two schemas have the same columns of the same types.
bool sameShape(const ViewSchema& left, const ViewSchema& right);

using ChangesByRow = std::map<QString, std::vector<const RowChange*>>;
/// Fails with Usage where a row does not fit the schema. The changes must outlive the answer.
Result<ChangesByRow> changesByRow(const ViewSchema& schema, const std::vector<RowChange>& changes);
/// Of the changes of one row, in the order of positions, those that a history keeps: the last at
/// each position, if it changes anything. The last of them is what the row is then.
std::vector<const RowChange*> lastingChanges(const std::optional<ViewRow>& before,
                                             const std::vector<const RowChange*>& changes);

} // namespace rewindow::viewsql
