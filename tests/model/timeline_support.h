// Streams in memory, random states, and what brute force finds in them.
#pragma once

#include "base/json.h"
#include "base/json_patch.h"
#include "model/domain/domain.h"
#include "model/timeline/timeline.h"
#include "store/event_reader.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace rewindow::test {

inline RecordedEvent makeEvent(qint64 version, std::string_view type, std::string_view data,
                               std::string_view stream = "thing-1") {
    RecordedEvent::Texts texts;
    texts[static_cast<std::size_t>(RecordedEvent::Text::Stream)] = stream;
    texts[static_cast<std::size_t>(RecordedEvent::Text::Type)] = type;
    texts[static_cast<std::size_t>(RecordedEvent::Text::Data)] = data;
    return {GlobalPosition(version * 10), StreamVersion(version), Timestamp(version * 1000), texts};
}

/// Streams in memory; counts what is read of them.
class FakeReader : public EventReader {
  public:
    std::vector<RecordedEvent> events; ///< of one stream, in order of version
    qint64 visited = 0;

    Result<void> forEach(const EventQuery& query, const Visitor& visit,
                         const CancelToken& cancel) override {
        for (const RecordedEvent& event : events) {
            if (cancel.isCancelled())
                return fail(Error::Kind::Cancelled, QStringLiteral("cancelled"));
            if (event.version() < query.fromVersion ||
                (query.toVersion && event.version() > *query.toVersion))
                continue;
            ++visited;
            if (!visit(RecordedEvent(event)))
                break;
        }
        return {};
    }
    Result<std::optional<StreamSummary>> stream(const QString& name) override {
        if (events.empty() || toQString(events.front().stream()) != name)
            return std::optional<StreamSummary>();
        return std::optional(StreamSummary{.stream = name,
                                           .type = {},
                                           .id = {},
                                           .events = static_cast<qint64>(events.size()),
                                           .version = events.back().version()});
    }
    Result<std::optional<RecordedEvent>> eventAt(GlobalPosition) override { return {}; }
    Result<std::optional<RecordedEvent>> eventById(const QString&) override { return {}; }
    Result<LogSummary> summary(const CancelToken&) override { return {}; }
    Result<GlobalPosition> head() override { return {}; }
    Result<std::vector<StreamSummary>> streams(const StreamQuery&, const CancelToken&) override {
        return {};
    }
    Result<std::vector<TypeCount>> streamTypes(const CancelToken&) override { return {}; }
    Result<std::vector<TypeCount>> eventTypes(const CancelToken&) override { return {}; }
    Result<StreamVersion> versionAt(const QString&, GlobalPosition) override { return {}; }
    Result<PositionSamples> samplePositions(const EventFilter&, qint64,
                                            const CancelToken&) override {
        return {};
    }
    Result<qint64> dataVersion() override { return {}; }
};

/// `Merged` merges its payload, `Replaced` puts it in the state's place, `Broken` fails.
class TestDomain : public Domain {
  public:
    QString name() const override { return QStringLiteral("test"); }
    Json initialState(const QString&) const override { return initial; }
    Result<Json> evolve(Json state, const RecordedEvent& event) const override {
        if (event.type() == "Broken")
            return fail(Error::Kind::BadInput, QStringLiteral("this event is broken"));
        Result<Json> data = Json::parse(event.data());
        if (!data || event.type() == "Replaced")
            return data;
        return mergePatch(std::move(state), *data);
    }

    Json initial = Json::object();
};

/// Makes states and payloads that are likely to meet: few keys, some of which read like indexes.
class RandomJson {
  public:
    explicit RandomJson(unsigned seed) : m_random(seed) {}

    int below(int end) { return static_cast<int>(m_random() % static_cast<unsigned>(end)); }

    Json value(int depth) {
        switch (below(depth > 0 ? 9 : 6)) {
        case 0:
            return Json();
        case 1:
            return Json(below(2) == 0);
        case 2:
            return Json(below(3));
        case 3:
            return Json::number(below(2) == 0 ? "1.0" : "1");
        case 4:
            return Json(below(2) == 0 ? "x" : "y");
        case 5:
            return below(2) == 0 ? Json::array() : Json::object();
        case 6:
            return array(depth);
        default:
            return object(depth);
        }
    }
    Json array(int depth) {
        std::vector<Json> elements;
        for (int i = below(5); i > 0; --i)
            elements.push_back(value(depth - 1));
        return Json::array(std::move(elements));
    }
    Json object(int depth) {
        Json made = Json::object();
        for (int i = below(5); i > 0; --i)
            made = std::move(made).with(key(), value(depth - 1));
        return made;
    }
    std::string key() {
        static const std::vector<std::string> keys{"a", "b",  "c",   "0",  "1",
                                                   "",  "01", "x/y", "t~", "-"};
        return keys[static_cast<std::size_t>(below(static_cast<int>(keys.size())))];
    }

