// What finds the events that have the same value as one that is looked at.
#pragma once

#include "base/json_pointer.h"
#include "model/items/event_detail.h"
#include "store/filter/filter_expression.h"

#include <optional>

namespace rewindow {

/// A part of what EventDetail tells.
enum class EventPart : unsigned char { Data, Metadata, Circumstances };

/// That events have this value at the place `pointer` names in the part; of an object or an array,
/// that there is something. Nothing for what no filter asks about, or that is too long for one.
std::optional<FilterExpression> conditionOf(const EventDetail& event, EventPart part,
                                            const JsonPointer& pointer);

} // namespace rewindow
