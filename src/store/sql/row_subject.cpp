// Which columns a filter looks at.
#include "store/sql/row_subject.h"

namespace rewindow {

EventSql::Columns columnsFor(const FilterExpression& expression) {
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
