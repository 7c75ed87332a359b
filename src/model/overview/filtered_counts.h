// A histogram and facets of what a filter finds that no index can answer.
#pragma once

#include "model/overview/filter_selection.h"
#include "model/overview/histogram.h"
#include "model/overview/value_facet.h"

#include <functional>
#include <memory>

namespace rewindow {

class EventReader;

struct FilteredCountsRequest {
    EventFilter filter;
    std::optional<TimeSpan> span; ///< what the facets are confined to, unlike the histogram
    /// Values to count besides: their source and pointer; the rest of each is not looked at.
    std::vector<ValueFacetRequest> values;
    bool operator==(const FilteredCountsRequest&) const = default;
};

/// An immutable value.
struct FilteredCounts {
    /// By bucket of the grid and type: types[i] is of `overTime[i]`, as long as the grid.
    std::vector<QString> histogramTypes;
    std::vector<std::vector<qint64>> overTime;
    Facet types;
    Facet categories;
    std::vector<Facet> values; ///< in the order they were asked for
    qint64 events = 0;         ///< found, within the span
    qint64 matches = 0;        ///< found, at any time
    GlobalPosition reached;    ///< of the last one that was found
    GlobalPosition end;        ///< what is looked at ends there
    bool isComplete = false;   ///< whether all was looked at there was

    /// How many of `frame`'s bucket and stack were found.
    std::vector<qint64> stacked(const Histogram& frame) const;
};

/// Reads what the filter finds, one event after another; what was counted is kept for the next
/// time. Belongs to one thread at a time.
class FilteredCounter {
  public:
    static constexpr std::size_t kMostTypes = 500; ///< told apart over time
    static constexpr std::size_t kMostListed = 100;

    explicit FilteredCounter(FilteredCountsRequest request);
    ~FilteredCounter();
    Q_DISABLE_COPY_MOVE(FilteredCounter)

    const FilteredCountsRequest& request() const;
    /// Reads on to the end of `view`, which must be of what `reader` reads. Starts over where that
    /// is of another lineage, or the buckets of `grid` are others than before rather than more.
    /// `progress` is told a few times a second. After a failure (Storage, Cancelled) the next call
    /// goes on.
    Result<FilteredCounts> count(EventReader& reader, const SidecarView& view, const TimeGrid& grid,
                                 const std::function<void(const FilteredCounts&)>& progress = {},
                                 const CancelToken& cancel = {});

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace rewindow
