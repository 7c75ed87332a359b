// Counting sizes in little memory.
#pragma once

#include "model/statistics/statistics.h"

#include <vector>

namespace rewindow {

/// Every power of two is split into eight, so that a quantile is told within a sixteenth.
class SizeHistogram {
  public:
    void add(qint64 size, GlobalPosition at);
    qint64 count() const { return m_count; }
    SizeStatistics statistics() const;

  private:
    qint64 quantile(double share) const;

    qint64 m_count = 0;
    qint64 m_total = 0;
    qint64 m_least = 0;
    qint64 m_most = 0;
    GlobalPosition m_mostAt;
    std::vector<quint32> m_counts;          ///< as far as needed
    std::vector<GlobalPosition> m_examples; ///< the last in each
};

} // namespace rewindow
