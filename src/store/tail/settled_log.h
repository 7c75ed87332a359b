// How far a log can be read without missing what is still being written in the middle of it.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"

#include <QSet>
#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

/// What a database is asked about a log whose positions are handed out before they are committed.
/// Every call is one statement, in a snapshot of its own that is no older than the call.
class LogProbe {
  public:
    virtual ~LogProbe() = default;
    /// The positions there are after `after`, ascending, at most `limit`.
    virtual Result<std::vector<GlobalPosition>> positionsAfter(GlobalPosition after,
                                                               qint64 limit) = 0;
    /// The last position there is; 0 where there is none.
    virtual Result<GlobalPosition> lastPosition() = 0;
    /// What of others is under way and may hold a position that is not committed yet. A name stands
    /// for one transaction and is never given again.
    virtual Result<QSet<QString>> underWay() = 0;
};

/// Moves along a log up to its first gap that may still be filled. A position that is missing while
/// a later one is there has been handed out already: only a transaction that was under way when the
/// gap was seen can still commit it. When all of those have ended, and the gap is still there in a
/// later snapshot, it is dead: whoever had the position took it back.
class SettledLog {
  public:
    /// All up to `settled` is known to be complete.
    explicit SettledLog(GlobalPosition settled) : m_settled(settled) {}

    /// The whole of a log that nothing is known of yet. Where something is under way it is waited
    /// for, but not for long; what is still under way then leaves the log settled up to its first
    /// gap only.
    static Result<SettledLog> ofWhole(LogProbe& probe);

    /// Looks again; the position up to which the log is complete, and stays so.
    Result<GlobalPosition> advance(LogProbe& probe);

    GlobalPosition settled() const { return m_settled; }
    /// Whether it stands before a gap that may still be filled.
    bool isWaiting() const { return m_gapEnd.has_value(); }

  private:
    /// Whether nothing can fill the gaps any more that were seen.
    Result<bool> isGapAbandoned(LogProbe& probe);

    GlobalPosition m_settled;
    /// While it stands before a gap: the last position that was seen with it, and what was under
    /// way then and still was at the last look.
    std::optional<GlobalPosition> m_gapEnd;
    QSet<QString> m_underWay;
};

} // namespace rewindow
