// Buckets of time with boundaries that people know: seconds, minutes, days, months.
#pragma once

#include "base/timestamp.h"

#include <vector>

namespace rewindow {

/// How wide a bucket is: so many units, beginning where a clock or calendar in UTC does; weeks
/// begin on Monday.
struct TimeStep {
    enum class Unit : unsigned char { Microsecond, Second, Minute, Hour, Day, Week, Month, Year };
    Unit unit = Unit::Second;
    qint64 count = 1;
    bool operator==(const TimeStep&) const = default;
};

struct TimeGrid {
    TimeStep step;
    std::vector<Timestamp> edges; ///< rising; bucket i is [edges[i], edges[i+1])
    std::size_t buckets() const { return edges.size() < 2 ? 0 : edges.size() - 1; }
    bool operator==(const TimeGrid&) const = default;
};

/// The grid of at most `most` buckets, with the smallest step there is for it, that covers all from
/// `first` to `last`, both inclusive. Where the times run out at the end of what a Timestamp can
/// say, the last edge is that end.
TimeGrid timeGrid(Timestamp first, Timestamp last, std::size_t most);

} // namespace rewindow
