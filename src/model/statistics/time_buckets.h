// Counting events over time when nobody knows yet how long the log is.
#pragma once

#include "base/timestamp.h"
#include "model/statistics/statistics.h"

#include <vector>

namespace rewindow {

/// Stretches of one width, a round one; when a time lies too far away for them they become wider.
/// Several rows of counts share the stretches.
class TimeBuckets {
  public:
    static constexpr std::size_t kMost = 600;
    /// Microseconds from 1970 within which times must lie: some 9,500 years.
    static constexpr qint64 kFarthest = 300'000'000'000'000'000;

    /// One row's counts; grows and is merged with the others.
    using Row = std::vector<quint32>;

    /// The index of the stretch of `at`, which then is there. May make all stretches wider: `rows`
    /// are the rows that follow.
    template <class EachRow>
    std::size_t place(Timestamp at, GlobalPosition position, const EachRow& eachRow);

    LogTimes times() const;
    /// How many of the stretches are used.
    std::size_t size() const { return m_size; }

  private:
    struct Widening {
        qint64 base;
        qint64 width;
    };
    bool covers(qint64 microseconds) const {
        return m_size > 0 && microseconds >= m_base &&
               (microseconds - m_base) / m_width < static_cast<qint64>(kMost);
    }
    Widening widenedFor(qint64 microseconds) const;
    void moveRow(Row& row, const Widening& to) const;
    void moveFirsts(const Widening& to);

    qint64 m_width = 1000; ///< microseconds
    qint64 m_base = 0;
    std::size_t m_size = 0;
    qint64 m_earliest = 0;
    qint64 m_latest = 0;
    std::vector<GlobalPosition> m_firsts;
};

template <class EachRow>
std::size_t TimeBuckets::place(Timestamp at, GlobalPosition position, const EachRow& eachRow) {
    const qint64 time = at.microseconds();
    if (!covers(time)) {
        const Widening to = widenedFor(time);
        eachRow([&](Row& row) { moveRow(row, to); });
        moveFirsts(to);
        m_earliest = m_size == 0 ? time : std::min(m_earliest, time);
        m_latest = m_size == 0 ? time : std::max(m_latest, time);
        m_base = to.base;
        m_width = to.width;
        m_size = static_cast<std::size_t>((m_latest - m_base) / m_width) + 1;
    }
    m_earliest = std::min(m_earliest, time);
    m_latest = std::max(m_latest, time);
    const auto index = static_cast<std::size_t>((time - m_base) / m_width);
    m_size = std::max(m_size, index + 1);
    if (m_firsts.size() < m_size)
        m_firsts.resize(m_size);
    GlobalPosition& first = m_firsts[index];
    if (first == GlobalPosition(0) || position < first)
        first = position;
    return index;
}

} // namespace rewindow
