// Loading and appending, through a store's reader and writer.
#include "store/event_store.h"

#include "store/store.h"

namespace rewindow {

Result<std::vector<RecordedEvent>> EventStore::load(const QString& stream, StreamVersion from,
                                                    std::optional<StreamVersion> to) {
    EventQuery query;
    query.stream = stream;
    query.fromVersion = from;
    query.toVersion = to;
    return m_store.reader().read(query);
}

Result<AppendOutcome> EventStore::append(const QString& stream, ExpectedVersion expected,
                                         std::span<const NewEvent> events,
                                         const WithAppend& along) {
    const Result<EventWriter*> writer = m_store.writer();
    if (!writer)
        return std::unexpected(writer.error());
    return (*writer)->append(stream, expected, events, along);
}

} // namespace rewindow
