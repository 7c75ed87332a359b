// A facet of values that lie in the events themselves.
#pragma once

#include "base/json_pointer.h"
#include "model/overview/facets.h"

#include <QString>

#include <functional>
#include <memory>

namespace rewindow {

class EventReader;

struct ValueFacetRequest {
    enum class Source : unsigned char { CorrelationId, Data, Metadata };
    Source source = Source::CorrelationId;
    JsonPointer pointer; ///< where in data or metadata
    OverviewSelection selection;
    std::size_t most = 100;             ///< values that are listed
    std::size_t mostDistinct = 100'000; ///< values told apart
    bool operator==(const ValueFacetRequest&) const = default;
};

struct ValueFacet {
    /// Values as JSON text, so that "1" and 1 differ; correlation ids as they are. Of an array, an
    /// object, and a text over 200 bytes there is only "[…]", "{…}" and the beginning with "…".
    Facet facet;
    qint64 events = 0;       ///< that are selected
    qint64 absent = 0;       ///< of those, the ones that have no such value
    qint64 rows = 0;         ///< that were looked at; the log's first so many
    qint64 total = 0;        ///< rows to look at
    bool isComplete = false; ///< whether those are all there were
};

/// Counts values by reading events one after another; what was counted is kept for the next time.
/// Belongs to one thread at a time.
class ValueCounter {
  public:
    explicit ValueCounter(ValueFacetRequest request);
    ~ValueCounter();
    Q_DISABLE_COPY_MOVE(ValueCounter)

    const ValueFacetRequest& request() const;
    /// Reads on to the end of `view`, which must be of what `reader` reads, and starts over where
    /// that is of another lineage. `progress` is told a few times a second. After a failure
    /// (Storage, Cancelled) the next call goes on.
    Result<ValueFacet> count(EventReader& reader, const SidecarView& view,
                             const std::function<void(const ValueFacet& soFar)>& progress = {},
                             const CancelToken& cancel = {});

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace rewindow
