// Reading the log in batches that fit into memory.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/event_reader.h"

#include <optional>
#include <vector>

namespace rewindow {

struct EventBatch {
    std::vector<RecordedEvent> events;
    bool isLast = false; ///< there was no event after these
};

/// The next events after `after`, up to `upTo` or the head: at most `limit` of them, fewer where
/// their texts are huge, none only where there are none.
Result<EventBatch> readBatch(EventReader& reader, GlobalPosition after,
                             std::optional<GlobalPosition> upTo, qint64 limit,
                             const CancelToken& cancel = {});

} // namespace rewindow
