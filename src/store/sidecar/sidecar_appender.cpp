// Numbering names, and writing columns in the narrowest width that holds them.
#include "store/sidecar/sidecar_appender.h"

#include "store/sidecar/sidecar_hash.h"

#include <algorithm>
#include <limits>

namespace rewindow {

using sidecar::SegmentHeader;
using sidecar::SegmentLayout;

namespace {

/// Names may be of any length: a segment is not to grow without bound for their sake.
constexpr std::size_t kMostNameBytes = 16u << 20;

/// Copies numbers into a column of `width` bytes each.
template <class Value>
void writeColumn(char* to, const std::vector<Value>& values, quint32 width) {
    const auto as = [&]<class Narrow>(Narrow) {
        for (const Value value : values) {
            const auto narrow = static_cast<Narrow>(value);
            std::memcpy(to, &narrow, sizeof narrow);
            to += sizeof narrow;
        }
    };
    switch (width) {
    case 0:
        return;
    case sizeof(quint8):
        return as(quint8());
    case sizeof(quint16):
        return as(quint16());
    case sizeof(quint32):
        return as(quint32());
    default:
        return as(qint64());
    }
}

/// How far each time is after the earliest; of all 64 bits, as they may be that far apart.
std::vector<quint64> afterEarliest(const std::vector<qint64>& times, qint64 earliest) {
    std::vector<quint64> after(times.size());
    for (std::size_t i = 0; i < times.size(); ++i)
        after[i] = quint64(times[i]) - quint64(earliest);
    return after;
}

quint32 timeWidth(qint64 earliest, qint64 latest) {
    const quint64 high = (quint64(latest) - quint64(earliest)) >> sidecar::kLowTimeBits;
    if (high == 0)
        return sizeof(quint32);
    if (high <= std::numeric_limits<quint8>::max())
        return sizeof(quint32) + sizeof(quint8);
    return high <= std::numeric_limits<quint16>::max() ? sizeof(quint32) + sizeof(quint16)
                                                       : sizeof(qint64);
}

quint32 typeWidth(const std::vector<quint32>& types) {
    const quint32 largest = *std::max_element(types.begin(), types.end());
    if (largest <= std::numeric_limits<quint8>::max())
        return sizeof(quint8);
    return largest <= std::numeric_limits<quint16>::max() ? sizeof(quint16) : sizeof(quint32);
}

/// How far each position is ahead of what it would be without gaps.
std::vector<qint64> aheadOf(const std::vector<qint64>& positions) {
    std::vector<qint64> ahead(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i)
        ahead[i] = positions[i] - positions.front() - qint64(i);
    return ahead;
}

quint32 positionWidth(const std::vector<qint64>& ahead) {
    const auto [least, most] = std::minmax_element(ahead.begin(), ahead.end());
    if (*least < 0 || *most > std::numeric_limits<quint32>::max())
        return sizeof(qint64);
    if (*most > std::numeric_limits<quint16>::max())
        return sizeof(quint32);
    return *most > 0 ? sizeof(quint16) : 0;
}

} // namespace

NameId SidecarNames::add(quint32 hash) {
    constexpr std::size_t kFirstSlots = 64;
    if ((m_count + 1) * std::size_t(4) > m_slots.size() * 3) {
        const std::vector<Slot> before =
            std::exchange(m_slots, std::vector<Slot>(std::max(kFirstSlots, m_slots.size() * 2)));
        for (const Slot& slot : before)
            if (slot.next != 0)
                insert(slot);
    }
    insert({hash, ++m_count});
    return m_count - 1;
}

void SidecarNames::insert(Slot slot) {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = slot.hash & mask;
    while (m_slots[at].next != 0)
        at = (at + 1) & mask;
    m_slots[at] = slot;
}

void SidecarAppender::continueAfter(std::span<const SidecarSegment> segments) {
    for (const SidecarSegment& segment : segments)
        for (std::size_t kind = 0; kind < kNameKinds; ++kind) {
            const quint32* hashes = segment.newHashes(NameKind(kind));
            for (quint32 i = 0; i < segment.newNames(NameKind(kind)).count; ++i)
                m_names[kind].numbers.add(hashes[i]);
        }
    for (Names& names : m_names)
        names.first = names.numbers.count();
    m_firstRow = segments.empty() ? 0 : segments.back().endRow();
}

NameId SidecarAppender::idOf(NameKind kind, std::string_view name,
                             std::span<const SidecarSegment> segments) {
    Names& known = names(kind);
    const auto hash = quint32(sidecarHash(name, m_seed));
    const auto found = known.numbers.find(hash, [&](NameId id) {
        if (id < known.first) {
            const SidecarSegment& segment = segmentNaming(segments, kind, id);
            return segment.newName(kind, id - segment.newNames(kind).first) == name;
        }
        const NameId index = id - known.first;
        const quint32 begin = index == 0 ? 0 : known.ends[index - 1];
        return std::string_view(known.texts).substr(begin, known.ends[index] - begin) == name;
    });
    if (found)
        return *found;
    known.hashes.push_back(hash);
    known.texts += name;
    known.ends.push_back(quint32(known.texts.size()));
    return known.numbers.add(hash);
}

void SidecarAppender::add(const EventHeader& event, std::span<const SidecarSegment> segments) {
    const NameId streams = names(NameKind::Stream).numbers.count();
    const NameId stream = idOf(NameKind::Stream, event.stream, segments);
    if (stream == streams)
        m_categories.push_back(idOf(NameKind::Category, event.category, segments));
    m_streams.push_back(stream);
    m_types.push_back(idOf(NameKind::Type, event.type, segments));
    m_times.push_back(event.recordedAt.microseconds());
    m_positions.push_back(event.position.value());
}

bool SidecarAppender::isFull() const {
    std::size_t bytes = 0;
    for (const Names& names : m_names)
        bytes += names.texts.size();
    return rows() == sidecar::kSegmentRows || bytes >= kMostNameBytes;
}

QByteArray SidecarAppender::segment(quint64 previous, quint64 firstId, quint64 lastId) const {
    // All are 0 where the store has none.
    const bool hasPositions = rows() == 1 || m_positions.front() != m_positions.back();
    const std::vector<qint64> ahead = hasPositions ? aheadOf(m_positions) : std::vector<qint64>();
    const auto [earliest, latest] = std::minmax_element(m_times.begin(), m_times.end());
    SegmentHeader header;
    header.firstRow = m_firstRow;
    header.firstPosition = m_positions.front();
    header.lastPosition = m_positions.back();
    header.earliest = *earliest;
    header.latest = *latest;
    header.firstId = firstId;
    header.lastId = lastId;
    header.rows = rows();
    header.typeBytes = typeWidth(m_types);
    header.timeBytes = timeWidth(*earliest, *latest);
    header.positionBytes = hasPositions ? positionWidth(ahead) : 0;
    for (std::size_t kind = 0; kind < kNameKinds; ++kind)
        header.names[kind] = {m_names[kind].first, quint32(m_names[kind].ends.size()),
                              quint32(m_names[kind].texts.size()), 0};
    header.previous = previous;

    const SegmentLayout layout(header);
    header.payloadBytes = layout.total;
    QByteArray bytes(qsizetype(sizeof header + layout.total), '\0');
    char* payload = bytes.data() + sizeof header;
    if (header.timeBytes == sizeof(qint64)) {
        writeColumn(payload + layout.times, m_times, sizeof(qint64));
    } else {
        std::vector<quint64> after = afterEarliest(m_times, *earliest);
        writeColumn(payload + layout.times, after, sizeof(quint32));
        for (quint64& time : after)
            time >>= sidecar::kLowTimeBits;
        writeColumn(payload + layout.highTimes, after, header.timeBytes - sizeof(quint32));
    }
    writeColumn(payload + layout.positions, ahead, header.positionBytes);
    writeColumn(payload + layout.streams, m_streams, sizeof(quint32));
    writeColumn(payload + layout.types, m_types, header.typeBytes);
    writeColumn(payload + layout.categories, m_categories, sizeof(quint32));
    for (std::size_t kind = 0; kind < kNameKinds; ++kind) {
        const Names& names = m_names[kind];
        writeColumn(payload + layout.names[kind].hashes, names.hashes, sizeof(quint32));
        writeColumn(payload + layout.names[kind].ends, names.ends, sizeof(quint32));
        std::copy(names.texts.begin(), names.texts.end(), payload + layout.names[kind].texts);
    }
    header.payloadChecksum = sidecarHash({payload, layout.total}, previous);
    header.checksum = sidecarHash(
        {reinterpret_cast<const char*>(&header), offsetof(SegmentHeader, checksum)}, previous);
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
}

void SidecarAppender::clear() {
    m_firstRow += rows();
    m_times.clear();
    m_positions.clear();
    m_streams.clear();
    m_types.clear();
    m_categories.clear();
    for (Names& names : m_names) {
        names.first = names.numbers.count();
        names.hashes.clear();
        names.ends.clear();
        names.texts.clear();
    }
}

} // namespace rewindow
