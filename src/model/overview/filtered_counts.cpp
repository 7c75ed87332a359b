// Counting what a filter finds while reading it.
#include "model/overview/filtered_counts.h"

#include "model/overview/value_tally.h"
#include "store/event_reader.h"
#include "store/filter/filter_subject.h"

#include <QElapsedTimer>

#include <algorithm>
#include <map>

namespace rewindow {

namespace {

constexpr qint64 kMsBetweenTellings = 300;
/// The clock is looked at so often only.
constexpr qint64 kMatchesBetweenLooks = 256;
constexpr std::size_t kMostNames = 100'000;

using Edges = std::vector<Timestamp>;

bool continuesWith(const Edges& before, const Edges& now) {
    return before.size() <= now.size() && std::equal(before.begin(), before.end(), now.begin());
}

} // namespace

std::vector<qint64> FilteredCounts::stacked(const Histogram& frame) const {
    std::vector<qint64> counts(frame.buckets() * frame.stacks());
    for (std::size_t type = 0; type < histogramTypes.size(); ++type) {
        const auto known = std::ranges::find(frame.types(), histogramTypes[type]);
        auto stack = static_cast<std::size_t>(known - frame.types().begin());
        if (known == frame.types().end() && !frame.hasOthers())
            stack = frame.stacks() - 1;
        const std::size_t buckets = std::min(frame.buckets(), overTime[type].size());
        for (std::size_t bucket = 0; bucket < buckets && frame.stacks() > 0; ++bucket)
            counts[bucket * frame.stacks() + stack] += overTime[type][bucket];
    }
    return counts;
}

struct FilteredCounter::Private {
    explicit Private(FilteredCountsRequest its) : request(std::move(its)) {
        for (const ValueFacetRequest& value : request.values)
            finders.emplace_back(value.source, value.pointer);
        startOver(0, {});
    }

    void startOver(quint64 newLineage, const Edges& newEdges) {
        lineage = newLineage;
        edges = newEdges;
        counted = {};
        overTime.clear();
        types = ValueTally(kMostNames);
        categories = ValueTally(kMostNames);
        tallies.assign(request.values.size(), ValueTally(kMostNames));
    }

    void look(const RecordedEvent& event) {
        ++counted.matches;
        counted.reached = event.position();
        countOverTime(event);
        const Timestamp time = event.recordedAt();
        if (request.span && (time < request.span->begin || time >= request.span->end))
            return;
        ++counted.events;
        types.add(std::string(event.type()));
        categories.add(std::string(EventSubject(event).text(FilterField::Category)));
        for (std::size_t i = 0; i < finders.size(); ++i)
            if (auto value = finders[i](event))
                tallies[i].add(std::move(*value));
    }

    void countOverTime(const RecordedEvent& event) {
        const auto after = std::ranges::upper_bound(edges, event.recordedAt());
        if (after == edges.begin() || after == edges.end())
            return;
        auto buckets = overTime.find(event.type());
        if (buckets == overTime.end())
            buckets = overTime
                          .emplace(overTime.size() < kMostTypes ? std::string(event.type())
                                                                : std::string(),
                                   std::vector<qint64>())
                          .first;
        buckets->second.resize(edges.size() - 1);
        ++buckets->second[static_cast<std::size_t>(after - edges.begin()) - 1];
    }

    FilteredCounts answer() const {
        FilteredCounts answer = counted;
        for (const auto& [type, buckets] : overTime) {
            answer.histogramTypes.push_back(toQString(type));
            answer.overTime.push_back(buckets);
        }
        answer.types = types.facet(kMostListed);
        answer.categories = categories.facet(kMostListed);
        for (const ValueTally& tally : tallies)
            answer.values.push_back(tally.facet(kMostListed));
        return answer;
    }

    const FilteredCountsRequest request;
    std::vector<ValueFinder> finders;
    quint64 lineage = 0;
    Edges edges;
    FilteredCounts counted; ///< without facets and times
    std::map<std::string, std::vector<qint64>, std::less<>> overTime;
    ValueTally types{kMostNames};
    ValueTally categories{kMostNames};
    std::vector<ValueTally> tallies;
};

FilteredCounter::FilteredCounter(FilteredCountsRequest request)
    : d(std::make_unique<Private>(std::move(request))) {}

FilteredCounter::~FilteredCounter() = default;

const FilteredCountsRequest& FilteredCounter::request() const {
    return d->request;
}

Result<FilteredCounts>
FilteredCounter::count(EventReader& reader, const SidecarView& view, const TimeGrid& grid,
                       const std::function<void(const FilteredCounts&)>& progress,
                       const CancelToken& cancel) {
    if (d->lineage != view.lineage() || !view.hasPositions() ||
        !continuesWith(d->edges, grid.edges))
        d->startOver(view.lineage(), grid.edges);
    d->edges = grid.edges;
    EventQuery query;
    query.filter = d->request.filter;
    if (view.hasPositions()) {
        const GlobalPosition end =
            view.rows() > 0 ? view.positionOf(view.rows() - 1) : GlobalPosition(0);
        // Up to the end that was looked at before, there is nothing more.
        query.after = d->counted.isComplete ? d->counted.end : d->counted.reached;
        query.upTo = end;
        d->counted.isComplete = false;
        d->counted.end = end;
        if (query.after >= end) {
            d->counted.isComplete = true;
            return d->answer();
        }
    }
    QElapsedTimer sinceTold;
    sinceTold.start();
    const auto read = reader.forEach(
        query,
        [&](RecordedEvent&& event) {
            d->look(event);
            if (progress && d->counted.matches % kMatchesBetweenLooks == 0 &&
                sinceTold.elapsed() >= kMsBetweenTellings) {
                progress(d->answer());
                sinceTold.start();
            }
            return true;
        },
        cancel);
    if (!read)
        return std::unexpected(read.error());
    d->counted.isComplete = true;
    return d->answer();
}

} // namespace rewindow
