// Asking the index, or a reading of the log.
#include "model/overview/log_counts.h"

#include <algorithm>
#include <numeric>

namespace rewindow {

namespace {

constexpr std::size_t kMostValues = 100;

LogCounts::Counted knownFacet(const Facet& facet, bool isComplete) {
    return {.facet = facet, .isKnown = true, .isComplete = isComplete, .error = {}};
}

bool isSameValue(const ValueFacetRequest& left, const ValueFacetRequest& right) {
    return left.source == right.source && left.pointer == right.pointer;
}

} // namespace

LogCounts::LogCounts(LogOverview& overview, QObject* parent)
    : QObject(parent)
    , m_overview(overview)
    , m_bars(OverviewSelection())
    , m_facets(OverviewSelection()) {
    connect(&overview, &LogOverview::grown, this, &LogCounts::ask);
    connect(&overview, &LogOverview::completed, this, &LogCounts::ask);
    connect(&overview, &LogOverview::progress, this, &LogCounts::overTimeChanged);
    connect(&overview, &LogOverview::failed, this, [this](const Error& error) {
        m_error = error.sentence();
        emit overTimeChanged();
    });
}

void LogCounts::setFilter(const EventFilter& filter) {
    if (filter == m_filter)
        return;
    const bool isSameAtAnyTime =
        confinedTo(filter, std::nullopt) == confinedTo(m_filter, std::nullopt);
    m_filter = filter;
    m_bars = selectionOf(confinedTo(filter, std::nullopt));
    m_facets = m_bars ? selectionOf(filter) : std::nullopt;
    m_way = m_bars ? Way::Index : Way::Reading;
    forget();
    if (!isSameAtAnyTime && m_way == Way::Reading) // takes a while, without the bars there were
        std::ranges::fill(m_overTime.counts, 0);
    if (isSameAtAnyTime || m_way == Way::Reading)
        emit overTimeChanged();
    ask();
}

/// What another filter's counts were must not stand under this one's name.
void LogCounts::forget() {
    ++m_generation;
    m_overview.withdraw(this);
    for (const Value& value : m_wanted)
        m_overview.withdraw(value.guard.get());
    m_isAsking = m_isAskingFacets = false;
    m_askedValues.clear();
    m_read = m_readEnd = GlobalPosition(0);
    m_isComplete = false;
    m_error.clear();
    m_types = m_categories = {};
    m_values.assign(m_wanted.size(), {});
    emit facetsChanged();
}

void LogCounts::setFacetsWanted(bool wanted) {
    if (std::exchange(m_facetsWanted, wanted) != wanted && wanted)
        ask();
}

void LogCounts::setValues(const std::vector<ValueFacetRequest>& values) {
    std::vector<Value> wanted;
    std::vector<Counted> known;
    for (const ValueFacetRequest& value : values) {
        const auto before = std::ranges::find_if(
            m_wanted, [&](const Value& each) { return isSameValue(each.request, value); });
        if (before != m_wanted.end() && before->guard) {
            known.push_back(m_values[static_cast<std::size_t>(before - m_wanted.begin())]);
            wanted.push_back(std::move(*before));
        } else {
            known.push_back({});
            wanted.push_back({value, std::make_unique<QObject>()});
        }
    }
    m_wanted = std::move(wanted);
    m_values = std::move(known);
    std::erase_if(m_askedValues, [this](const QObject* asked) {
        return std::ranges::none_of(
            m_wanted, [asked](const Value& value) { return value.guard.get() == asked; });
    });
    emit facetsChanged();
    ask();
}

void LogCounts::ask() {
    if (m_bars)
        askIndex();
    else
        askReader();
}

void LogCounts::askIndex() {
    const quint64 generation = m_generation;
    HistogramRequest request;
    request.selection = *m_bars;
    m_isAsking = true;
    m_overview.histogram(request, this, [this, generation](const Result<Histogram>& histogram) {
        if (generation != m_generation)
            return;
        m_isAsking = false;
        if (!histogram) {
            m_error = histogram.error().sentence();
        } else {
            takeFrame(*histogram);
            m_overTime.counts.clear();
            for (std::size_t bucket = 0; bucket < histogram->buckets(); ++bucket)
                for (std::size_t stack = 0; stack < histogram->stacks(); ++stack)
                    m_overTime.counts.push_back(histogram->count(bucket, stack));
            m_isComplete = histogram->isComplete();
        }
        emit overTimeChanged();
    });
    if (!m_facetsWanted || !m_facets)
        return;
    FacetsRequest facets;
    facets.selection = *m_facets;
    m_isAskingFacets = true;
    m_overview.facets(facets, this, [this, generation](const Result<Facets>& answer) {
        if (generation != m_generation)
            return;
        m_isAskingFacets = false;
        if (answer) {
            m_types = knownFacet(answer->types(), answer->isComplete());
            m_categories = knownFacet(answer->categories(), answer->isComplete());
        } else {
            m_types.error = m_categories.error = answer.error().sentence();
        }
        emit facetsChanged();
    });
    for (std::size_t i = 0; i < m_wanted.size(); ++i)
        askValue(i);
}

void LogCounts::askValue(std::size_t index) {
    ValueFacetRequest request = m_wanted[index].request;
    request.selection = *m_facets;
    request.most = kMostValues;
    QObject* guard = m_wanted[index].guard.get();
    m_askedValues.insert(guard);
    const auto take = [this, guard, generation = m_generation](const Counted& value) {
        if (generation != m_generation)
            return;
        for (std::size_t i = 0; i < m_wanted.size(); ++i)
            if (m_wanted[i].guard.get() == guard)
                m_values[i] = value;
        emit facetsChanged();
    };
    m_overview.values(
        request, guard, [take](const ValueFacet& soFar) { take(knownFacet(soFar.facet, false)); },
        [this, guard, take, generation = m_generation](const Result<ValueFacet>& answer) {
            if (generation == m_generation)
                m_askedValues.erase(guard);
            if (answer)
                take(knownFacet(answer->facet, answer->isComplete));
            else
                take({.facet = {},
                      .isKnown = false,
                      .isComplete = false,
                      .error = answer.error().sentence()});
        });
}

FilteredCountsRequest LogCounts::readingRequest() const {
    FilteredCountsRequest request;
    request.filter = confinedTo(m_filter, std::nullopt);
    request.span = spanOf(m_filter);
    for (const Value& value : m_wanted)
        request.values.push_back(value.request);
    return request;
}

/// The whole log's bars give the frame that what is read is counted into.
void LogCounts::askReader() {
    const quint64 generation = m_generation;
    m_isAsking = true;
    m_overview.histogram({}, this, [this, generation](const Result<Histogram>& frame) {
        if (generation != m_generation)
            return;
        if (!frame) {
            m_isAsking = false;
            m_error = frame.error().sentence();
            emit overTimeChanged();
            return;
        }
        takeFrame(*frame);
        m_overview.filtered(
            readingRequest(), frame->grid(), this,
            [this, generation](const FilteredCounts& soFar) {
                if (generation == m_generation)
                    takeRead(soFar);
            },
            [this, generation](const Result<FilteredCounts>& counts) {
                if (generation != m_generation)
                    return;
                m_isAsking = false;
                if (counts) {
                    takeRead(*counts);
                    return;
                }
                m_error = counts.error().sentence();
                emit overTimeChanged();
            });
    });
}

void LogCounts::takeFrame(const Histogram& frame) {
    m_frame = frame;
    m_overTime.grid = frame.grid();
    m_overTime.types = frame.types();
    m_overTime.hasOthers = frame.hasOthers();
    if (m_overTime.counts.size() != frame.buckets() * frame.stacks())
        m_overTime.counts.assign(frame.buckets() * frame.stacks(), 0);
}

void LogCounts::takeRead(const FilteredCounts& counts) {
    m_overTime.counts = counts.stacked(m_frame);
    m_isComplete = counts.isComplete;
    m_read = counts.isComplete ? counts.end : counts.reached;
    m_readEnd = counts.end;
    m_types = knownFacet(counts.types, counts.isComplete);
    m_categories = knownFacet(counts.categories, counts.isComplete);
    for (std::size_t i = 0; i < m_values.size() && i < counts.values.size(); ++i)
        m_values[i] = knownFacet(counts.values[i], counts.isComplete);
    emit overTimeChanged();
    emit facetsChanged();
}

qint64 LogCounts::reached() const {
    return m_way == Way::Index ? m_overview.reached() : m_read.value();
}

qint64 LogCounts::total() const {
    return m_way == Way::Index ? m_overview.total() : m_readEnd.value();
}

qint64 LogCounts::counted() const {
    return std::reduce(m_overTime.counts.begin(), m_overTime.counts.end(), qint64(0));
}

bool LogCounts::isQuiet() const {
    return !m_isAsking && !m_isAskingFacets && m_askedValues.empty() && !m_overview.isBuilding();
}

void LogCounts::find(Timestamp time, QObject* guard, std::function<void(GlobalPosition)> done) {
    OverviewSelection selection = m_bars.value_or(OverviewSelection());
    selection.from = time;
    m_overview.matchedRows(selection, guard,
                           [done = std::move(done)](const Result<MatchedRows>& rows) {
                               if (rows && rows->count() > 0)
                                   done(rows->positionOf(0));
                           });
}

} // namespace rewindow
