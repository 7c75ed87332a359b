// Finding places in a store by what was typed: by key where there is one.
#include "model/places/place_lookup.h"

#include "model/items/shown_locale.h"
#include "store/event_filter.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace rewindow {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(Place)
};

constexpr int kExactTier = 0;
constexpr int kPrefixTier = 3;
constexpr int kNamedTier = 4;
constexpr int kContainingTier = 5;

constexpr qint64 kStreamsByPrefix = 12;
constexpr qint64 kStreamsContaining = 20;
constexpr qint64 kRowsByPrefix = 5;
constexpr qint64 kLatestEvents = 2'000;

QString counted(qint64 events) {
    return events == 1 ? Words::tr("1 event") : Words::tr("%1 events").arg(shownNumber(events));
}

Place placeOfStream(const StreamSummary& stream, const PlaceQuestion& question, int tier) {
    Place place;
    place.kind = PlaceKind::Stream;
    place.title = stream.stream;
    place.detail = counted(stream.events);
    place.moment = question.from;
    place.moment.page = Page::Aggregate;
    if (place.moment.stream != stream.stream)
        place.moment.pointer.clear();
    place.moment.stream = stream.stream;
    place.tier = tier;
    if (const auto match = fuzzyMatch(question.text, stream.stream)) {
        place.matched = match->spans;
        place.score = match->score;
    }
    return place;
}

Place placeOfEvent(const RecordedEvent& event, const PlaceQuestion& question) {
    Place place;
    place.kind = PlaceKind::Event;
    place.title = toQString(event.id());
    place.detail = Words::tr("%1, version %2 of %3")
                       .arg(toQString(event.type()))
                       .arg(event.version().value())
                       .arg(toQString(event.stream()));
    place.matched = {{0, place.title.size()}};
    place.moment = question.from;
    place.moment.page = Page::Aggregate;
    place.moment.pointer.clear();
    place.moment.stream = toQString(event.stream());
    if (event.position().value() > 0)
        place.moment.playhead = event.position();
    place.tier = kExactTier;
    return place;
}

Place placeOfRow(const QString& id, const ViewState& view, const PlaceQuestion& question,
                 int tier) {
    Place place;
    place.kind = PlaceKind::ViewRow;
    place.title = id;
    place.detail = Words::tr("row of %1").arg(view.schema.name);
    place.moment = question.from;
    place.moment.page = Page::Aggregate;
    place.moment.view = view.schema.name;
    place.moment.row = id;
    if (view.rowAggregateType) {
        place.moment.stream = *view.rowAggregateType + u'-' + id;
        place.moment.pointer.clear();
    }
    place.tier = tier;
    if (const auto match = fuzzyMatch(question.text, id)) {
        place.matched = match->spans;
        place.score = match->score;
    }
    return place;
}

/// Streams whose names begin with this; that of exactly this name first.
Result<std::vector<StreamSummary>> streamsFrom(EventReader& reader, const QString& beginning,
                                               const CancelToken& cancel) {
    std::vector<StreamSummary> streams;
    auto exact = reader.stream(beginning);
    if (!exact)
        return std::unexpected(exact.error());
    if (*exact)
        streams.push_back(std::move(**exact));
    StreamQuery query;
    query.after = beginning;
    query.limit = kStreamsByPrefix;
    auto following = reader.streams(query, cancel);
    if (!following)
        return std::unexpected(following.error());
    for (StreamSummary& stream : *following) {
        if (!stream.stream.startsWith(beginning))
            break;
        streams.push_back(std::move(stream));
    }
    return streams;
}

Result<void> addStreams(Store& store, const PlaceQuestion& question, const CancelToken& cancel,
                        std::vector<Place>& places) {
    QStringList beginnings{question.text};
    for (const QString& type : question.streamTypes)
        beginnings.append(type + u'-' + question.text);
    QSet<QString> known;
    for (const QString& beginning : beginnings) {
        auto streams = streamsFrom(store.reader(), beginning, cancel);
        if (!streams)
            return std::unexpected(streams.error());
        for (const StreamSummary& stream : *streams) {
            if (known.contains(stream.stream))
                continue;
            known.insert(stream.stream);
            places.push_back(placeOfStream(stream, question,
                                           stream.stream == beginning ? kExactTier : kPrefixTier));
        }
    }
    return {};
}

