// Reading the log in batches that fit into memory.
#include "model/projection/event_batch.h"

namespace rewindow {

namespace {

constexpr std::size_t kMostBytes = 16u << 20;

} // namespace

Result<EventBatch> readBatch(EventReader& reader, GlobalPosition after,
                             std::optional<GlobalPosition> upTo, qint64 limit,
                             const CancelToken& cancel) {
    EventQuery query;
    query.after = after;
    query.upTo = upTo;
    query.limit = limit;
    EventBatch batch;
    std::size_t bytes = 0;
    const auto read = reader.forEach(
        query,
        [&](RecordedEvent&& event) {
            bytes += event.data().size() + event.metadata().size();
            batch.events.push_back(std::move(event));
            return bytes < kMostBytes;
        },
        cancel);
    if (!read)
        return std::unexpected(read.error());
    batch.isLast = bytes < kMostBytes && static_cast<qint64>(batch.events.size()) < limit;
    return batch;
}

} // namespace rewindow
