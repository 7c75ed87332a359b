// The events of one stream, read again and again.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "base/ordinals.h"
#include "store/event_reader.h"

#include <QString>

#include <functional>
#include <list>
#include <optional>
#include <vector>

namespace rewindow {

/// Reads a stream's events through its reader. A short stream is kept in memory whole; of a long
/// one the blocks read last are, so that stepping to and fro costs no reading.
class StreamEvents {
  public:
    /// A stream of up to `shortBytes` of texts is kept.
    StreamEvents(EventReader& reader, QString stream, std::size_t shortBytes);

    const QString& stream() const { return m_stream; }

    /// Visits the events behind those visited so far, and keeps them if the stream is short. Fails
    /// with Storage where a version is missing or twice there.
    Result<void> readOn(const EventReader::Visitor& visit, const CancelToken& cancel);

    using Visitor = std::function<bool(const RecordedEvent&)>;
    /// Visits versions `from` to `to`, all of which readOn() has visited.
    Result<void> forEach(StreamVersion from, StreamVersion to, const Visitor& visit,
                         const CancelToken& cancel = {});

  private:
    struct Block {
        qint64 number; ///< holds versions number * kBlock + 1 to number * kBlock + kBlock
        std::vector<RecordedEvent> events;
        std::size_t bytes;
    };

    void keep(const RecordedEvent& event);
    Result<void> readInOrder(StreamVersion from, std::optional<StreamVersion> to,
                             const EventReader::Visitor& visit, const CancelToken& cancel);
    Result<void> stream(StreamVersion from, StreamVersion to, const Visitor& visit,
                        const CancelToken& cancel);
    Result<const Block*> block(qint64 number, const CancelToken& cancel);

    EventReader* m_reader;
    QString m_stream;
    StreamVersion m_last; ///< readOn() got there
    std::size_t m_shortBytes;
    bool m_isShort = true;
    std::vector<RecordedEvent> m_all; ///< while the stream is short
    std::size_t m_allBytes = 0;
    std::list<Block> m_blocks; ///< the one used last in front
    std::size_t m_blockBytes = 0;
};

} // namespace rewindow
