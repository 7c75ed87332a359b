// Which events of a sidecar index are wanted, and walking over those.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/sidecar/sidecar_view.h"

#include <algorithm>
#include <array>

namespace rewindow {

/// Some of an index's names of one kind.
class NameSet {
  public:
    /// Of the names numbered up to `names`; `contained` says whether they, and those that come
    /// later, are in the set to begin with.
    explicit NameSet(NameId names = 0, bool contained = false);

    void insert(NameId id) { set(id, true); }
    void remove(NameId id) { set(id, false); }
    bool contains(NameId id) const {
        return id < m_size ? (m_words[id / kBits] >> (id % kBits) & 1) != 0 : m_rest;
    }
    /// Keeps what is in both.
    void intersect(const NameSet& other);
    /// Widened so that all names of an index are below its size.
    NameSet widened(NameId names) const;
    /// One bit a name.
    const quint64* words() const { return m_words.data(); }

    static constexpr quint32 kBits = 64;
    bool operator==(const NameSet&) const = default;

  private:
    void set(NameId id, bool contained);
    std::vector<quint64> m_words;
    NameId m_size = 0;
    bool m_rest = false;
};

/// The names of a kind that `isWanted` says yes to; none that comes later is among them.
template <class IsWanted>
NameSet namesWhere(const SidecarView& view, NameKind kind, IsWanted&& isWanted) {
    NameSet set(view.names(kind));
    for (const SidecarSegment& segment : view.segments())
        for (quint32 i = 0; i < segment.newNames(kind).count; ++i)
            if (isWanted(segment.newName(kind, i)))
                set.insert(segment.newNames(kind).first + i);
    return set;
}

/// All bounds hold together.
struct SidecarSelection {
    std::optional<Timestamp> from;  ///< inclusive
    std::optional<Timestamp> until; ///< exclusive
    std::optional<NameSet> types;
    std::optional<NameSet> streams;

    bool isEverything() const { return !from && !until && !types && !streams; }
    bool operator==(const SidecarSelection&) const = default;
};

/// Rows of one segment that lie side by side, and which of them are selected.
struct SidecarChunk {
    const SidecarSegment& segment;
    quint32 begin = 0; ///< counted from the segment's first row
    quint32 end = 0;
    const quint8* mask = nullptr; ///< 1 or 0 for each row from `begin`; null: all are selected

    quint32 selected() const;
};

/// That somebody has shortened the file of an index.
Error cutOff();

/// Walks over the rows of a view, some thousand at once.
class SidecarWalk {
  public:
    static constexpr quint32 kChunkRows = 4096;

    /// `view` must outlive the walk.
    SidecarWalk(const SidecarView& view, const SidecarSelection& selection);

    /// Calls `visit(chunk)` for what is selected from row `from` on until it returns false; chunks
    /// without a selected row may be left out. Fails with Cancelled, and with Storage where the
    /// index was cut off.
    template <class Visit>
    Result<void> run(qint64 from, const CancelToken& cancel, Visit&& visit) {
        for (const SidecarSegment& segment : m_view.segments()) {
            if (segment.endRow() <= from)
                continue;
            if (cancel.isCancelled())
                return fail(Error::Kind::Cancelled, QStringLiteral("counting was cancelled"));
            if (!begin(segment))
                continue;
            if (!segment.isThere())
                return std::unexpected(cutOff());
            const qint64 first = std::max<qint64>(from - segment.firstRow(), 0);
            for (auto row = quint32(first); row < segment.rows();) {
                const quint32 end = row + std::min(kChunkRows, segment.rows() - row);
                if (!visit(SidecarChunk{segment, row, end, mask(segment, row, end)}))
                    return {};
                row = end;
            }
        }
        return {};
    }

  private:
    /// Whether some row of the segment may be selected.
    bool begin(const SidecarSegment& segment);
    const quint8* mask(const SidecarSegment& segment, quint32 begin, quint32 end);

    const SidecarView& m_view;
    qint64 m_from;
    qint64 m_until;
    std::optional<std::vector<quint8>> m_types; ///< 1 or 0 for each type
    std::optional<NameSet> m_streams;
    bool m_isTimeSure = false; ///< the segment lies within the times
    std::array<quint8, kChunkRows> m_mask{};
    std::array<qint64, kChunkRows> m_times{};
};

} // namespace rewindow
