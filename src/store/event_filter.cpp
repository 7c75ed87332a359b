// Reading, asking and narrowing.
#include "store/event_filter.h"

#include "store/filter/filter_matcher.h"
#include "store/recorded_event.h"

#include <algorithm>

namespace rewindow {

namespace {

using Kind = FilterExpression::Kind;

std::vector<FilterExpression> conditionsOf(const FilterExpression& expression) {
    return expression.kind() == Kind::All ? expression.parts() : std::vector{expression};
}

/// Whether `condition` says which values a place may have.
bool isChoiceOf(const FilterPlace& place, const FilterExpression& condition) {
    if (condition.kind() == Kind::Any)
        return std::ranges::all_of(condition.parts(), [&](const FilterExpression& part) {
            return isChoiceOf(place, part);
        });
    return condition.kind() == Kind::Comparison && condition.place() == place &&
           (condition.comparison() == FilterOperator::Match ||
            condition.comparison() == FilterOperator::Equal);
}

} // namespace

std::expected<EventFilter, FilterMistake> EventFilter::read(const QString& text, Timestamp now) {
    auto expression = parseFilter(text, now);
    if (!expression)
        return std::unexpected(expression.error());
    return EventFilter(std::move(*expression));
}

Result<EventFilter> EventFilter::parse(const QString& text, Timestamp now) {
    auto filter = read(text, now);
    if (!filter)
        return std::unexpected(filter.error().error(text));
    return *filter;
}

bool EventFilter::accepts(const RecordedEvent& event) const {
    return FilterMatcher(m_expression).matches(EventSubject(event));
}

EventFilter EventFilter::narrowedTo(const FilterExpression& wanted) const {
    std::vector<FilterExpression> conditions = conditionsOf(m_expression);
    std::erase_if(conditions, [&](const FilterExpression& condition) {
        return wanted.kind() == Kind::Comparison && isChoiceOf(wanted.place(), condition);
    });
    conditions.push_back(wanted);
    return EventFilter(FilterExpression::all(std::move(conditions)));
}

EventFilter EventFilter::without(const FilterExpression& unwanted) const {
    std::vector<FilterExpression> conditions = conditionsOf(m_expression);
    const FilterExpression negated = FilterExpression::negated(unwanted);
    if (std::ranges::find(conditions, negated) == conditions.end())
        conditions.push_back(negated);
    return EventFilter(FilterExpression::all(std::move(conditions)));
}

} // namespace rewindow
