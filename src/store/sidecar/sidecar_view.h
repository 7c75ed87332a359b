// A log as its sidecar index has it at one time: when, what and where each event is.
#pragma once

#include "base/ordinals.h"
#include "base/timestamp.h"
#include "store/sidecar/sidecar_segment.h"

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace rewindow {

/// The number of a type, category or stream in one index; each kind is numbered from 0 in the order
/// in which names occur first. Numbers hold for a view and for those that follow from it.
using NameId = quint32;

/// An immutable value, cheap to copy, to be read on any thread. Row i is the i-th event of the log,
/// from 0. Two views of equal lineage() agree on the rows that both have.
///
/// Most of it is mapped from a file. Nobody who knows about that file shortens it, but others may:
/// isWhole() is to be asked before it is looked into.
class SidecarView {
  public:
    SidecarView() = default; ///< of no event
    /// Segments in order, without a gap between their rows.
    SidecarView(std::vector<SidecarSegment> segments, quint64 lineage, bool hasPositions);

    qint64 rows() const { return m_segments->empty() ? 0 : m_segments->back().endRow(); }
    quint64 lineage() const { return m_lineage; }
    bool hasPositions() const { return m_hasPositions; }
    /// Whether all of it can still be read. Cheap: one call of the system for each segment.
    bool isWhole() const;

    /// 0 where the store has no positions. `row` must be below rows(), as in all that follow.
    GlobalPosition positionOf(qint64 row) const;
    Timestamp timeOf(qint64 row) const;
    NameId typeOf(qint64 row) const;
    NameId streamOf(qint64 row) const;
    /// The first row at or after `position`; rows() where there is none.
    qint64 rowAt(GlobalPosition position) const;

    struct TimeSpan {
        Timestamp earliest;
        Timestamp latest;
        bool operator==(const TimeSpan&) const = default;
    };
    std::optional<TimeSpan> timeSpan() const; ///< nothing where there is no event

    NameId names(NameKind kind) const; ///< how many there are
    /// UTF-8 as stored; valid as long as the view or a copy of it. NULL is an empty name.
    std::string_view name(NameKind kind, NameId id) const;
    NameId categoryOf(NameId stream) const;
    /// Looks at the hashes of all names of the kind.
    std::optional<NameId> find(NameKind kind, std::string_view name) const;

    std::span<const SidecarSegment> segments() const { return *m_segments; }

  private:
    const SidecarSegment& segmentOf(qint64 row) const;
    static const std::shared_ptr<const std::vector<SidecarSegment>>& none();

    std::shared_ptr<const std::vector<SidecarSegment>> m_segments = none();
    quint64 m_lineage = 0;
    bool m_hasPositions = true;
};

/// The segment in which the name was new.
const SidecarSegment& segmentNaming(std::span<const SidecarSegment> segments, NameKind kind,
                                    NameId id);

} // namespace rewindow
