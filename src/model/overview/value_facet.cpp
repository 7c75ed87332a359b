// Counting values that lie in the events: the only way is through all of them.
#include "model/overview/value_facet.h"

#include "model/overview/value_tally.h"
#include "store/event_reader.h"

#include <QElapsedTimer>

namespace rewindow {

namespace {

constexpr qint64 kMsBetweenTellings = 300;
/// The clock is looked at so often only.
constexpr qint64 kRowsBetweenLooks = 1'000;

/// Whether rows of a view are selected, asked in their order.
class RowTest {
  public:
    RowTest(const SidecarView& view, const OverviewSelection& selection)
        : m_view(view)
        , m_selection(resolved(selection, view)) {}

    bool operator()(qint64 row) const {
        if (m_selection.isEverything())
            return true;
        const Timestamp time = m_view.timeOf(row);
        return (!m_selection.from || time >= *m_selection.from) &&
               (!m_selection.until || time < *m_selection.until) &&
               (!m_selection.types || m_selection.types->contains(m_view.typeOf(row))) &&
               (!m_selection.streams || m_selection.streams->contains(m_view.streamOf(row)));
    }

  private:
    const SidecarView& m_view;
    SidecarSelection m_selection;
};

} // namespace

struct ValueCounter::Private {
    explicit Private(ValueFacetRequest its)
        : request(std::move(its))
        , find(request.source, request.pointer)
        , tally(request.mostDistinct) {}

    void startOver(quint64 newLineage) {
        lineage = newLineage;
        counted = {};
        tally = ValueTally(request.mostDistinct);
    }
    void look(const RecordedEvent& event, bool isSelected) {
        ++counted.rows;
        if (!isSelected)
            return;
        ++counted.events;
        if (auto value = find(event))
            tally.add(std::move(*value));
        else
            ++counted.absent;
    }
    ValueFacet answer() const {
        ValueFacet facet = counted;
        facet.facet = tally.facet(request.most);
        return facet;
    }

    const ValueFacetRequest request;
    const ValueFinder find;
    ValueTally tally;
    ValueFacet counted; ///< without the facet
    quint64 lineage = 0;
};

ValueCounter::ValueCounter(ValueFacetRequest request)
    : d(std::make_unique<Private>(std::move(request))) {}

ValueCounter::~ValueCounter() = default;

const ValueFacetRequest& ValueCounter::request() const {
    return d->request;
}

Result<ValueFacet> ValueCounter::count(EventReader& reader, const SidecarView& view,
                                       const std::function<void(const ValueFacet& soFar)>& progress,
                                       const CancelToken& cancel) {
    const qint64 known = d->counted.rows;
    if (d->lineage != view.lineage() || known > view.rows() || !view.hasPositions())
        d->startOver(view.lineage());
    d->counted.total = view.rows();
    if (d->counted.rows == view.rows())
        return d->answer();
    const RowTest isSelected(view, d->request.selection);
    EventQuery query;
    if (view.hasPositions()) {
        query.upTo = view.positionOf(view.rows() - 1);
        if (d->counted.rows > 0)
            query.after = view.positionOf(d->counted.rows - 1);
    }
    QElapsedTimer sinceTold;
    sinceTold.start();
    auto read = reader.forEach(
        query,
        [&](RecordedEvent&& event) {
            d->look(event, isSelected(d->counted.rows));
            if (progress && d->counted.rows % kRowsBetweenLooks == 0 &&
                sinceTold.elapsed() >= kMsBetweenTellings) {
                progress(d->answer());
                sinceTold.start();
            }
            return d->counted.rows < view.rows();
        },
        cancel);
    if (!read)
        return std::unexpected(read.error());
    return d->answer();
}

} // namespace rewindow