Result<void> addEvents(Store& store, const PlaceQuestion& question, std::vector<Place>& places) {
    auto event = store.reader().eventById(question.text);
    if (!event)
        return std::unexpected(event.error());
    if (*event)
        places.push_back(placeOfEvent(**event, question));
    const auto position = positionIn(question.text, question.head);
    if (!position)
        return {};
    auto there = store.reader().eventAt(*position);
    if (!there)
        return std::unexpected(there.error());
    if (*there) {
        Place place = placeOfPosition(*position, question.from);
        place.detail =
            Words::tr("%1 in %2").arg(toQString((*there)->type()), toQString((*there)->stream()));
        place.moment.stream = toQString((*there)->stream());
        place.moment.pointer.clear();
        places.push_back(std::move(place));
    }
    return {};
}

Result<void> addRows(Store& store, const PlaceQuestion& question, std::vector<Place>& places) {
    for (const ViewState& view : question.views) {
        RowQuery exact;
        exact.id = question.text;
        RowQuery following;
        following.after = question.text;
        following.limit = kRowsByPrefix;
        for (const RowQuery& query : {exact, following}) {
            // A view that is being rebuilt, or has no table yet, has no rows to go to.
            const auto rows = store.views().rows(view.schema.name, query);
            if (!rows)
                continue;
            for (const ViewRow& row : *rows) {
                const QString id = row.id();
                if (id.startsWith(question.text))
                    places.push_back(placeOfRow(id, view, question,
                                                id == question.text ? kExactTier : kPrefixTier));
            }
        }
    }
    return {};
}

} // namespace

std::optional<GlobalPosition> positionIn(const QString& text, GlobalPosition head) {
    static const QRegularExpression kNumber(
        QStringLiteral("\\A#?([0-9]{1,19}|[0-9]{1,3}([,.'\\x{00a0}\\x{202f} ][0-9]{3})+)\\z"));
    if (!kNumber.match(text).hasMatch())
        return std::nullopt;
    QString digits = text;
    digits.removeIf([](QChar letter) { return letter < u'0' || letter > u'9'; });
    bool isNumber = false;
    const qint64 position = digits.toLongLong(&isNumber);
    if (!isNumber || position > head.value())
        return std::nullopt;
    return GlobalPosition(position);
}

Place placeOfPosition(GlobalPosition position, const Moment& from) {
    Place place;
    place.kind = PlaceKind::Position;
    place.title = u'#' + shownNumber(position.value());
    place.detail = position.value() == 0 ? Words::tr("before the first event")
                                         : Words::tr("position in the log");
    place.matched = {{0, place.title.size()}};
    place.moment = from;
    place.moment.page = Page::Log;
    place.moment.filter.clear(); // it might hide the event
    place.moment.playhead = position;
    place.tier = kExactTier;
    return place;
}

Place placeOfType(const QString& type, const Moment& from) {
    Place place;
    place.kind = PlaceKind::EventType;
    place.title = type;
    place.detail = Words::tr("events of this type");
    place.moment = from;
    place.moment.page = Page::Log;
    place.moment.filter =
        EventFilter(FilterExpression::equals({FilterField::Type, {}}, Json(type))).toString();
    place.tier = kNamedTier;
    return place;
}

Result<std::vector<Place>> lookUpPlaces(Store& store, const PlaceQuestion& question,
                                        const CancelToken& cancel) {
    std::vector<Place> places;
    if (auto added = addEvents(store, question, places); !added)
        return std::unexpected(added.error());
    if (auto added = addStreams(store, question, cancel, places); !added)
        return std::unexpected(added.error());
    if (auto added = addRows(store, question, places); !added)
        return std::unexpected(added.error());
    return places;
}

Result<std::vector<Place>> findStreams(Store& store, const PlaceQuestion& question,
                                       const CancelToken& cancel) {
    StreamQuery query;
    query.containing = question.text;
    query.limit = kStreamsContaining;
    auto streams = store.reader().streams(query, cancel);
    if (!streams)
        return std::unexpected(streams.error());
    std::vector<Place> places;
    for (const StreamSummary& stream : *streams)
        places.push_back(placeOfStream(stream, question, kContainingTier));
    return places;
}

Result<QStringList> latestTypes(Store& store, GlobalPosition head, const CancelToken& cancel) {
    QSet<QString> types;
    const auto read = store.reader().forEachHeader(
        GlobalPosition(std::max<qint64>(0, head.value() - kLatestEvents)),
        [&types](const EventHeader& event) {
            types.insert(toQString(event.type));
            return true;
        },
        cancel);
    if (!read)
        return std::unexpected(read.error());
    QStringList sorted = types.values();
    sorted.sort();
    return sorted;
}

} // namespace rewindow
