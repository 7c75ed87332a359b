// Finding the version a stream had at a position.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"

#include <functional>
#include <optional>

namespace rewindow {

struct VersionPlace {
    StreamVersion version;
    GlobalPosition position;
};

/// The last version at or before `position`, or 0. `lastUpTo` answers where the stream's last event
/// up to a version is; it is asked as often as the number of versions can be halved.
Result<StreamVersion>
lastVersionUpTo(GlobalPosition position,
                const std::function<Result<std::optional<VersionPlace>>(StreamVersion)>& lastUpTo);

} // namespace rewindow
