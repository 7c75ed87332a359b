// What a list of streams reads: how many there are of each type, and what has changed since.
#pragma once

#include "store/store.h"

#include <QSet>

#include <vector>

namespace rewindow {

struct StreamsOverview {
    std::vector<TypeCount> types; ///< in the order of their names' bytes
    GlobalPosition head;          ///< before the types were counted
};
Result<StreamsOverview> readStreamsOverview(Store& store, const CancelToken& cancel);

/// What was appended after a position.
struct StreamsNews {
    std::vector<StreamSummary> streams; ///< those with new events, as they are now
    QSet<QString> born;                 ///< of them, those whose first event is new
    GlobalPosition head;
    bool tooMuch = false; ///< reading the streams anew is cheaper; `streams` is empty
};
/// Always too much in a store without positions.
Result<StreamsNews> readStreamsNews(Store& store, GlobalPosition after, const CancelToken& cancel);

} // namespace rewindow
