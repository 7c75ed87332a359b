// Moving along a log, and waiting before its gaps.
#include "store/tail/settled_log.h"

#include <QThread>

namespace rewindow {

namespace {

constexpr qint64 kPositionsAtOnce = 10'000;
/// Most transactions end within milliseconds; a window that opens waits no longer than this.
constexpr int kLooksAtOpening = 40;
constexpr unsigned long kBetweenLooksMs = 10;

} // namespace

Result<bool> SettledLog::isGapAbandoned(LogProbe& probe) {
    const auto now = probe.underWay();
    if (!now)
        return std::unexpected(now.error());
    m_underWay.intersect(*now);
    return m_underWay.isEmpty();
}

Result<SettledLog> SettledLog::ofWhole(LogProbe& probe) {
    // All that is missing below the end was handed out before this look at it.
    const auto last = probe.lastPosition();
    if (!last)
        return std::unexpected(last.error());
    auto underWay = probe.underWay();
    if (!underWay)
        return std::unexpected(underWay.error());
    QSet<QString> left = std::move(*underWay);
    for (int look = 0; look < kLooksAtOpening && !left.isEmpty(); ++look) {
        QThread::msleep(kBetweenLooksMs);
        const auto now = probe.underWay();
        if (!now)
            return std::unexpected(now.error());
        left.intersect(*now);
    }
    if (left.isEmpty())
        return SettledLog(*last);
    SettledLog log(GlobalPosition(0));
    log.m_gapEnd = *last;
    log.m_underWay = std::move(left);
    return log;
}

Result<GlobalPosition> SettledLog::advance(LogProbe& probe) {
    // Of a gap that was seen before; what it is found to be holds for all snapshots from here on.
    bool isAbandoned = false;
    if (m_gapEnd) {
        const auto abandoned = isGapAbandoned(probe);
        if (!abandoned)
            return std::unexpected(abandoned.error());
        isAbandoned = *abandoned;
    }
    while (true) {
        const auto positions = probe.positionsAfter(m_settled, kPositionsAtOnce);
        if (!positions)
            return std::unexpected(positions.error());
        bool isBeforeGap = false;
        for (const GlobalPosition position : *positions) {
            const bool isNext = position == m_settled.next();
            const bool isOverDead = isAbandoned && m_gapEnd && position <= *m_gapEnd;
            if (!isNext && !isOverDead) {
                isBeforeGap = true;
                break;
            }
            m_settled = position;
        }
        if (m_gapEnd && (isAbandoned || m_settled >= *m_gapEnd))
            m_gapEnd.reset();
        if (!isBeforeGap) {
            if (qint64(positions->size()) < kPositionsAtOnce)
                return m_settled;
            continue;
        }
        if (m_gapEnd)
            return m_settled; // what was under way then is still
        // What is under way is asked for after the gap was seen, and the gap is looked at again
        // after that: whoever commits in between is in the one answer or in the other.
        auto underWay = probe.underWay();
        if (!underWay)
            return std::unexpected(underWay.error());
        m_underWay = std::move(*underWay);
        m_gapEnd = positions->back();
        isAbandoned = m_underWay.isEmpty();
        if (!isAbandoned)
            return m_settled;
    }
}

} // namespace rewindow
