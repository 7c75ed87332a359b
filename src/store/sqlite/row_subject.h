// A row of a store as a filter sees it: each part read when it is asked for.
#pragma once

#include "store/filter/filter_subject.h"
#include "store/sqlite/event_row.h"

#include <string>

namespace rewindow {

/// The row that a statement with EventSql's columns stands at; of columns that were left out it
/// knows nothing. One serves for row after row.
class RowSubject final : public FilterSubject {
  public:
    RowSubject(const EventRow& reading, const SqliteStatement& row)
        : m_reading(reading)
        , m_row(row) {}

    std::string_view text(FilterField field) const override;
    qint64 number(FilterField field) const override;

    /// The columns that text() and number() need for all that an expression asks.
    static EventSql::Columns columnsFor(const FilterExpression& expression);

  private:
    const EventRow& m_reading;
    const SqliteStatement& m_row;
    mutable std::string m_correlation; ///< of metadata
    mutable std::string m_causation;
};

} // namespace rewindow
