// Some ten thousand events of the sidecar index, in columns.
#pragma once

#include "store/sidecar/file_descriptor.h"
#include "store/sidecar/sidecar_format.h"

#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

namespace rewindow {

/// A look at bytes that were checked; copies share them.
class SidecarSegment {
  public:
    /// Where in a file a segment begins; nowhere where it lies in memory.
    struct Place {
        std::shared_ptr<const FileDescriptor> file;
        std::size_t begin;
    };

    /// The segment that begins at `bytes`, of which `available` can be read; nothing where none is,
    /// or where a checksum does not hold. `previous` is the checksum of the header before.
    static std::optional<SidecarSegment> read(std::shared_ptr<const char> bytes,
                                              std::size_t available, quint64 previous,
                                              const Place& place = {});

    /// Whether its file still reaches as far. To look into a segment that was cut off by somebody
    /// else would be the end of the process (SIGBUS): whoever reads asks before.
    bool isThere() const;

    const sidecar::SegmentHeader& header() const { return m_header; }
    std::size_t size() const { return sizeof(sidecar::SegmentHeader) + m_layout.total; }
    qint64 firstRow() const { return m_header.firstRow; }
    qint64 endRow() const { return m_header.firstRow + m_header.rows; }
    quint32 rows() const { return m_header.rows; }

    /// Microseconds.
    qint64 time(quint32 row) const;
    /// The times of rows from `begin` to before `end`; they may be written to `room`, which has
    /// room for as many.
    const qint64* times(quint32 begin, quint32 end, qint64* room) const;
    const quint32* streams() const { return column<quint32>(m_layout.streams); }
    /// Calls `use` with a pointer to the types' numbers, whatever their width.
    template <class Use>
    decltype(auto) withTypes(Use&& use) const {
        switch (m_header.typeBytes) {
        case sizeof(quint8):
            return use(column<quint8>(m_layout.types));
        case sizeof(quint16):
            return use(column<quint16>(m_layout.types));
        default:
            return use(column<quint32>(m_layout.types));
        }
    }
    quint32 type(quint32 row) const {
        return withTypes([row](const auto* types) { return quint32(types[row]); });
    }
    /// Rows count from the segment's first.
    qint64 position(quint32 row) const;

    const sidecar::NewNames& newNames(NameKind kind) const {
        return m_header.names[std::size_t(kind)];
    }
    /// The new names' texts and hashes; `index` counts from the first new one.
    std::string_view newName(NameKind kind, quint32 index) const;
    const quint32* newHashes(NameKind kind) const {
        return column<quint32>(m_layout.names[std::size_t(kind)].hashes);
    }
    /// The category of each new stream.
    const quint32* newCategories() const { return column<quint32>(m_layout.categories); }

  private:
    SidecarSegment(std::shared_ptr<const char> bytes, const sidecar::SegmentHeader& header,
                   const Place& place)
        : m_bytes(std::move(bytes))
        , m_place(place)
        , m_header(header)
        , m_layout(header) {}

    template <class Value>
    const Value* column(std::size_t offset) const {
        return reinterpret_cast<const Value*>(m_bytes.get() + sizeof(sidecar::SegmentHeader) +
                                              offset);
    }

    std::shared_ptr<const char> m_bytes;
    Place m_place;
    sidecar::SegmentHeader m_header;
    sidecar::SegmentLayout m_layout;
};

} // namespace rewindow
