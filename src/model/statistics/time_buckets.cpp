// Each width is a multiple of the one before, so that stretches become parts of wider ones.
#include "model/statistics/time_buckets.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr qint64 kMillisecond = 1000;
constexpr qint64 kSecond = 1000 * kMillisecond;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

constexpr qint64 kWidths[] = {
    kMillisecond, 10 * kMillisecond, 100 * kMillisecond, kSecond,     5 * kSecond,  15 * kSecond,
    kMinute,      5 * kMinute,       15 * kMinute,       kHour,       6 * kHour,    kDay,
    7 * kDay,     28 * kDay,         364 * kDay,         3640 * kDay, 36400 * kDay, 364000 * kDay};

qint64 alignedDown(qint64 time, qint64 width) {
    const qint64 rest = time % width;
    return time - (rest < 0 ? rest + width : rest);
}

} // namespace

TimeBuckets::Widening TimeBuckets::widenedFor(qint64 microseconds) const {
    const qint64 earliest = m_size == 0 ? microseconds : std::min(m_earliest, microseconds);
    const qint64 latest = m_size == 0 ? microseconds : std::max(m_latest, microseconds);
    const qint64 least = m_size == 0 ? kWidths[0] : m_width;
    for (const qint64 width : kWidths) {
        if (width < least)
            continue;
        const qint64 base = alignedDown(earliest, width);
        if ((latest - base) / width < static_cast<qint64>(kMost))
            return {base, width};
    }
    Q_UNREACHABLE();
}

void TimeBuckets::moveRow(Row& row, const Widening& to) const {
    Row moved;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i] == 0)
            continue;
        const qint64 start = m_base + static_cast<qint64>(i) * m_width;
        const auto index = static_cast<std::size_t>((start - to.base) / to.width);
        if (moved.size() <= index)
            moved.resize(index + 1);
        moved[index] += row[i];
    }
    row = std::move(moved);
}

void TimeBuckets::moveFirsts(const Widening& to) {
    std::vector<GlobalPosition> moved;
    for (std::size_t i = 0; i < m_firsts.size(); ++i) {
        if (m_firsts[i] == GlobalPosition(0))
            continue;
        const qint64 start = m_base + static_cast<qint64>(i) * m_width;
        const auto index = static_cast<std::size_t>((start - to.base) / to.width);
        if (moved.size() <= index)
            moved.resize(index + 1);
        if (moved[index] == GlobalPosition(0) || m_firsts[i] < moved[index])
            moved[index] = m_firsts[i];
    }
    m_firsts = std::move(moved);
}

LogTimes TimeBuckets::times() const {
    LogTimes times{.width = m_width, .starts = {}, .firsts = m_firsts};
    times.firsts.resize(m_size);
    for (std::size_t i = 0; i < m_size; ++i)
        times.starts.emplace_back(m_base + static_cast<qint64>(i) * m_width);
    return times;
}

} // namespace rewindow
