// Statistics as the bars of charts.
#pragma once

#include "model/statistics/statistics.h"
#include "ui/statistics/bar_chart.h"

namespace rewindow {

/// Events over time. Neighbours are joined so that there are at most as many bars as fit.
struct TimeBars {
    struct Stretch {
        Timestamp from;       ///< inclusive
        Timestamp to;         ///< exclusive
        GlobalPosition first; ///< 0: no event
    };
    std::vector<ChartBar> bars;
    std::vector<Stretch> stretches; ///< one a bar
    qint64 width = 0;               ///< of each, in microseconds
};
TimeBars timeBars(const Statistics& statistics, std::size_t most);

std::vector<ChartBar> lengthBars(const Statistics& statistics);
std::vector<ChartBar> ageBars(const Statistics& statistics);
/// Of one type in its colour.
std::vector<ChartBar> sizeBars(const SizeStatistics& sizes, const QString& type);

} // namespace rewindow
