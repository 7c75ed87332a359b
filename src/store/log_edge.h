// How a log ends whose positions are committed in any order.
#pragma once

#include "base/ordinals.h"

#include <optional>
#include <vector>

namespace rewindow {

/// Positions that are missing in a log, from the first to the last of them.
struct LogGap {
    GlobalPosition first;
    GlobalPosition last;
    bool operator==(const LogGap&) const = default;
};

/// As it was when the log was last looked at.
struct LogEdge {
    /// The log ends before this gap: later events are there, but who could fill it is under way.
    /// They are provisional.
    std::optional<LogGap> open;
    /// Gaps that the log went past after a while, because it cannot be seen whether anyone would
    /// still fill them; the newest last, and of very many the newest alone.
    std::vector<LogGap> assumed;
    bool operator==(const LogEdge&) const = default;
};

} // namespace rewindow
