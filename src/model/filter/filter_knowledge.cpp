// Asking each thing once.
#include "model/filter/filter_knowledge.h"

#include "model/filter/event_sample.h"
#include "model/overview/log_overview.h"
#include "store/filter/filter_cursor.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr std::size_t kMostNames = 2'000;
constexpr qsizetype kMostKept = 200; ///< answers
constexpr qsizetype kMostRareTypes = 200;

std::vector<VocabularyName> namesOf(const Facet& facet) {
    std::vector<VocabularyName> names;
    for (const FacetValue& value : facet.values)
        if (!value.text.isEmpty())
            names.push_back({value.text, value.count});
    return names;
}

Result<QStringList> streamsBeginning(Store& store, const QString& beginning,
                                     const CancelToken& cancel) {
    QStringList names;
    const auto exact = store.reader().stream(beginning);
    if (exact && *exact)
        names += beginning;
    StreamQuery query;
    query.after = beginning;
    query.limit = FilterKnowledge::kMostStreams;
    const auto streams = store.reader().streams(query, cancel);
    if (!streams)
        return std::unexpected(streams.error());
    for (const StreamSummary& stream : *streams)
        if (stream.stream.startsWith(beginning))
            names += stream.stream;
    return names;
}

} // namespace

FilterKnowledge::FilterKnowledge(const StoreInfo& info, LogOverview& overview, QObject* parent)
    : QObject(parent)
    , m_info(info)
    , m_overview(overview)
    , m_lane(info.url, Store::Access::Read) {}

void FilterKnowledge::learn() {
    if (std::exchange(m_isLearning, true))
        return;
    connect(&m_overview, &LogOverview::grown, this, &FilterKnowledge::takeNames);
    connect(&m_overview, &LogOverview::completed, this, &FilterKnowledge::takeNames);
    takeNames();
    learnPaths({});
}

void FilterKnowledge::takeNames() {
    FacetsRequest request;
    request.most = kMostNames;
    m_overview.facets(request, this, [this](const Result<Facets>& facets) {
        if (!facets)
            return;
        m_vocabulary.types = namesOf(facets->types());
        m_vocabulary.categories = namesOf(facets->categories());
        // Rare types are found quickly only where there is an index, and may be missed by a sample.
        if (facets->isComplete() && m_info.ownSchema && !std::exchange(m_knowsRareTypes, true)) {
            QStringList types;
            for (const VocabularyName& type : m_vocabulary.types)
                if (types.size() < kMostRareTypes)
                    types += type.name;
            learnPaths(types);
        }
        emit learnt();
    });
}

void FilterKnowledge::learnPaths(const QStringList& types) {
    m_lane.run<std::vector<VocabularyPath>>(
        this,
        [types](Store& store, const CancelToken& cancel) {
            return samplePaths(store, types, cancel);
        },
        [this](Result<std::vector<VocabularyPath>> paths) {
            if (!paths)
                return;
            m_vocabulary.paths = std::move(*paths);
            emit learnt();
        });
}

KnownValues FilterKnowledge::at(const QString& text, qsizetype cursor) {
    KnownValues known;
    const FilterCursor found = filterCursorAt(text, cursor);
    if (found.kind != FilterCursor::Kind::Value)
        return known;
    switch (found.place.field) {
    case FilterField::Type:
    case FilterField::Category:
    case FilterField::Time:
        break;
    case FilterField::Stream:
        if (const auto streams = m_streams.constFind(found.typed); streams != m_streams.cend())
            known.streams = *streams;
        else
            findStreams(found.typed);
        break;
    default:
        if (const auto values = m_values.constFind(found.place.toString());
            values != m_values.cend())
            known.values = *values;
        else
            findValues(found.place);
    }
    return known;
}

void FilterKnowledge::findValues(const FilterPlace& place) {
    if (m_values.size() > kMostKept)
        m_values.clear();
    m_values.insert(place.toString(), {});
    m_lane.run<std::vector<SeenValue>>(
        this,
        [place](Store& store, const CancelToken& cancel) {
            return sampleValues(store, place, cancel);
        },
        [this, place](const Result<std::vector<SeenValue>>& values) {
            if (!values) {
                m_values.remove(place.toString()); // to be asked for again
                return;
            }
            m_values.insert(place.toString(), *values);
            emit learnt();
        });
}

void FilterKnowledge::findStreams(const QString& beginning) {
    if (m_sought == beginning)
        return;
    m_sought = beginning;
    m_findingStreams.cancel();
    if (m_streams.size() > kMostKept)
        m_streams.clear();
    m_findingStreams = m_lane.run<QStringList>(
        this,
        [beginning](Store& store, const CancelToken& cancel) {
            return streamsBeginning(store, beginning, cancel);
        },
        [this, beginning](const Result<QStringList>& streams) {
            m_sought.reset();
            if (!streams)
                return;
            m_streams.insert(beginning, *streams);
            emit learnt();
        });
}

} // namespace rewindow
