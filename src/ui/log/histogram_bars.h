// What a histogram of the log shows: counts of events by time and type.
#pragma once

#include "base/timestamp.h"

#include <QStringList>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace rewindow {

/// Bars side by side, each stacked from the counts of some types.
struct HistogramBars {
    std::vector<Timestamp> edges; ///< rising; bar i is of the time [edges[i], edges[i + 1])
    QStringList types;            ///< an empty name stands for all others
    /// A bar's counts one after another in the order of `types`: bars() × types.size().
    std::vector<qint64> counts;

    int bars() const { return edges.empty() ? 0 : static_cast<int>(edges.size()) - 1; }
    qint64 count(int bar, qsizetype type) const {
        return counts[static_cast<std::size_t>(bar) * static_cast<std::size_t>(types.size()) +
                      static_cast<std::size_t>(type)];
    }
    qint64 total(int bar) const {
        qint64 sum = 0;
        for (qsizetype type = 0; type < types.size(); ++type)
            sum += count(bar, type);
        return sum;
    }
    Timestamp beginOf(int bar) const { return edges[static_cast<std::size_t>(bar)]; }
    Timestamp endOf(int bar) const { return edges[static_cast<std::size_t>(bar) + 1]; }
    /// The bar of a time, or the one next to it; only where there are bars.
    int barOf(Timestamp time) const {
        const auto after = std::upper_bound(edges.begin(), edges.end(), time);
        return std::clamp(static_cast<int>(after - edges.begin()) - 1, 0, bars() - 1);
    }
};

} // namespace rewindow
