// Telling change from chance.
#pragma once

#include "model/statistics/statistics.h"

#include <span>
#include <vector>

namespace rewindow {

/// In which of a row of events something was there.
struct Presence {
    quint32 events = 0;       ///< how many
    quint32 firstOrdinal = 0; ///< in the row, from 1
    quint32 lastOrdinal = 0;
    GlobalPosition first;
    GlobalPosition last;

    void see(quint32 ordinal, GlobalPosition position) {
        if (events++ == 0) {
            firstOrdinal = ordinal;
            first = position;
        }
        lastOrdinal = ordinal;
        last = position;
    }
};

struct KindPresence {
    ValueKind kind = ValueKind::Null;
    Presence presence; ///< ordinals are the value's own events
};

/// Whether something that `seen` of `all` events have is missing from the first (or last)
/// `missing` of them for another reason than chance: were the `seen` spread at random, this would
/// happen less than once in ten thousand times.
bool isNoChance(quint32 seen, quint32 missing, quint32 all);

/// What changed of a value: `parentEvents` events could have it.
std::vector<SchemaDrift> driftOf(const Presence& value, quint32 parentEvents,
                                 std::span<const KindPresence> kinds);

} // namespace rewindow
