// The rhythm of days and hours of a small shop.
#include "model/domain/order/demo_calendar.h"

#include <algorithm>
#include <array>

namespace rewindow {
namespace {

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kHour = 3600 * kSecond;
constexpr qint64 kDay = 24 * kHour;

constexpr qint64 kStart = 1'791'792'000 * kSecond; ///< Monday, 2026-10-12, 08:00
constexpr qint64 kEnd = 1'795'197'600 * kSecond;   ///< Friday, 2026-11-20, 18:00

/// How much happens in each hour of a day (UTC), and on each day from Monday.
constexpr std::array kHourWeights = {0, 0, 0, 0, 0, 0, 1, 3, 6, 8, 9, 9,
                                     7, 7, 8, 9, 9, 8, 7, 8, 9, 7, 4, 1};
constexpr std::array kDayWeights = {10, 10, 10, 11, 10, 6, 5};

qint64 hourOf(qint64 time) {
    return time % kDay / kHour;
}

/// 0 is Monday; the epoch was a Thursday.
qint64 weekdayOf(qint64 time) {
    return (time / kDay + 3) % 7;
}

qint64 weightOf(qint64 time) {
    return kHourWeights.at(static_cast<std::size_t>(hourOf(time))) *
           kDayWeights.at(static_cast<std::size_t>(weekdayOf(time)));
}

/// The first time from `time` on, with its minutes kept where the hour is open already.
Timestamp whenOpen(Timestamp time, qint64 opens, qint64 closes, qint64 openDays) {
    qint64 when = time.microseconds();
    while (hourOf(when) < opens || hourOf(when) >= closes || weekdayOf(when) >= openDays)
        when = when / kHour * kHour + kHour + when % (kHour / 4);
    return Timestamp(when);
}

} // namespace

DemoCalendar::DemoCalendar() {
    qint64 due = 0;
    for (qint64 hour = kStart; hour < kEnd; hour += kHour) {
        m_due.push_back(due);
        due += weightOf(hour);
    }
    m_due.push_back(due);
}

Timestamp DemoCalendar::start() const {
    return Timestamp(kStart);
}

Timestamp DemoCalendar::end() const {
    return Timestamp(kEnd);
}

Timestamp DemoCalendar::at(qint64 done, qint64 total) const {
    const qint64 share = done * m_due.back() / total;
    const qint64 remainder = done * m_due.back() % total;
    const auto next = std::ranges::upper_bound(m_due, share);
    if (next == m_due.end())
        return end();
    const qint64 hour = next - m_due.begin() - 1;
    const qint64 before = *(next - 1);
    const qint64 weight = *next - before;
    const qint64 seconds = ((share - before) * total + remainder) * 3600 / (weight * total);
    return Timestamp(kStart + hour * kHour + seconds * kSecond);
}

Timestamp DemoCalendar::atWork(Timestamp time) {
    return whenOpen(time, 8, 17, 5);
}

Timestamp DemoCalendar::onTheRoad(Timestamp time) {
    return whenOpen(time, 9, 19, 6);
}

} // namespace rewindow
