// A row of a store as a filter sees it: each part read when it is asked for.
#pragma once

#include "store/filter/filter_subject.h"
#include "store/sql/event_row.h"

#include <string>

namespace rewindow {

/// The row that a statement with EventSql's columns stands at, see EventRow; of columns that were
/// left out it knows nothing. One serves for row after row.
template <class Row>
class RowSubject final : public FilterSubject {
  public:
    RowSubject(const EventRow& reading, const Row& row) : m_reading(reading), m_row(row) {}

    std::string_view text(FilterField field) const override;
    qint64 number(FilterField field) const override;

  private:
    const EventRow& m_reading;
    const Row& m_row;
    mutable std::string m_correlation; ///< of metadata
    mutable std::string m_causation;
};

/// The columns that a RowSubject needs for all that an expression asks.
EventSql::Columns columnsFor(const FilterExpression& expression);

template <class Row>
std::string_view RowSubject<Row>::text(FilterField field) const {
    switch (field) {
    case FilterField::Type:
        return m_row.text(EventSql::Type);
    case FilterField::Stream:
        return m_row.text(EventSql::Stream);
    case FilterField::Category:
        return m_reading.category(m_row, EventSql::Category);
    case FilterField::Id:
        return m_row.text(EventSql::Id);
    case FilterField::Correlation:
        return m_reading.correlation(m_row, m_correlation);
    case FilterField::Causation:
        return m_reading.causation(m_row, m_causation);
    case FilterField::Data:
        return m_row.text(EventSql::Data);
    case FilterField::Meta:
        return m_row.text(EventSql::Metadata);
    default:
        return {};
    }
}

template <class Row>
qint64 RowSubject<Row>::number(FilterField field) const {
    switch (field) {
    case FilterField::Position:
        return m_row.integer(EventSql::Position);
    case FilterField::Version:
        return m_reading.version(m_row).value();
    default:
        return m_reading.recordedAt(m_row).microseconds();
    }
}

} // namespace rewindow
