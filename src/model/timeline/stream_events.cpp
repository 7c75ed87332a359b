// The events of one stream, read again and again.

#include "model/timeline/stream_events.h"

#include <algorithm>
#include <span>

namespace rewindow {

namespace {

constexpr std::size_t kBlockBytes = 16u << 20; ///< of texts in all kept blocks
constexpr qint64 kBlock = 64;
constexpr qint64 kLongRange = 16 * kBlock; ///< longer ranges are streamed, and not kept

std::size_t byteSize(const RecordedEvent& event) {
    std::size_t bytes = sizeof(RecordedEvent);
    for (std::size_t text = 0; text < RecordedEvent::kTexts; ++text)
        bytes += event.text(static_cast<RecordedEvent::Text>(text)).size();
    return bytes;
}

std::unexpected<Error> lost(const QString& stream, StreamVersion version) {
    return fail(Error::Kind::Storage,
                QStringLiteral("stream \"%1\" cannot be replayed: its version %2 is not in the "
                               "store where it should be")
                    .arg(stream)
                    .arg(version.value()),
                QStringLiteral("look for the event in a backup of the store"));
}

} // namespace

StreamEvents::StreamEvents(EventReader& reader, QString stream, std::size_t shortBytes)
    : m_reader(&reader)
    , m_stream(std::move(stream))
    , m_shortBytes(shortBytes) {}

Result<void> StreamEvents::readInOrder(StreamVersion from, std::optional<StreamVersion> to,
                                       const EventReader::Visitor& visit,
                                       const CancelToken& cancel) {
    EventQuery query;
    query.stream = m_stream;
    query.fromVersion = from;
    query.toVersion = to;
    StreamVersion expected = from;
    bool isInOrder = true;
    bool stopped = false;
    const Result<void> read = m_reader->forEach(
        query,
        [&](RecordedEvent&& event) {
            isInOrder = event.version() == expected;
            if (!isInOrder)
                return false;
            expected = expected.next();
            stopped = !visit(std::move(event));
            return !stopped;
        },
        cancel);
    if (!read)
        return read;
    if (!isInOrder || (to && !stopped && expected != to->next()))
        return lost(m_stream, expected);
    return {};
}

Result<void> StreamEvents::readOn(const EventReader::Visitor& visit, const CancelToken& cancel) {
    // The last block is not full, and will no longer be all there is.
    std::erase_if(m_blocks, [&](const Block& block) {
        const bool grows = block.number == m_last.value() / kBlock;
        m_blockBytes -= grows ? block.bytes : 0;
        return grows;
    });
    return readInOrder(
        m_last.next(), std::nullopt,
        [&](RecordedEvent&& event) {
            m_last = event.version();
            keep(event);
            return visit(std::move(event));
        },
        cancel);
}

void StreamEvents::keep(const RecordedEvent& event) {
    if (!m_isShort)
        return;
    m_allBytes += byteSize(event);
    if (m_allBytes <= m_shortBytes) {
        m_all.push_back(event);
        return;
    }
    m_isShort = false;
    m_all = {};
}

Result<void> StreamEvents::forEach(StreamVersion from, StreamVersion to, const Visitor& visit,
                                   const CancelToken& cancel) {
    if (m_isShort) {
        for (qint64 version = from.value(); version <= to.value(); ++version) {
            if (cancel.isCancelled())
                return fail(Error::Kind::Cancelled, QStringLiteral("replaying was cancelled"));
            if (!visit(m_all[static_cast<std::size_t>(version - 1)]))
                break;
        }
        return {};
    }
    if (to.value() - from.value() >= kLongRange)
        return stream(from, to, visit, cancel);
    for (qint64 version = from.value(); version <= to.value();) {
        const qint64 number = (version - 1) / kBlock;
        const Result<const Block*> read = block(number, cancel);
        if (!read)
            return std::unexpected(read.error());
        const qint64 first = number * kBlock + 1;
        const qint64 end = std::min(to.value(), first + kBlock - 1) + 1;
        for (; version < end; ++version) {
            if (!visit((*read)->events[static_cast<std::size_t>(version - first)]))
                return {};
        }
    }
    return {};
}

Result<void> StreamEvents::stream(StreamVersion from, StreamVersion to, const Visitor& visit,
                                  const CancelToken& cancel) {
    return readInOrder(
        from, to, [&](RecordedEvent&& event) { return visit(event); }, cancel);
}

Result<const StreamEvents::Block*> StreamEvents::block(qint64 number, const CancelToken& cancel) {
    const auto known = std::ranges::find(m_blocks, number, &Block::number);
    if (known != m_blocks.end()) {
        m_blocks.splice(m_blocks.begin(), m_blocks, known);
        return &m_blocks.front();
    }
    const StreamVersion first(number * kBlock + 1);
    const StreamVersion end(number * kBlock + kBlock);
    Block fresh{.number = number, .events = {}, .bytes = 0};
    const Result<void> read = stream(
        first, std::min(end, m_last),
        [&](const RecordedEvent& event) {
            fresh.bytes += byteSize(event);
            fresh.events.push_back(event);
            return true;
        },
        cancel);
    if (!read)
        return std::unexpected(read.error());
    m_blockBytes += fresh.bytes;
    m_blocks.push_front(std::move(fresh));
    while (m_blockBytes > kBlockBytes && m_blocks.size() > 1) {
        m_blockBytes -= m_blocks.back().bytes;
        m_blocks.pop_back();
    }
    return &m_blocks.front();
}

} // namespace rewindow
