// Counting values that lie in the events: the only way is through all of them.
#include "model/overview/value_facet.h"

#include "base/json.h"
#include "store/event_reader.h"

#include <QElapsedTimer>

#include <algorithm>
#include <string>
#include <unordered_map>

namespace rewindow {

namespace {

constexpr qint64 kMsBetweenTellings = 300;
/// The clock is looked at so often only.
constexpr qint64 kRowsBetweenLooks = 1'000;
constexpr std::size_t kMostShown = 200;

using Source = ValueFacetRequest::Source;

/// `utf8` cut where a character ends.
std::string shortened(std::string_view utf8) {
    if (utf8.size() <= kMostShown)
        return std::string(utf8);
    constexpr unsigned char kContinuation = 0x80;
    constexpr unsigned char kContinuationMask = 0xc0;
    std::size_t end = kMostShown;
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & kContinuationMask) == kContinuation)
        --end;
    return std::string(utf8.substr(0, end)) + "…";
}

/// The text by which a value is counted.
std::string shown(const Json& value) {
    switch (value.kind()) {
    case Json::Kind::Array:
        return "[…]";
    case Json::Kind::Object:
        return "{…}";
    default:
        return shortened(value.dump());
    }
}

/// Counts up to so many values apart, and the rest together.
class ValueTally {
  public:
    explicit ValueTally(std::size_t most) : m_most(most) {}

    void add(std::string value) {
        if (const auto known = m_counts.find(value); known != m_counts.end())
            ++known->second;
        else if (m_counts.size() < m_most)
            m_counts.emplace(std::move(value), 1);
        else
            ++m_untold;
    }

    Facet facet(std::size_t most) const {
        std::vector<std::pair<std::string_view, qint64>> counts(m_counts.begin(), m_counts.end());
        const auto end = counts.begin() + std::ptrdiff_t(std::min(most, counts.size()));
        std::partial_sort(counts.begin(), end, counts.end(), [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second > b.second : a.first < b.first;
        });
        Facet facet;
        facet.distinct = qint64(counts.size()) + (m_untold > 0 ? 1 : 0);
        facet.isCapped = m_untold > 0;
        facet.others = m_untold;
        for (auto each = counts.begin(); each != counts.end(); ++each) {
            if (each < end)
                facet.values.push_back({toQString(each->first), each->second});
            else
                facet.others += each->second;
        }
        return facet;
    }

  private:
    std::size_t m_most = 0;
    std::unordered_map<std::string, qint64> m_counts;
    qint64 m_untold = 0;
};

/// Looks for one value in an event.
class ValueFinder {
  public:
    ValueFinder(Source source, JsonPointer pointer)
        : m_source(source)
        , m_pointer(std::move(pointer)) {}

    std::optional<std::string> operator()(const RecordedEvent& event) const {
        if (m_source == Source::CorrelationId)
            return event.correlationId().empty() ? std::nullopt
                                                 : std::optional(shortened(event.correlationId()));
        const std::string_view text = m_source == Source::Data ? event.data() : event.metadata();
        if (!mayHold(text))
            return std::nullopt;
        const auto parsed = Json::parse(text);
        const Json* value = parsed ? m_pointer.in(*parsed) : nullptr;
        return value == nullptr ? std::nullopt : std::optional(shown(*value));
    }

  private:
    /// Spares parsing where the last key does not even occur. An escape may hide one.
    bool mayHold(std::string_view text) const {
        if (text.empty() || m_pointer.isRoot())
            return !text.empty();
        const std::string& key = m_pointer.tokens().back();
        const bool isIndex = key.find_first_not_of("0123456789") == std::string::npos;
        return isIndex || text.find(key) != std::string_view::npos ||
               text.find('\\') != std::string_view::npos;
    }

    Source m_source;
    JsonPointer m_pointer;
};

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
