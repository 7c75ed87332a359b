// Reading the log in batches that fit into memory.
#include "model/projection/event_batch.h"

namespace rewindow {

namespace {

constexpr std::size_t kMostBytes = 16u << 20;

} // namespace

Result<std::vector<RecordedEvent>> readBatch(EventReader& reader, GlobalPosition after,
                                             GlobalPosition upTo, qint64 limit,
                                             const CancelToken& cancel) {
    EventQuery query;
    query.after = after;
    query.upTo = upTo;
    query.limit = limit;
    std::vector<RecordedEvent> batch;
    std::size_t bytes = 0;
    const auto read = reader.forEach(
        query,
        [&](RecordedEvent&& event) {
            bytes += event.data().size() + event.metadata().size();
            batch.push_back(std::move(event));
            return bytes < kMostBytes;
        },
        cancel);
    if (!read)
        return std::unexpected(read.error());
    return batch;
}

} // namespace rewindow
