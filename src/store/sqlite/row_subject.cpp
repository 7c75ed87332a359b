// Parts of a row.
#include "store/sqlite/row_subject.h"

namespace rewindow {

std::string_view RowSubject::text(FilterField field) const {
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

qint64 RowSubject::number(FilterField field) const {
    switch (field) {
    case FilterField::Position:
        return m_row.integer(EventSql::Position);
    case FilterField::Version:
        return m_reading.version(m_row).value();
    default:
        return m_reading.recordedAt(m_row).microseconds();
    }
}

EventSql::Columns RowSubject::columnsFor(const FilterExpression& expression) {
    EventSql::Columns columns;
    const auto add = [&columns](std::initializer_list<EventSql::Column> wanted) {
        for (const EventSql::Column column : wanted)
            columns.set(column);
    };
    using Kind = FilterExpression::Kind;
    for (const FilterExpression& part : expression.parts())
        columns |= columnsFor(part);
    if (expression.kind() == Kind::Search)
        add({EventSql::Type, EventSql::Stream, EventSql::Data, EventSql::Metadata});
    if (expression.kind() != Kind::Comparison && expression.kind() != Kind::Presence)
        return columns;
    switch (expression.place().field) {
    case FilterField::Type:
        add({EventSql::Type});
        break;
    case FilterField::Stream:
        add({EventSql::Stream});
        break;
    case FilterField::Category:
        add({EventSql::Stream, EventSql::Category});
        break;
    case FilterField::Id:
        add({EventSql::Id});
        break;
    case FilterField::Correlation:
        add({EventSql::Correlation, EventSql::Metadata});
        break;
    case FilterField::Causation:
        add({EventSql::Causation, EventSql::Metadata});
        break;
    case FilterField::Position:
        add({EventSql::Position});
        break;
    case FilterField::Version:
        add({EventSql::Version});
        break;
    case FilterField::Time:
        add({EventSql::RecordedAt});
        break;
    case FilterField::Data:
        add({EventSql::Data});
        break;
    case FilterField::Meta:
        add({EventSql::Metadata});
        break;
    }
    return columns;
}

} // namespace rewindow
