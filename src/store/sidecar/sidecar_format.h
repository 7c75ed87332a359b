// The sidecar index as it lies on disk: a header, and segments one after another.
#pragma once

#include <QtGlobal>

#include <array>
#include <cstddef>
#include <type_traits>

namespace rewindow {

/// What an index names by number.
enum class NameKind : unsigned char { Type, Category, Stream };
inline constexpr std::size_t kNameKinds = 3;

namespace sidecar {

inline constexpr std::array<char, 8> kMagic{'R', 'W', 'S', 'I', 'D', 'E', 'C', 'R'};
inline constexpr quint32 kFormat = 2;
inline constexpr quint32 kByteOrder = 0x01020304; ///< reads differently on another machine
inline constexpr quint64 kSegmentMagic = 0x31544e454d474553u;
inline constexpr quint32 kSegmentRows = 65'536; ///< at most
inline constexpr int kLowTimeBits = 32;

struct FileHeader {
    std::array<char, 8> magic = kMagic;
    quint32 format = kFormat;
    quint32 byteOrder = kByteOrder;
    quint64 store = 0; ///< hash of the store's id
    quint64 seed = 0;  ///< of the hashes of names
    quint64 checksum = 0;
};

/// Names numbered `first`, `first` + 1, … that occur for the first time in a segment.
struct NewNames {
    quint32 first = 0;
    quint32 count = 0;
    quint32 bytes = 0; ///< of all their texts
    quint32 unused = 0;
};

/// Followed by the columns of `rows` events and the texts of the names that are new among them; see
/// SegmentLayout. A segment counts only if all that is before it does, and both checksums hold.
struct SegmentHeader {
    quint64 magic = kSegmentMagic;
    quint64 payloadBytes = 0;
    qint64 firstRow = 0;
    qint64 firstPosition = 0;
    qint64 lastPosition = 0;
    qint64 earliest = 0; ///< microseconds, as are all times
    qint64 latest = 0;
    quint64 firstId = 0; ///< hash of the first event's id; 0 where it is not known
    quint64 lastId = 0;
    quint32 rows = 0;
    quint32 typeBytes = 0;     ///< width of a type's number: 1, 2 or 4
    quint32 positionBytes = 0; ///< 0: no gaps; else the width of what a position is ahead: 2, 4, 8
    quint32 timeBytes = 0;     ///< width of what a time is after the earliest: 4, 5, 6; or else 8
    std::array<NewNames, kNameKinds> names;
    quint64 previous = 0; ///< checksum of the header before this one
    quint64 payloadChecksum = 0;
    quint64 checksum = 0;
};

static_assert(std::is_trivially_copyable_v<FileHeader> && sizeof(FileHeader) == 40);
static_assert(std::is_trivially_copyable_v<SegmentHeader> && sizeof(SegmentHeader) == 160);

/// Where in a segment's payload things lie, in bytes; each begins at a multiple of eight.
struct SegmentLayout {
    struct Names {
        std::size_t hashes = 0; ///< quint32 each
        std::size_t ends = 0;   ///< quint32 each: where the text ends, counted from `texts`
        std::size_t texts = 0;
    };
    std::size_t times = 0;      ///< qint64 each; of narrower ones the low quint32
    std::size_t highTimes = 0;  ///< what is above that: nothing, quint8 or quint16 each
    std::size_t positions = 0;  ///< positionBytes each
    std::size_t streams = 0;    ///< quint32 each
    std::size_t types = 0;      ///< typeBytes each
    std::size_t categories = 0; ///< quint32 for each new stream
    std::array<Names, kNameKinds> names;
    std::size_t total = 0;

    explicit SegmentLayout(const SegmentHeader& header) {
        const auto take = [this](std::size_t bytes) {
            constexpr std::size_t kAlignment = 8;
            const std::size_t at = total;
            total += (bytes + kAlignment - 1) / kAlignment * kAlignment;
            return at;
        };
        const std::size_t rows = header.rows;
        const bool isNarrow = header.timeBytes != sizeof(qint64);
        times = take(rows * (isNarrow ? sizeof(quint32) : sizeof(qint64)));
        highTimes = take(isNarrow ? rows * (header.timeBytes - sizeof(quint32)) : 0);
        positions = take(rows * header.positionBytes);
        streams = take(rows * sizeof(quint32));
        types = take(rows * header.typeBytes);
        categories = take(header.names[std::size_t(NameKind::Stream)].count * sizeof(quint32));
        for (std::size_t kind = 0; kind < kNameKinds; ++kind) {
            const NewNames& added = header.names[kind];
            names[kind].hashes = take(added.count * sizeof(quint32));
            names[kind].ends = take(added.count * sizeof(quint32));
            names[kind].texts = take(added.bytes);
        }
    }
};

} // namespace sidecar

} // namespace rewindow
