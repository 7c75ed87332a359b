// The times a filter leaves.
#pragma once

#include "base/timestamp.h"

#include <limits>
#include <optional>

namespace rewindow {

class FilterExpression;

/// [begin, end); all times there are, unless said.
struct TimeSpan {
    Timestamp begin{std::numeric_limits<qint64>::min()};
    Timestamp end{std::numeric_limits<qint64>::max()};
    bool operator==(const TimeSpan&) const = default;
};

/// What lies in both; it may be empty, its end then not after its begin.
TimeSpan intersection(const TimeSpan& left, const TimeSpan& right);

/// The times of recording that a condition leaves; nothing where it is about something else, or
/// leaves no single span (`at!=…`).
std::optional<TimeSpan> timesLeftBy(const FilterExpression& condition);

} // namespace rewindow
