// Finding the version a stream had at a position.
#include "store/sql/version_search.h"

#include <limits>

namespace rewindow {

Result<StreamVersion>
lastVersionUpTo(GlobalPosition position,
                const std::function<Result<std::optional<VersionPlace>>(StreamVersion)>& lastUpTo) {
    const auto last = lastUpTo(StreamVersion(std::numeric_limits<qint64>::max()));
    if (!last)
        return std::unexpected(last.error());
    if (!*last)
        return StreamVersion(0);
    if ((*last)->position <= position)
        return (*last)->version;
    // In a stream, positions rise with versions: halve the range, each time through the index.
    StreamVersion found(0);
    qint64 below = 0;                        // no version up to here is after `position`
    qint64 above = (*last)->version.value(); // this one is
    while (above - below > 1) {
        const qint64 middle = below + (above - below) / 2;
        const auto place = lastUpTo(StreamVersion(middle));
        if (!place)
            return std::unexpected(place.error());
        if (*place && (*place)->version.value() > below) {
            if ((*place)->position > position) {
                above = (*place)->version.value();
                continue;
            }
            found = (*place)->version;
        }
        below = middle;
    }
    return found;
}

} // namespace rewindow
