// Gathers events into the next segment of a sidecar index, and numbers their names.
#pragma once

#include "store/event_reader.h"
#include "store/sidecar/sidecar_view.h"

#include <QByteArray>

#include <string>

namespace rewindow {

/// Finds the numbers of names of one kind. Holds eight bytes or so a name; the texts lie in
/// segments, or in the draft of the next one.
class SidecarNames {
  public:
    /// Calls `isSame(id)` for ids whose names have this hash.
    template <class IsSame>
    std::optional<NameId> find(quint32 hash, IsSame&& isSame) const {
        if (m_slots.empty())
            return std::nullopt;
        const std::size_t mask = m_slots.size() - 1;
        for (std::size_t at = hash & mask; m_slots[at].next != 0; at = (at + 1) & mask)
            if (m_slots[at].hash == hash && isSame(m_slots[at].next - 1))
                return m_slots[at].next - 1;
        return std::nullopt;
    }
    /// The next name has this hash.
    NameId add(quint32 hash);
    NameId count() const { return m_count; }

  private:
    struct Slot {
        quint32 hash = 0;
        quint32 next = 0; ///< id + 1; 0 where the slot is free
    };
    void insert(Slot slot);
    std::vector<Slot> m_slots; ///< a power of two, at most three quarters in use
    NameId m_count = 0;
};

class SidecarAppender {
  public:
    /// `seed`: of the hashes of names.
    explicit SidecarAppender(quint64 seed) : m_seed(seed) {}

    /// Continues after these, in which all names are.
    void continueAfter(std::span<const SidecarSegment> segments);

    /// `segments` are those before, which hold the names that are not new.
    void add(const EventHeader& event, std::span<const SidecarSegment> segments);
    quint32 rows() const { return quint32(m_times.size()); }
    /// No further event fits in.
    bool isFull() const;
    qint64 firstPosition() const { return m_positions.front(); }
    qint64 lastPosition() const { return m_positions.back(); }

    /// The events gathered as a segment. The ids' hashes may be 0 for not known.
    QByteArray segment(quint64 previous, quint64 firstId, quint64 lastId) const;
    /// Begins the next one.
    void clear();

  private:
    struct Names {
        SidecarNames numbers;
        NameId first = 0;            ///< of those that are new
        std::vector<quint32> hashes; ///< of the new ones, as are ends and texts
        std::vector<quint32> ends;
        std::string texts;
    };
    NameId idOf(NameKind kind, std::string_view name, std::span<const SidecarSegment> segments);
    Names& names(NameKind kind) { return m_names[std::size_t(kind)]; }

    quint64 m_seed;
    qint64 m_firstRow = 0;
    std::vector<qint64> m_times;
    std::vector<qint64> m_positions;
    std::vector<quint32> m_streams;
    std::vector<quint32> m_types;
    std::vector<quint32> m_categories; ///< of the new streams
    std::array<Names, kNameKinds> m_names;
};

} // namespace rewindow
