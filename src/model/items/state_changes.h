// Which places of a state one event changed, compared place by place.
#pragma once

#include "base/json.h"

#include <string>
#include <vector>

namespace rewindow {

/// A place whose value came to be, went, or is another. Pointers into the two states compared.
struct ChangedPlace {
    std::string pointer;
    const Json* before = nullptr; ///< nullptr: was not there
    const Json* now = nullptr;    ///< nullptr: is gone
};

struct ChangedPlaces {
    std::vector<ChangedPlace> places; ///< in the order of `now`, what is gone after its neighbours
    bool complete = true;             ///< false: there are more than were listed
};

/// The smallest changed places: leaves, and containers that came or went whole. Elements of arrays
/// are compared by their index, as a pointer names them. Stops after `limit` places, or after
/// comparing a hundred times as many; what both states share is skipped without a look.
ChangedPlaces changedPlaces(const Json& before, const Json& now, std::size_t limit = 1000);

} // namespace rewindow
