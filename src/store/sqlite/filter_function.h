// A FilterMatcher as a function of SQL: rows that do not fit never leave the database.
#pragma once

#include <QString>

struct sqlite3;

namespace rewindow {

class FilterExpression;

/// Makes `rewindow_fits(matcher, …)` known to a connection. It holds for a row of our own schema
/// that the matcher fits, a FilterMatcher bound as a pointer.
void registerFilterFunction(sqlite3* handle);

/// What a pointer to a FilterMatcher is bound as.
inline constexpr const char* kFilterMatcherPointer = "rewindow-filter-matcher";

/// A call of the function, its first argument a parameter. Columns that the expression does not
/// ask about are not read.
QString filterFunctionCall(const FilterExpression& expression);

} // namespace rewindow
