// Places in an event as places of a filter.
#include "model/filter/event_conditions.h"

#include "store/filter/filter_parser.h"

namespace rewindow {

namespace {

std::optional<FilterExpression> conditionAt(const FilterPlace& place, const Json& value) {
    if (value.isContainer())
        return FilterExpression::has(place);
    if (value.toQString().size() > kLongestFilterValue / 2) // quotes may double it
        return std::nullopt;
    return FilterExpression::equals(place, value);
}

FilterExpression recordedAt(Timestamp time) {
    return FilterExpression::comparison({.field = FilterField::Time, .path = {}},
                                        FilterOperator::Match, instant(time));
}

/// Of what EventDetail::circumstances() says.
std::optional<FilterExpression> circumstance(const RecordedEvent& event, const std::string& key,
                                             const Json& value) {
    constexpr std::pair<const char*, FilterField> kFields[] = {
        {"position", FilterField::Position},
        {"stream", FilterField::Stream},
        {"version", FilterField::Version},
        {"id", FilterField::Id},
        {"type", FilterField::Type},
        {"correlationId", FilterField::Correlation},
        {"causationId", FilterField::Causation},
    };
    if (key == "recordedAt")
        return recordedAt(event.recordedAt());
    for (const auto& [name, field] : kFields)
        if (key == name)
            return conditionAt({.field = field, .path = {}}, value);
    return std::nullopt;
}

} // namespace

std::optional<FilterExpression> conditionOf(const EventDetail& event, EventPart part,
                                            const JsonPointer& pointer) {
    if (pointer.isRoot())
        return std::nullopt;
    if (part == EventPart::Circumstances) {
        const Json all = event.circumstances();
        const Json* value = pointer.in(all);
        return value && pointer.tokens().size() == 1
                   ? circumstance(event.event, pointer.tokens().front(), *value)
                   : std::nullopt;
    }
    const bool isData = part == EventPart::Data;
    const Json& root = isData ? event.data : event.metadata;
    const Json* value = pointer.in(root);
    if (!value || pointer.tokens().size() > static_cast<std::size_t>(kDeepestFilter))
        return std::nullopt;
    return conditionAt({.field = isData ? FilterField::Data : FilterField::Meta,
                        .path = FilterPath::of(pointer, root)},
                       *value);
}

} // namespace rewindow
