// Choosing a step, and walking the calendar by it.
#include "model/overview/time_step.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <optional>

namespace rewindow {

namespace {

using Unit = TimeStep::Unit;

constexpr qint64 kMost = std::numeric_limits<qint64>::max();
constexpr qint64 kLeast = std::numeric_limits<qint64>::min();
constexpr qint64 kDay = 86'400'000'000;
constexpr qint64 kFirstMonday = 4 * kDay; // 1970 began on a Thursday
constexpr qint64 kMonthsAYear = 12;

constexpr std::array kEvenSteps{
    TimeStep{Unit::Microsecond, 1},
    TimeStep{Unit::Microsecond, 10},
    TimeStep{Unit::Microsecond, 100},
    TimeStep{Unit::Microsecond, 1'000},
    TimeStep{Unit::Microsecond, 10'000},
    TimeStep{Unit::Microsecond, 100'000},
    TimeStep{Unit::Second, 1},
    TimeStep{Unit::Second, 5},
    TimeStep{Unit::Second, 15},
    TimeStep{Unit::Second, 30},
    TimeStep{Unit::Minute, 1},
    TimeStep{Unit::Minute, 5},
    TimeStep{Unit::Minute, 15},
    TimeStep{Unit::Minute, 30},
    TimeStep{Unit::Hour, 1},
    TimeStep{Unit::Hour, 3},
    TimeStep{Unit::Hour, 6},
    TimeStep{Unit::Hour, 12},
    TimeStep{Unit::Day, 1},
    TimeStep{Unit::Week, 1},
};
constexpr std::array kCalendarSteps{
    TimeStep{Unit::Month, 1},     TimeStep{Unit::Month, 3},  TimeStep{Unit::Year, 1},
    TimeStep{Unit::Year, 10},     TimeStep{Unit::Year, 100}, TimeStep{Unit::Year, 1'000},
    TimeStep{Unit::Year, 10'000},
};

qint64 widthOf(const TimeStep& step) {
    constexpr std::array<qint64, 6> kUnits{1, 1'000'000, 60'000'000, 3'600'000'000, kDay, 7 * kDay};
    return step.count * kUnits[std::size_t(step.unit)];
}

qint64 floorDivide(qint64 value, qint64 by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

/// Edges from the multiple of `width` at or before `first` on, counted from `origin`, which is less
/// than `width`; nothing where they would make too many buckets.
std::optional<std::vector<Timestamp>> evenEdges(qint64 first, qint64 last, qint64 width,
                                                qint64 origin, std::size_t most) {
    const qint64 past = (first % width - origin + width) % width; // since the edge before
    const qint64 since = past < 0 ? past + width : past;
    const qint64 start = first < kLeast + since ? kLeast : first - since;
    const quint64 edgesInside = (quint64(last) - quint64(start)) / quint64(width);
    if (edgesInside >= most)
        return std::nullopt;
    std::vector<Timestamp> edges{Timestamp(start)};
    for (qint64 edge = start; edges.size() <= edgesInside + 1;) {
        edge = edge > kMost - width ? kMost : edge + width;
        edges.emplace_back(edge);
    }
    return edges;
}

/// Whether std::chrono has a calendar for it.
bool hasCalendar(qint64 time) {
    constexpr qint64 kSpan = qint64(20'000) * 365 * kDay;
    return time > -kSpan && time < kSpan;
}

/// Counted from January of the year 0.
qint64 monthOf(qint64 time) {
    const std::chrono::sys_days day{std::chrono::days(floorDivide(time, kDay))};
    const std::chrono::year_month_day date(day);
    return qint64(int(date.year())) * kMonthsAYear + qint64(unsigned(date.month())) - 1;
}

Timestamp startOfMonth(qint64 month) {
    const qint64 year = floorDivide(month, kMonthsAYear);
    const std::chrono::year_month_day date(
        std::chrono::year(int(year)), std::chrono::month(unsigned(month - year * kMonthsAYear) + 1),
        std::chrono::day(1));
    return Timestamp(std::chrono::sys_days(date).time_since_epoch().count() * kDay);
}

std::optional<std::vector<Timestamp>> calendarEdges(qint64 first, qint64 last, const TimeStep& step,
                                                    std::size_t most) {
    const qint64 months = step.count * (step.unit == Unit::Year ? kMonthsAYear : 1);
    const qint64 begin = floorDivide(monthOf(first), months);
    const qint64 end = floorDivide(monthOf(last), months) + 1;
    if (quint64(end - begin) > most)
        return std::nullopt;
    std::vector<Timestamp> edges;
    for (qint64 i = begin; i <= end; ++i)
        edges.push_back(startOfMonth(i * months));
    return edges;
}

} // namespace

TimeGrid timeGrid(Timestamp first, Timestamp last, std::size_t most) {
    const qint64 from = first.microseconds();
    const qint64 to = std::max(first, last).microseconds();
    for (const TimeStep& step : kEvenSteps)
        if (auto edges = evenEdges(from, to, widthOf(step),
                                   step.unit == Unit::Week ? kFirstMonday : 0, most))
            return {step, std::move(*edges)};
    if (hasCalendar(from) && hasCalendar(to))
        for (const TimeStep& step : kCalendarSteps)
            if (auto edges = calendarEdges(from, to, step, most))
                return {step, std::move(*edges)};
    // No calendar reaches there, nor does anyone's log but by mistake.
    constexpr qint64 kTen = 10;
    for (qint64 width = 100'000 * kDay; width <= kMost / kTen; width *= kTen)
        if (auto edges = evenEdges(from, to, width, 0, most))
            return {{Unit::Day, width / kDay}, std::move(*edges)};
    return {{Unit::Day, kMost / kDay}, {Timestamp(from), Timestamp(kMost)}};
}

} // namespace rewindow
