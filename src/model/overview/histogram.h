// Events over time, stacked by type.
#pragma once

#include "model/overview/overview_selection.h"
#include "model/overview/time_step.h"

#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

struct HistogramRequest {
    OverviewSelection selection;
    /// What is shown, both inclusive; nothing: from the log's earliest event to its latest.
    std::optional<Timestamp> first;
    std::optional<Timestamp> last;
    std::size_t mostBuckets = 200;
    std::size_t mostStacks = 12; ///< one of them for all types that are not among the frequent ones
    bool operator==(const HistogramRequest&) const = default;
};

/// An immutable value. Buckets are whole: the first and the last may begin before and end after
/// what was asked for, and count all that is in them.
class Histogram {
  public:
    const HistogramRequest& request() const { return m_request; }
    const TimeGrid& grid() const { return m_grid; }
    std::size_t buckets() const { return m_grid.buckets(); }
    /// The stacks from below: the log's most frequent types first. The same types for any
    /// selection.
    const std::vector<QString>& types() const { return m_types; }
    /// Whether one more stack follows those of types(), of all other types.
    bool hasOthers() const { return m_hasOthers; }
    std::size_t stacks() const { return m_types.size() + (m_hasOthers ? 1 : 0); }
    qint64 count(std::size_t bucket, std::size_t stack) const {
        return m_counts[bucket * stacks() + stack];
    }
    qint64 count(std::size_t bucket) const; ///< of all stacks
    qint64 highest() const;                 ///< the largest count of a bucket
    qint64 events() const;                  ///< in all buckets
    /// How many events of the log were looked at; the first so many.
    qint64 rows() const { return m_rows; }
    /// Whether those are all there were.
    bool isComplete() const { return m_isComplete; }
    void setComplete(bool isComplete) { m_isComplete = isComplete; }

    /// Whether it is what of() would say.
    bool isOf(const SidecarView& view) const {
        return m_lineage == view.lineage() && m_rows == view.rows();
    }

    /// Counts what `view` has. Where `before` is of the same request and lineage and the buckets
    /// are the same or more, only what is new is looked at. Fails with Cancelled.
    static Result<Histogram> of(const SidecarView& view, const HistogramRequest& request,
                                const Histogram* before = nullptr, const CancelToken& cancel = {});

  private:
    /// Whether `before` can be added to.
    bool continues(const Histogram& before) const;

    HistogramRequest m_request;
    TimeGrid m_grid;
    std::vector<QString> m_types;
    std::vector<NameId> m_typeIds;
    std::vector<qint64> m_typeCounts; ///< of the whole log, by type
    std::vector<qint64> m_counts;
    bool m_hasOthers = false;
    bool m_isComplete = false;
    quint64 m_lineage = 0;
    qint64 m_rows = 0;
};

} // namespace rewindow
