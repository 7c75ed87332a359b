// Reading the log in batches that fit into memory.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/event_reader.h"

#include <vector>

namespace rewindow {

/// The next events after `after`, up to `upTo`: at most `limit` of them, fewer where their texts
/// are huge, none only where there are none.
Result<std::vector<RecordedEvent>> readBatch(EventReader& reader, GlobalPosition after,
                                             GlobalPosition upTo, qint64 limit,
                                             const CancelToken& cancel = {});

} // namespace rewindow
