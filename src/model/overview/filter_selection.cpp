// Taking a filter apart into its conditions.
#include "model/overview/filter_selection.h"

#include <algorithm>

namespace rewindow {

namespace {

using Kind = FilterExpression::Kind;

/// The conditions that all must hold.
std::vector<FilterExpression> conditionsOf(const EventFilter& filter) {
    const FilterExpression& whole = filter.expression();
    return whole.kind() == Kind::All ? whole.parts() : std::vector{whole};
}

FilterExpression timeCondition(FilterOperator comparison, Timestamp time) {
    return FilterExpression::comparison({FilterField::Time, {}}, comparison, instant(time));
}

/// Which names decide a condition.
enum class About : unsigned char { Nothing, Types, Streams, Other };

About both(About left, About right) {
    if (left == About::Nothing || left == right)
        return right;
    return right == About::Nothing ? left : About::Other;
}

About aboutOf(const FilterExpression& expression) {
    switch (expression.kind()) {
    case Kind::Comparison:
    case Kind::Presence:
        switch (expression.place().field) {
        case FilterField::Type:
            return About::Types;
        case FilterField::Stream:
        case FilterField::Category:
            return About::Streams;
        default:
            return About::Other;
        }
    case Kind::All:
    case Kind::Any:
    case Kind::Not: {
        About about = About::Nothing;
        for (const FilterExpression& part : expression.parts())
            about = both(about, aboutOf(part));
        return about;
    }
    case Kind::Search:
        break;
    }
    return About::Other;
}

} // namespace

EventFilter confinedTo(const EventFilter& filter, const std::optional<TimeSpan>& span) {
    std::vector<FilterExpression> kept = conditionsOf(filter);
    std::erase_if(kept, [](const auto& condition) { return timesLeftBy(condition).has_value(); });
    if (span) {
        kept.push_back(timeCondition(FilterOperator::GreaterOrEqual, span->begin));
        kept.push_back(timeCondition(FilterOperator::Less, span->end));
    }
    return EventFilter(FilterExpression::all(std::move(kept)));
}

std::optional<TimeSpan> spanOf(const EventFilter& filter) {
    std::optional<TimeSpan> span;
    for (const FilterExpression& condition : conditionsOf(filter))
        if (const auto left = timesLeftBy(condition))
            span = intersection(span.value_or(TimeSpan()), *left);
    return span;
}

std::optional<OverviewSelection> selectionOf(const EventFilter& filter) {
    OverviewSelection selection;
    for (const FilterExpression& condition : conditionsOf(filter)) {
        if (timesLeftBy(condition))
            continue;
        switch (aboutOf(condition)) {
        case About::Nothing:
            break;
        case About::Types:
            selection.ofTypes.push_back(condition);
            break;
        case About::Streams:
            selection.ofStreams.push_back(condition);
            break;
        case About::Other:
            return std::nullopt;
        }
    }
    if (const auto span = spanOf(filter)) {
        selection.from = span->begin;
        selection.until = span->end;
    }
    return selection;
}

} // namespace rewindow
