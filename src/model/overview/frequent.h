// The most frequent of what was counted.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <functional>
#include <vector>

namespace rewindow {

/// The numbers of the `most` largest counts, largest first, then by number; none that is 0.
inline std::vector<quint32> mostFrequent(const std::vector<qint64>& counts, std::size_t most) {
    std::vector<quint32> ids;
    for (quint32 id = 0; id < counts.size(); ++id)
        if (counts[id] > 0)
            ids.push_back(id);
    const auto end = ids.begin() + std::ptrdiff_t(std::min(most, ids.size()));
    std::partial_sort(ids.begin(), end, ids.end(), [&counts](quint32 left, quint32 right) {
        return counts[left] != counts[right] ? counts[left] > counts[right] : left < right;
    });
    ids.erase(end, ids.end());
    return ids;
}

/// Adds earlier counts, of which there may be fewer.
inline void addCounts(std::vector<qint64>& counts, const std::vector<qint64>& earlier) {
    std::transform(earlier.begin(), earlier.end(), counts.begin(), counts.begin(), std::plus<>());
}

} // namespace rewindow
