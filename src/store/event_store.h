// The two things an event store does: load a stream, append to a stream.
#pragma once

#include "base/error.h"
#include "store/event_writer.h"
#include "store/recorded_event.h"

#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace rewindow {

class Store;

/// A Store seen as event sourcing knows it. Belongs to the Store's thread.
class EventStore {
  public:
    explicit EventStore(Store& store) : m_store(store) {}

    /// The events of a stream from version `from` to version `to` (both inclusive), oldest first;
    /// none where there is no such stream. Fails with Storage.
    Result<std::vector<RecordedEvent>> load(const QString& stream,
                                            StreamVersion from = StreamVersion(1),
                                            std::optional<StreamVersion> to = std::nullopt);

    /// Appends all events or none, if the stream is at the expected version; when it answers
    /// Appended they are on disk, with what `along` wrote. Fails with ReadOnly, and with Storage.
    Result<AppendOutcome> append(const QString& stream, ExpectedVersion expected,
                                 std::span<const NewEvent> events, const WithAppend& along = {});

  private:
    Store& m_store;
};

} // namespace rewindow
