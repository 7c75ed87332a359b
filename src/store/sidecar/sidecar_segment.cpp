// Checking a segment, and looking into its columns.
#include "store/sidecar/sidecar_segment.h"

#include "store/sidecar/sidecar_hash.h"

namespace rewindow {

using sidecar::SegmentHeader;
using sidecar::SegmentLayout;

std::optional<SidecarSegment> SidecarSegment::read(std::shared_ptr<const char> bytes,
                                                   std::size_t available, quint64 previous,
                                                   const Place& place) {
    if (available < sizeof(SegmentHeader))
        return std::nullopt;
    SegmentHeader header;
    std::memcpy(&header, bytes.get(), sizeof header);
    const std::string_view summed(bytes.get(), offsetof(SegmentHeader, checksum));
    if (header.magic != sidecar::kSegmentMagic || header.previous != previous ||
        header.checksum != sidecarHash(summed, previous) || header.rows == 0 ||
        header.rows > sidecar::kSegmentRows)
        return std::nullopt;
    const SegmentLayout layout(header);
    if (layout.total != header.payloadBytes || available - sizeof header < layout.total)
        return std::nullopt;
    const std::string_view payload(bytes.get() + sizeof header, layout.total);
    if (sidecarHash(payload, header.previous) != header.payloadChecksum)
        return std::nullopt;
    return SidecarSegment(std::move(bytes), header, place);
}

bool SidecarSegment::isThere() const {
    if (!m_place.file)
        return true;
    const auto now = m_place.file->size();
    return now && *now >= m_place.begin + size();
}

qint64 SidecarSegment::time(quint32 row) const {
    qint64 room = 0;
    return *times(row, row + 1, &room);
}

const qint64* SidecarSegment::times(quint32 begin, quint32 end, qint64* room) const {
    if (m_header.timeBytes == sizeof(qint64))
        return column<qint64>(m_layout.times) + begin;
    const quint32 rows = end - begin;
    const quint32* low = column<quint32>(m_layout.times) + begin;
    // Without a sign, as the sum may pass the largest number on its way.
    const auto earliest = static_cast<quint64>(m_header.earliest);
    const auto add = [&](auto high) {
        for (quint32 i = 0; i < rows; ++i)
            room[i] = static_cast<qint64>(earliest + low[i] + (high(i) << sidecar::kLowTimeBits));
    };
    switch (m_header.timeBytes - sizeof(quint32)) {
    case 0:
        add([](quint32) { return quint64(0); });
        break;
    case sizeof(quint8):
        add([highs = column<quint8>(m_layout.highTimes) + begin](quint32 i) {
            return quint64(highs[i]);
        });
        break;
    default:
        add([highs = column<quint16>(m_layout.highTimes) + begin](quint32 i) {
            return quint64(highs[i]);
        });
        break;
    }
    return room;
}

qint64 SidecarSegment::position(quint32 row) const {
    const qint64 reckoned = m_header.firstPosition + row;
    switch (m_header.positionBytes) {
    case 0:
        return reckoned;
    case sizeof(quint16):
        return reckoned + column<quint16>(m_layout.positions)[row];
    case sizeof(quint32):
        return reckoned + column<quint32>(m_layout.positions)[row];
    default:
        return reckoned + column<qint64>(m_layout.positions)[row];
    }
}

std::string_view SidecarSegment::newName(NameKind kind, quint32 index) const {
    const SegmentLayout::Names& names = m_layout.names[std::size_t(kind)];
    const auto* ends = column<quint32>(names.ends);
    const quint32 begin = index == 0 ? 0 : ends[index - 1];
    return {column<char>(names.texts) + begin, ends[index] - begin};
}

} // namespace rewindow
