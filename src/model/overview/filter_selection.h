// What a filter says about times and names: as much of it as an index can answer.
#pragma once

#include "model/overview/overview_selection.h"
#include "store/event_filter.h"
#include "store/filter/time_span.h"

#include <optional>

namespace rewindow {

/// The filter without the spans of time it asks for, but for `span`, where one is given.
EventFilter confinedTo(const EventFilter& filter, const std::optional<TimeSpan>& span);
/// The span that confinedTo() confined a filter to.
std::optional<TimeSpan> spanOf(const EventFilter& filter);

/// The same as a selection; nothing where the filter asks for more than times, types, streams and
/// categories, or mixes them in one condition.
std::optional<OverviewSelection> selectionOf(const EventFilter& filter);

} // namespace rewindow
