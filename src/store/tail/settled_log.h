// How far a log can be read without missing what is still being written in the middle of it.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"
#include "base/timestamp.h"
#include "store/log_edge.h"

#include <QSet>
#include <QString>

#include <deque>
#include <optional>
#include <vector>

namespace rewindow {

/// What of others is under way and may hold a position that is not committed yet.
struct UnderWay {
    /// Each stands for one transaction and is never given again.
    QSet<QString> names;
    /// Where transactions are known by numbers alone, in the order they began: all that are under
    /// way are from `oldest` on, and before `next`.
    qint64 oldest = 0;
    qint64 next = 0;
    /// Whether nobody else is under way. Where that cannot be seen, the names stand for time that
    /// passes as well, and a gap whose time is up is assumed dead.
    bool isAll = true;
    /// Names of one era mean nothing in another, as after a change of servers.
    QString era;
    /// When the first of it may have begun, by the database's clock; nothing: that is not known.
    std::optional<Timestamp> since;

    /// Whether all of it has ended.
    bool isOver() const { return names.isEmpty() && oldest >= next; }
};

/// Tells what is under way, as of a time that is no earlier than the call.
class WriterWatch {
  public:
    virtual ~WriterWatch() = default;
    virtual Result<UnderWay> underWay() = 0;
};

/// What a database is asked about a log whose positions are handed out before they are committed.
/// Every call is one statement, in a snapshot of its own that is no older than the call.
class LogProbe : public WriterWatch {
  public:
    /// The positions there are after `after`, ascending, at most `limit`.
    virtual Result<std::vector<GlobalPosition>> positionsAfter(GlobalPosition after,
                                                               qint64 limit) = 0;
    /// The positions there are in any of these gaps, ascending.
    virtual Result<std::vector<GlobalPosition>>
    positionsWithin(const std::vector<LogGap>& gaps) = 0;
    /// The last position there is; 0 where there is none.
    virtual Result<GlobalPosition> lastPosition() = 0;
    /// The last position that was recorded before a time; 0 where there is none, or no time known.
    virtual Result<GlobalPosition> lastBefore(Timestamp time) = 0;
};

/// Moves along a log up to its first gap that may still be filled. A position that is missing while
/// a later one is there has been handed out already: only a transaction that was under way when the
/// gap was seen can still commit it. When all of those have ended, and the gap is still there in a
/// later snapshot, it is dead: whoever had the position took it back.
///
/// Dead gaps are remembered and looked at again: what turns up in one after all is late.
class SettledLog {
  public:
    /// All up to `settled` is known to be complete.
    explicit SettledLog(GlobalPosition settled) : m_settled(settled) {}

    /// The whole of a log that nothing is known of yet. Where something is under way it is waited
    /// for, but not for long; what is still under way then leaves the log settled up to what was
    /// recorded well before all of that began.
    static Result<SettledLog> ofWhole(LogProbe& probe);

    /// Looks again; the position up to which the log is complete, and stays so.
    Result<GlobalPosition> advance(LogProbe& probe);

    /// What has turned up in dead gaps since this was last asked, ascending.
    Result<std::vector<GlobalPosition>> late(LogProbe& probe);

    GlobalPosition settled() const { return m_settled; }
    /// Whether it stands before a gap that may still be filled.
    bool isWaiting() const { return m_gapEnd.has_value(); }
    LogEdge edge() const;

  private:
    struct DeadGap {
        LogGap gap;
        bool isAssumed;
    };
    /// Whether nothing can fill the gaps any more that were seen.
    Result<bool> isGapAbandoned(LogProbe& probe);
    Result<void> assumeUpTo(GlobalPosition last, LogProbe& probe);
    void remember(const LogGap& gap, bool isAssumed);

    GlobalPosition m_settled;
    /// While it stands before a gap: the last position that was seen with it, and what was under
    /// way then and still was at the last look.
    std::optional<GlobalPosition> m_gapEnd;
    UnderWay m_underWay;
    GlobalPosition m_beyond; ///< the first position after the gap, while it stands before one
    std::deque<DeadGap> m_dead;
};

} // namespace rewindow
