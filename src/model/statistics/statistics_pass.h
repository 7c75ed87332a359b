// One reading of a log, counting.
#pragma once

#include "model/statistics/statistics.h"
#include "store/recorded_event.h"

#include <memory>

namespace rewindow {

/// Takes events in the log's order and tells, whenever asked, what it has seen. Memory is bounded:
/// 2,000 types, 20,000 paths and 1,500,000 streams are told apart; of the rest it says how much
/// there was.
class StatisticsPass {
  public:
    static constexpr std::size_t kMostTypes = 2'000;
    static constexpr std::size_t kMostTypeBytes = 1'000; ///< of a type's name
    static constexpr std::size_t kMostPaths = 20'000;

    StatisticsPass();
    ~StatisticsPass();

    void add(const RecordedEvent& event);
    qint64 events() const;
    GlobalPosition reached() const; ///< of the last event; 0 before the first
    /// Sorts and describes: some 100 ns a stream.
    Statistics statistics() const;

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace rewindow
