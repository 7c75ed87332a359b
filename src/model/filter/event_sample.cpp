// A look into a log here and there.
#include "model/filter/event_sample.h"

#include "model/statistics/schema_inference.h"
#include "model/statistics/statistics_pass.h"
#include "store/filter/filter_subject.h"
#include "store/store.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace rewindow {

namespace {

constexpr qint64 kSmall = 4'000; ///< events that are looked at without choosing
constexpr qint64 kProbes = 40;
constexpr qint64 kOfProbe = 50;
constexpr qint64 kNewest = 500;
constexpr qint64 kOfType = 20;
constexpr qsizetype kMostExamples = 3;
constexpr std::size_t kMostValues = 40;
constexpr std::size_t kMostTold = 20'000; ///< values told apart
constexpr std::size_t kLongestValue = 200;

/// Merges what events of several types have at the same place.
class PathMerger {
  public:
    void add(const std::vector<SchemaPath>& schema, const QString& root) {
        for (const SchemaPath& each : schema) {
            const QString path = renamed(each.path, root);
            auto [place, isNew] = m_places.try_emplace(path, m_paths.size());
            if (isNew)
                m_paths.push_back(
                    {.path = path,
                     .parent = each.parent < 0
                                   ? QString()
                                   : renamed(schema[std::size_t(each.parent)].path, root),
                     .name = each.name,
                     .events = 0,
                     .examples = {},
                     .kinds = {}});
            VocabularyPath& merged = m_paths[place->second];
            merged.events += each.events;
            for (const KindStatistics& kind : each.kinds)
                if (!merged.isA(kind.kind))
                    merged.kinds.push_back(kind.kind);
            for (const QString& example : each.examples)
                if (merged.examples.size() < kMostExamples && !merged.examples.contains(example))
                    merged.examples += example;
        }
    }
    std::vector<VocabularyPath> take() { return std::move(m_paths); }

  private:
    static QString renamed(const QString& path, const QString& root) {
        constexpr qsizetype rootSize = 4; // "data", as "meta"
        return root + path.sliced(rootSize);
    }

    std::vector<VocabularyPath> m_paths;
    std::map<QString, std::size_t> m_places;
};

/// Calls `visit` with each value at what is left of a path.
template <class Visit>
void visitValues(const Json& value, std::span<const FilterPath::Step> steps, const Visit& visit) {
    if (steps.empty()) {
        visit(value);
        return;
    }
    const auto rest = steps.subspan(1);
    if (const auto* key = std::get_if<std::string>(&steps.front())) {
        if (const Json* member = value.find(*key))
            visitValues(*member, rest, visit);
    } else if (value.kind() == Json::Kind::Array) {
        const auto* index = std::get_if<std::size_t>(&steps.front());
        for (std::size_t i = index ? *index : 0; i < value.size(); ++i) {
            visitValues(value.at(i), rest, visit);
            if (index)
                break;
        }
    }
}

class ValueCounts {
  public:
    void add(const Json& value) {
        if (value.isContainer())
            return;
        std::string text = value.dump();
        if (text.size() > kLongestValue)
            return;
        if (const auto known = m_counts.find(text); known != m_counts.end())
            ++known->second.count;
        else if (m_counts.size() < kMostTold)
            m_counts.emplace(std::move(text), SeenValue{value, 1});
    }
    std::vector<SeenValue> mostFrequent() const {
        std::vector<std::pair<std::string_view, const SeenValue*>> order;
        order.reserve(m_counts.size());
        for (const auto& [text, seen] : m_counts)
            order.emplace_back(text, &seen);
        const auto end = order.begin() + std::ptrdiff_t(std::min(kMostValues, order.size()));
        std::partial_sort(order.begin(), end, order.end(), [](const auto& a, const auto& b) {
            return a.second->count != b.second->count ? a.second->count > b.second->count
                                                      : a.first < b.first;
        });
        std::vector<SeenValue> values;
        for (auto each = order.begin(); each != end; ++each)
            values.push_back(*each->second);
        return values;
    }

  private:
    std::unordered_map<std::string, SeenValue> m_counts;
};

} // namespace

Result<void> visitSample(Store& store, const QStringList& types, const EventReader::Visitor& visit,
                         const CancelToken& cancel) {
    EventQuery query;
    if (!store.info().hasPositions) {
        query.limit = kSmall;
        return store.reader().forEach(query, visit, cancel);
    }
    const Result<GlobalPosition> head = store.reader().head();
    if (!head)
        return std::unexpected(head.error());
    if (head->value() <= kSmall)
        return store.reader().forEach(query, visit, cancel);
    query.limit = 1;
    const auto oldest = store.reader().read(query, cancel);
    if (!oldest)
        return std::unexpected(oldest.error());
    // A log that was cut off begins late.
    const qint64 before = oldest->empty() ? 0 : oldest->front().position().value() - 1;
    query.limit = kOfProbe;
    for (qint64 probe = 0; probe < kProbes; ++probe) {
        query.after = GlobalPosition(before + (head->value() - before) / kProbes * probe);
        if (auto visited = store.reader().forEach(query, visit, cancel); !visited)
            return visited;
    }
    EventQuery newest;
    newest.newestFirst = true;
    newest.limit = kNewest;
    if (auto visited = store.reader().forEach(newest, visit, cancel); !visited)
        return visited;
    newest.limit = kOfType;
    for (const QString& type : types) {
        newest.filter = EventFilter(
            FilterExpression::equals({.field = FilterField::Type, .path = {}}, Json(type)));
        if (auto visited = store.reader().forEach(newest, visit, cancel); !visited)
            return visited;
    }
    return {};
}

Result<std::vector<VocabularyPath>> samplePaths(Store& store, const QStringList& types,
                                                const CancelToken& cancel) {
    std::size_t budget = StatisticsPass::kMostPaths;
    std::map<std::string, SchemaInference, std::less<>> schemas;
    SchemaInference metadata(budget);
    const auto look = [&](RecordedEvent&& event) {
        auto schema = schemas.find(event.type());
        if (schema == schemas.end() && schemas.size() < StatisticsPass::kMostTypes)
            schema = schemas.emplace(std::string(event.type()), SchemaInference(budget)).first;
        if (schema != schemas.end())
            schema->second.add(event.data(), event.position());
        if (!event.metadata().empty())
            metadata.add(event.metadata(), event.position());
        return true;
    };
    if (auto visited = visitSample(store, types, look, cancel); !visited)
        return std::unexpected(visited.error());
    PathMerger paths;
    for (const auto& [type, schema] : schemas)
        paths.add(schema.schema(), QStringLiteral("data"));
    paths.add(metadata.schema(), QStringLiteral("meta"));
    return paths.take();
}

Result<std::vector<SeenValue>> sampleValues(Store& store, const FilterPlace& place,
                                            const CancelToken& cancel) {
    ValueCounts counts;
    const bool isJson = kindOf(place.field) == FilterFieldKind::Json;
    const auto look = [&](RecordedEvent&& event) {
        const std::string_view text = EventSubject(event).text(place.field);
        if (text.empty())
            return true;
        if (!isJson)
            counts.add(Json(toQString(text)));
        else if (const auto parsed = Json::parse(text))
            visitValues(*parsed, place.path.steps(), [&](const Json& value) { counts.add(value); });
        return true;
    };
    if (auto visited = visitSample(store, {}, look, cancel); !visited)
        return std::unexpected(visited.error());
    return counts.mostFrequent();
}

} // namespace rewindow
