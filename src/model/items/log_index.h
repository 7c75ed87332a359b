// Which position the n-th event of a log has, without counting to it.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/event_reader.h"

#include <optional>
#include <vector>

namespace rewindow {

/// Row i is the i-th event, oldest first, that the filter lets through. Either reckoned, where
/// positions have no gaps and nothing is filtered, or by the position of every `kStep`-th row.
class LogIndex {
  public:
    static constexpr qint64 kStep = 256;

    /// What growth() found.
    struct Growth {
        std::vector<GlobalPosition> samples;
        qint64 rows = 0;
        GlobalPosition reached;
    };

    LogIndex() = default; ///< of an empty log
    static LogIndex reckoned(GlobalPosition first, qint64 rows);
    /// Of the events up to `upTo`, even while others append. Looks at all of them, unless an index
    /// of the database finds those that are wanted.
    static Result<LogIndex> sampled(EventReader& reader, const EventFilter& filter,
                                    GlobalPosition upTo, const CancelToken& cancel = {});
    /// Of rows that are known, at most a page of them, ascending: all there are up to `upTo`.
    static LogIndex known(const std::vector<GlobalPosition>& rows, GlobalPosition upTo);
    /// What was appended up to `upTo` after what a sampled index of `rows` rows has `reached`.
    static Result<Growth> growth(EventReader& reader, const EventFilter& filter, qint64 rows,
                                 GlobalPosition reached, GlobalPosition upTo,
                                 const CancelToken& cancel = {});
    void grow(const Growth& growth);

    qint64 rows() const { return m_rows; }
    bool isReckoned() const { return m_first.has_value(); }
    GlobalPosition reached() const { return m_reached; } ///< the log was looked at up to here
    qint64 pages() const { return (m_rows + kStep - 1) / kStep; }
    /// The events of page `page` (rows page·kStep …) come after this position.
    GlobalPosition before(qint64 page) const;
    /// The position of a row, where it can be told without reading.
    std::optional<GlobalPosition> positionOf(qint64 row) const;
    /// The page that holds the last row at or before `position`; 0 where there is none before it.
    qint64 pageOf(GlobalPosition position) const;

  private:
    std::optional<GlobalPosition> m_first; ///< of reckoned ones
    std::vector<GlobalPosition> m_samples; ///< of row 0, kStep, 2·kStep …
    GlobalPosition m_reached;
    qint64 m_rows = 0;
};

} // namespace rewindow
