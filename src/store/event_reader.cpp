// Reading a whole answer at once.
#include "store/event_reader.h"

#include <utility>

namespace rewindow {

Result<std::vector<RecordedEvent>> EventReader::read(const EventQuery& query,
                                                     const CancelToken& cancel) {
    std::vector<RecordedEvent> events;
    const auto done = forEach(
        query,
        [&events](RecordedEvent&& event) {
            events.push_back(std::move(event));
            return true;
        },
        cancel);
    if (!done)
        return std::unexpected(done.error());
    return events;
}

} // namespace rewindow
