// How many events each type, category, stream and value has.
#pragma once

#include "model/overview/overview_selection.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace rewindow {

struct FacetValue {
    QString text;
    qint64 count = 0;
    bool operator==(const FacetValue&) const = default;
};

struct Facet {
    std::vector<FacetValue> values; ///< most frequent first
    qint64 distinct = 0;            ///< how many values there are; with `isCapped` at least
    qint64 others = 0;              ///< events whose value is not among `values`
    /// There were more values than are told apart: each count is exact, but a value among the
    /// others may be as frequent.
    bool isCapped = false;
    bool operator==(const Facet&) const = default;
};

struct FacetsRequest {
    OverviewSelection selection;
    std::size_t most = 100; ///< values of each facet
    bool operator==(const FacetsRequest&) const = default;
};

/// What the index alone can tell. An immutable value, cheap to copy.
class Facets {
  public:
    const FacetsRequest& request() const { return m_request; }
    const Facet& types() const { return m_types; }
    const Facet& categories() const { return m_categories; }
    const Facet& streams() const { return m_streams; }
    qint64 events() const { return m_events; } ///< that are selected
    qint64 rows() const { return m_rows; }     ///< that were looked at; the log's first so many
    bool isComplete() const { return m_isComplete; } ///< whether those are all there were
    void setComplete(bool isComplete) { m_isComplete = isComplete; }

    /// Whether it is what of() would say.
    bool isOf(const SidecarView& view) const {
        return m_lineage == view.lineage() && m_rows == view.rows();
    }

    /// Counts what `view` has. Where `before` is of the same request and lineage, only what is new
    /// is looked at. Fails with Cancelled.
    static Result<Facets> of(const SidecarView& view, const FacetsRequest& request,
                             const Facets* before = nullptr, const CancelToken& cancel = {});

  private:
    FacetsRequest m_request;
    Facet m_types;
    Facet m_categories;
    Facet m_streams;
    /// What is added to; shared, as there may be millions of streams.
    struct Counts {
        std::vector<qint64> types;
        std::vector<qint64> streams;
    };
    std::shared_ptr<const Counts> m_counts;
    qint64 m_events = 0;
    bool m_isComplete = false;
    quint64 m_lineage = 0;
    qint64 m_rows = 0;
};

} // namespace rewindow
