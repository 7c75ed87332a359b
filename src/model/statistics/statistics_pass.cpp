// Types by a hash table, the last one at hand.
#include "model/statistics/statistics_pass.h"

#include "model/statistics/findings.h"
#include "model/statistics/schema_inference.h"
#include "model/statistics/size_histogram.h"
#include "model/statistics/stream_table.h"
#include "model/statistics/time_buckets.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace rewindow {

namespace {

struct TypeRecord {
    explicit TypeRecord(std::size_t& budget) : schema(budget) {}

    std::string name;
    qint64 events = 0;
    EventPlace first;
    EventPlace last;
    SizeHistogram payload;
    TimeBuckets::Row overTime;
    qint64 notJson = 0;
    GlobalPosition firstNotJson;
    SchemaInference schema;
};

} // namespace

struct StatisticsPass::Private {
    std::size_t paths = kMostPaths;
    std::deque<TypeRecord> types;
    std::unordered_map<std::string_view, TypeRecord*> typesByName;
    TypeRecord* lastType = nullptr;
    TimeBuckets::Row otherOverTime;
    TimeBuckets times;
    SizeHistogram payload;
    StreamTable streams;
    qint64 events = 0;
    qint64 otherTypes = 0;
    qint64 eventsOfOtherStreams = 0;
    EventPlace first;
    EventPlace last;

    /// nullptr: one of those that are not told apart.
    TypeRecord* typeNamed(std::string_view name) {
        if (lastType && lastType->name == name)
            return lastType;
        if (const auto known = typesByName.find(name); known != typesByName.end())
            return lastType = known->second;
        if (types.size() == kMostTypes || name.size() > kMostTypeBytes)
            return nullptr;
        TypeRecord& made = types.emplace_back(paths);
        made.name = name;
        typesByName.emplace(made.name, &made);
        return lastType = &made;
    }

    void countAt(TimeBuckets::Row& row, const EventPlace& place) {
        const std::size_t index = times.place(place.at, place.position, [this](const auto& move) {
            for (TypeRecord& type : types)
                move(type.overTime);
            move(otherOverTime);
        });
        if (row.size() <= index)
            row.resize(index + 1);
        ++row[index];
    }
};

StatisticsPass::StatisticsPass() : d(std::make_unique<Private>()) {}
StatisticsPass::~StatisticsPass() = default;

qint64 StatisticsPass::events() const {
    return d->events;
}

GlobalPosition StatisticsPass::reached() const {
    return d->last.position;
}

void StatisticsPass::add(const RecordedEvent& event) {
    const qint64 time = std::clamp(event.recordedAt().microseconds(), -TimeBuckets::kFarthest,
                                   TimeBuckets::kFarthest);
    const EventPlace place{event.position(), Timestamp(time)};
    const auto bytes = static_cast<qint64>(event.data().size());
    if (d->events++ == 0)
        d->first = place;
    d->last = place;
    d->payload.add(bytes, place.position);
    if (!d->streams.add(event.stream(), bytes, place))
        ++d->eventsOfOtherStreams;

    TypeRecord* type = d->typeNamed(event.type());
    if (!type) {
        ++d->otherTypes;
        d->countAt(d->otherOverTime, place);
        return;
    }
    if (type->events++ == 0)
        type->first = place;
    type->last = place;
    type->payload.add(bytes, place.position);
    d->countAt(type->overTime, place);
    if (!type->schema.add(event.data(), place.position) && type->notJson++ == 0)
        type->firstNotJson = place.position;
}

Statistics StatisticsPass::statistics() const {
    Statistics statistics;
    statistics.events = d->events;
    statistics.first = d->first;
    statistics.last = d->last;
    statistics.reached = d->last.position;
    statistics.times = d->times.times();
    statistics.payload = d->payload.statistics();
    statistics.bytes = statistics.payload.total;
    statistics.otherTypes = d->otherTypes;
    statistics.eventsOfOtherStreams = d->eventsOfOtherStreams;
    for (const TypeRecord& type : d->types) {
        TypeStatistics shown{.type = toQString(type.name),
                             .events = type.events,
                             .first = type.first,
                             .last = type.last,
                             .payload = type.payload.statistics(),
                             .overTime = type.overTime,
                             .notJson = type.notJson,
                             .firstNotJson = type.firstNotJson,
                             .schema = type.schema.schema()};
        shown.overTime.resize(d->times.size());
        statistics.types.push_back(std::move(shown));
    }
    std::ranges::stable_sort(statistics.types, std::ranges::greater(), &TypeStatistics::events);
    d->streams.describe(statistics);
    statistics.findings = findingsOf(statistics);
    return statistics;
}

} // namespace rewindow
