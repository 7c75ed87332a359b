// What a log holds, over time and by name: the answers behind the histogram and the facets.
#pragma once

#include "base/error.h"
#include "model/overview/filtered_counts.h"
#include "model/overview/histogram.h"
#include "model/overview/value_facet.h"
#include "store/sidecar/matched_rows.h"
#include "store/store_url.h"

#include <QObject>

#include <functional>
#include <memory>

namespace rewindow {

/// Lives on the UI thread, and asks nothing of it: the index is built and followed on one lane of
/// its own, counted on another, and the events themselves are read on a third. Answers arrive here,
/// while their guard lives.
///
/// Of several questions of one kind with the same guard only the newest is answered. An answer is
/// kept until events arrive, then only those are counted. While the index is being built answers
/// are of what is indexed so far, and say so.
class LogOverview : public QObject {
    Q_OBJECT

  public:
    explicit LogOverview(const StoreUrl& url, QObject* parent = nullptr);
    ~LogOverview() override;

    /// Builds the index, or goes on after stop() or a failure.
    void build();
    /// Ends what is being built; what is indexed stays.
    void stop();
    /// The store may have new events: Session::headChanged() leads here.
    void follow();

    bool isBuilding() const;
    /// Whether all events are indexed that were in the log when it was looked at last.
    bool isComplete() const;
    /// How far building is; of the log's positions, or of its events where it has none. Both 0
    /// before anything is known.
    qint64 reached() const;
    qint64 total() const;
    /// What is indexed; a table may jump by it.
    const SidecarView& view() const;

    void histogram(const HistogramRequest& request, QObject* guard,
                   std::function<void(Result<Histogram>)> done);
    void facets(const FacetsRequest& request, QObject* guard,
                std::function<void(Result<Facets>)> done);
    /// The selected events, to jump among them.
    void matchedRows(const OverviewSelection& selection, QObject* guard,
                     std::function<void(Result<MatchedRows>)> done);
    /// Reads the events. Until `done` is called, `soFar` gets what is counted a few times a second.
    void values(const ValueFacetRequest& request, QObject* guard,
                std::function<void(const ValueFacet&)> soFar,
                std::function<void(Result<ValueFacet>)> done);
    /// Reads what the filter finds, and counts it into the buckets of `grid`; likewise.
    void filtered(const FilteredCountsRequest& request, const TimeGrid& grid, QObject* guard,
                  std::function<void(const FilteredCounts&)> soFar,
                  std::function<void(Result<FilteredCounts>)> done);
    /// Withdraws all that was asked with this guard.
    void withdraw(QObject* guard);

  signals:
    void progress(qint64 reached, qint64 total);
    /// There is more to count: what was asked may be asked again.
    void grown();
    /// isComplete() has become true.
    void completed();
    void failed(const rewindow::Error& error);

  private:
    struct Private;
    void install(const SidecarView& view, qint64 reached, qint64 total);
    void settle(const Result<void>& extended);
    void extend();
    void mend(const Error& error);
    std::unique_ptr<Private> d;
};

} // namespace rewindow
