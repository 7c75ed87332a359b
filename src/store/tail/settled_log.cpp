// Moving along a log, and waiting before its gaps.
#include "store/tail/settled_log.h"

#include <QThread>

#include <algorithm>

namespace rewindow {

namespace {

constexpr qint64 kPositionsAtOnce = 10'000;
/// Most transactions end within milliseconds; a window that opens waits no longer than this.
constexpr int kLooksAtOpening = 40;
constexpr unsigned long kBetweenLooksMs = 10;
/// How long before others began an event must have been recorded that none of them can precede.
constexpr qint64 kMarginUs = qint64(10) * 1'000'000;
/// How far back the gaps of a log are remembered that was there already.
constexpr qint64 kPositionsRemembered = 100'000;
constexpr std::size_t kGapsRemembered = 256;

} // namespace

Result<bool> SettledLog::isGapAbandoned(LogProbe& probe) {
    auto now = probe.underWay();
    if (!now)
        return std::unexpected(now.error());
    // This look, too, is later than the gap was seen.
    if (now->era != m_underWay.era) {
        m_underWay = std::move(*now);
    } else {
        m_underWay.names.intersect(now->names);
        m_underWay.oldest = now->oldest;
    }
    return m_underWay.isOver();
}

void SettledLog::remember(const LogGap& gap, bool isAssumed) {
    m_dead.push_back({gap, isAssumed});
    if (m_dead.size() > kGapsRemembered)
        m_dead.pop_front();
}

Result<void> SettledLog::assumeUpTo(GlobalPosition last, LogProbe& probe) {
    m_settled = GlobalPosition(std::max<qint64>(last.value() - kPositionsRemembered, 0));
    const GlobalPosition begin = m_settled;
    while (m_settled < last) {
        const auto positions = probe.positionsAfter(m_settled, kPositionsAtOnce);
        if (!positions)
            return std::unexpected(positions.error());
        for (const GlobalPosition position : *positions) {
            if (position > last)
                break;
            // What lies before the first position that is looked at is not known to be a gap.
            if (position != m_settled.next() && m_settled != begin)
                remember({m_settled.next(), position.previous()}, true);
            m_settled = position;
        }
        if (qint64(positions->size()) < kPositionsAtOnce)
            break;
    }
    m_settled = last;
    return {};
}

Result<SettledLog> SettledLog::ofWhole(LogProbe& probe) {
    // All that is missing below the end was handed out before this look at it.
    const auto last = probe.lastPosition();
    if (!last)
        return std::unexpected(last.error());
    SettledLog log(GlobalPosition(0));
    auto underWay = probe.underWay();
    if (!underWay)
        return std::unexpected(underWay.error());
    log.m_underWay = std::move(*underWay);
    // Time that has to pass passes no sooner for looking at it.
    const int looks = log.m_underWay.isAll ? kLooksAtOpening : 0;
    for (int look = 0; look < looks && !log.m_underWay.isOver(); ++look) {
        QThread::msleep(kBetweenLooksMs);
        if (const auto over = log.isGapAbandoned(probe); !over)
            return std::unexpected(over.error());
    }
    if (log.m_underWay.isOver())
        return SettledLog(*last);
    if (log.m_underWay.since) {
        const Timestamp before(log.m_underWay.since->microseconds() - kMarginUs);
        const auto old = probe.lastBefore(before);
        if (!old)
            return std::unexpected(old.error());
        if (const auto assumed = log.assumeUpTo(std::min(*old, *last), probe); !assumed)
            return std::unexpected(assumed.error());
    }
    if (log.m_settled < *last)
        log.m_gapEnd = *last;
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
                m_beyond = position;
                break;
            }
            if (!isNext)
                remember({m_settled.next(), position.previous()}, !m_underWay.isAll);
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
        isAbandoned = m_underWay.isOver();
        if (!isAbandoned)
            return m_settled;
    }
}

Result<std::vector<GlobalPosition>> SettledLog::late(LogProbe& probe) {
    if (m_dead.empty())
        return std::vector<GlobalPosition>();
    std::vector<LogGap> gaps;
    gaps.reserve(m_dead.size());
    for (const DeadGap& dead : m_dead)
        gaps.push_back(dead.gap);
    auto found = probe.positionsWithin(gaps);
    if (!found)
        return found;
    for (const GlobalPosition position : *found) {
        const auto hit = std::ranges::find_if(m_dead, [position](const DeadGap& dead) {
            return dead.gap.first <= position && position <= dead.gap.last;
        });
        if (hit == m_dead.end())
            continue;
        const DeadGap before{{hit->gap.first, position.previous()}, hit->isAssumed};
        const DeadGap after{{position.next(), hit->gap.last}, hit->isAssumed};
        auto place = m_dead.erase(hit);
        for (const DeadGap& rest : {after, before})
            if (rest.gap.first <= rest.gap.last)
                place = m_dead.insert(place, rest);
    }
    return found;
}

LogEdge SettledLog::edge() const {
    LogEdge edge;
    if (m_gapEnd && m_beyond > m_settled)
        edge.open = LogGap{m_settled.next(), m_beyond.previous()};
    for (const DeadGap& dead : m_dead)
        if (dead.isAssumed)
            edge.assumed.push_back(dead.gap);
    return edge;
}

} // namespace rewindow
