// Which places of a state changed from one version to the next.
#pragma once

#include "base/json.h"
#include "model/timeline/place.h"

#include <functional>

namespace rewindow {

/// Called for a place that changed. A scalar changes when it comes, goes or gets another value; an
/// array or object when it comes, goes, changes its kind, or gains or loses a member; what happens
/// inside it are changes of those places. Elements of arrays are told apart by their index.
/// nullptr: nothing there. Returns whether to go on.
using ChangeVisitor =
    std::function<bool(const Place& place, const Json* before, const Json* after)>;

/// Visits what changed from `before` to `after`, in the order in which it stands there, and skips
/// without a look what both share. Returns how many members were looked at: its cost.
qint64 walkChanges(const Json& before, const Json& after, const ChangeVisitor& visit);

/// The value at one step below `container`, or nullptr.
const Json* valueBelow(const Json* container, const Place& step);
/// Whether both are there, of one kind, equal if scalar, and with the same members if not: then
/// the place itself did not change.
bool isUnchangedPlace(const Json* before, const Json* after);

} // namespace rewindow
