// A comparison with a stretch of time, as a span.
#include "store/filter/time_span.h"

#include "store/filter/filter_expression.h"

#include <algorithm>

namespace rewindow {

TimeSpan intersection(const TimeSpan& left, const TimeSpan& right) {
    return {std::max(left.begin, right.begin), std::min(left.end, right.end)};
}

std::optional<TimeSpan> timesLeftBy(const FilterExpression& condition) {
    if (condition.kind() != FilterExpression::Kind::Comparison ||
        condition.place().field != FilterField::Time)
        return std::nullopt;
    const auto* time = std::get_if<FilterTime>(&condition.value());
    if (time == nullptr)
        return std::nullopt;
    switch (condition.comparison()) {
    case FilterOperator::GreaterOrEqual:
        return TimeSpan{.begin = time->from};
    case FilterOperator::Greater:
        return TimeSpan{.begin = time->to};
    case FilterOperator::Less:
        return TimeSpan{.end = time->from};
    case FilterOperator::LessOrEqual:
        return TimeSpan{.end = time->to};
    case FilterOperator::Match:
    case FilterOperator::Equal:
        return TimeSpan{time->from, time->to};
    case FilterOperator::NotEqual:
        break;
    }
    return std::nullopt;
}

} // namespace rewindow