    /// `length` events, `Replaced` in a quarter of them: then the state before with one edit.
    std::vector<RecordedEvent> stream(int length) {
        std::vector<RecordedEvent> events;
        Json state = Json::object();
        for (qint64 version = 1; version <= length; ++version) {
            const bool isReplaced = below(4) == 0;
            const Json data = isReplaced ? edited(state, 3) : object(3);
            state = isReplaced ? data : mergePatch(std::move(state), data);
            events.push_back(makeEvent(version, isReplaced ? "Replaced" : "Merged", data.dump()));
        }
        return events;
    }

  private:
    Json edited(const Json& state, int depth) {
        if (!state.isContainer() || state.size() == 0 || below(6) == 0)
            return value(depth);
        const auto at = static_cast<std::size_t>(below(static_cast<int>(state.size())));
        if (state.kind() == Json::Kind::Object) {
            const std::string name(state.keyAt(at));
            return below(3) == 0 ? state.without(name)
                                 : state.with(name, edited(state.at(at), depth - 1));
        }
        switch (below(4)) {
        case 0:
            return state.withoutElement(at);
        case 1:
            return state.withInserted(at, value(depth - 1));
        case 2:
            return state.withAppended(value(depth - 1));
        default:
            return state.withElement(at, edited(state.at(at), depth - 1));
        }
    }

    std::mt19937 m_random;
};

/// Every place of a value by its pointer.
using Places = std::map<std::string, Json>;
inline void collectPlaces(const Json& value, const JsonPointer& at, Places& places) {
    places.emplace(at.toString(), value);
    for (std::size_t i = 0; i < value.size(); ++i)
        collectPlaces(value.at(i),
                      value.kind() == Json::Kind::Object ? at.child(value.keyAt(i)) : at.child(i),
                      places);
}
inline Places placesOf(const Json& value) {
    Places places;
    collectPlaces(value, JsonPointer(), places);
    return places;
}

inline std::vector<std::string> sortedKeys(const Json& object) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < object.size(); ++i)
        keys.emplace_back(object.keyAt(i));
    std::ranges::sort(keys);
    return keys;
}

/// Whether what is there before and after counts as a change of that place.
inline bool isChange(const Json* before, const Json* after) {
    if (!before || !after)
        return before != after;
    if (before->kind() != after->kind())
        return true;
    switch (before->kind()) {
    case Json::Kind::Object:
        return sortedKeys(*before) != sortedKeys(*after);
    case Json::Kind::Array:
        return before->size() != after->size();
    default:
        return !(*before == *after);
    }
}

inline const Json* placeIn(const Places& places, const std::string& pointer) {
    const auto found = places.find(pointer);
    return found == places.end() ? nullptr : &found->second;
}

/// The states of a stream, of version v at v, folded one by one and kept.
inline std::vector<Json> foldAll(const Domain& domain, const std::vector<RecordedEvent>& events) {
    std::vector<Json> states{domain.initialState(QStringLiteral("thing-1"))};
    for (const RecordedEvent& event : events) {
        Result<Json> next = domain.evolve(states.back(), event);
        states.push_back(next ? *next : states.back());
        if (!next)
            break;
    }
    while (states.size() <= events.size())
        states.push_back(states.back());
    return states;
}

/// For each version and each pointer seen until then, the version that changed it last; 0 in the
/// place of a version after which nothing is there.
inline std::vector<std::map<std::string, qint64>> settersOf(const std::vector<Json>& states) {
    std::vector<std::map<std::string, qint64>> setters(1);
    Places before = placesOf(states.front());
    for (std::size_t version = 1; version < states.size(); ++version) {
        Places after = placesOf(states[version]);
        auto known = setters.back();
        for (const Places* both : {&before, &after}) {
            for (const auto& [pointer, value] : *both) {
                if (isChange(placeIn(before, pointer), placeIn(after, pointer)))
                    known[pointer] = placeIn(after, pointer) ? static_cast<qint64>(version) : 0;
            }
        }
        setters.push_back(std::move(known));
        before = std::move(after);
    }
    return setters;
}

/// The changes of the value at `pointer` from state to state.
inline std::vector<ValueChange> bruteHistory(const std::vector<Json>& states,
                                             const JsonPointer& pointer) {
    std::vector<ValueChange> entries;
    for (std::size_t version = 1; version < states.size(); ++version) {
        const Json* before = pointer.in(states[version - 1]);
        const Json* after = pointer.in(states[version]);
        if ((!before && !after) || (before && after && *before == *after))
            continue;
        ValueChange entry{.pointer = pointer.toString(), .setBy = {}, .value = {}, .previous = {}};
        entry.setBy.version = StreamVersion(static_cast<qint64>(version));
        if (after)
            entry.value = *after;
        if (before)
            entry.previous = *before;
        entries.push_back(entry);
    }
    return entries;
}

} // namespace rewindow::test
