// What is known at once here, the rest on the session's lanes.
#include "model/places/place_search.h"

#include "model/filter/saved_filters.h"
#include "model/moment/link_text.h"
#include "model/places/bookmarks_model.h"
#include "model/places/place_lookup.h"
#include "model/places/recent_places.h"
#include "model/session/session.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kExactTier = 0;
constexpr int kRecentTier = 1;
constexpr int kBookmarkTier = 2;
constexpr int kNamedTier = 4;

constexpr std::size_t kTypesShown = 12;
/// Texts shorter than this are in nearly every name.
constexpr qsizetype kShortestPart = 2;

} // namespace

PlaceSearch::PlaceSearch(Session& session, const BookmarksModel& bookmarks,
                         const RecentPlaces& recent, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_bookmarks(bookmarks)
    , m_recent(recent)
    , m_filters(SavedFilters::of(session)) {
    const auto again = [this] {
        std::erase_if(m_places, [](const Place& place) {
            return place.kind == PlaceKind::Recent || place.kind == PlaceKind::Bookmark ||
                   place.kind == PlaceKind::SavedFilter;
        });
        addRecent();
        addBookmarks();
        addFilters();
        emit changed();
    };
    connect(&recent, &RecentPlaces::changed, this, again);
    connect(&bookmarks, &QAbstractItemModel::rowsInserted, this, again);
    connect(&bookmarks, &QAbstractItemModel::rowsRemoved, this, again);
    connect(&bookmarks, &QAbstractItemModel::dataChanged, this, again);
    connect(&m_filters, &SavedFilters::changed, this, again);
    learnTypes();
}

PlaceSearch::~PlaceSearch() {
    cancel();
    m_learning.cancel();
}

void PlaceSearch::cancel() {
    m_lookup.cancel();
    m_streams.cancel();
    m_pending = 0;
}

void PlaceSearch::search(const QString& text) {
    cancel();
    m_text = text.trimmed();
    m_places.clear();
    m_trouble.clear();
    addRecent();
    addBookmarks();
    addFilters();
    if (!m_text.isEmpty()) {
        addKnown();
        if (!looksLikeLink(m_text))
            lookUp();
    }
    emit changed();
}

void PlaceSearch::addKnown() {
    addLink();
    if (const auto position = positionIn(m_text, m_session.head());
        position && m_session.info().hasPositions)
        addPlaces(m_places, {placeOfPosition(*position, m_session.moment())}, kMost);
    addTypes();
    addCommands();
}

void PlaceSearch::addLink() {
    if (!looksLikeLink(m_text))
        return;
    const auto moment = momentOfLinkText(m_text);
    if (!moment) {
        m_trouble = moment.error().sentence();
        return;
    }
    Place place;
    place.kind = PlaceKind::Link;
    place.title = titleOf(*moment);
    place.detail = detailOf(*moment);
    place.moment = *moment;
    place.tier = kExactTier;
    if (place.moment.store.isEmpty())
        place.moment.store = m_session.moment().store;
    else if (place.moment.store != m_session.moment().store)
        place.detail += QStringLiteral(" · ") + tr("in %1").arg(place.moment.store);
    addPlaces(m_places, {place}, kMost);
}

void PlaceSearch::addRecent() {
    std::vector<Place> places;
    const QString here = placeKeyOf(m_session.moment());
    int age = 0;
    for (const Moment& moment : m_recent.moments()) {
        --age;
        if (placeKeyOf(moment) == here)
            continue;
        Place place;
        place.kind = PlaceKind::Recent;
        place.title = titleOf(moment);
        place.detail = detailOf(moment);
        place.moment = moment;
        place.tier = kRecentTier;
        place.score = age; // the latest first, however well the others match
        if (!m_text.isEmpty()) {
            const auto match = fuzzyMatch(m_text, place.title);
            if (!match)
                continue;
            place.matched = match->spans;
        }
        places.push_back(std::move(place));
    }
    addPlaces(m_places, std::move(places), kMost);
}

void PlaceSearch::addBookmarks() {
    std::vector<Place> places;
    for (int row = 0; row < m_bookmarks.rowCount(); ++row) {
        const auto moment = m_bookmarks.momentAt(row);
        if (!moment)
            continue;
        const QModelIndex index = m_bookmarks.index(row);
        Place place;
        place.kind = PlaceKind::Bookmark;
        place.title = index.data().toString();
        const QString note = index.data(BookmarksModel::NoteRole).toString();
        const QString detail = index.data(BookmarksModel::DetailRole).toString();
        place.detail = note.isEmpty() ? detail : note;
        place.moment = *moment;
        place.tier = kBookmarkTier;
        place.score = -row;
        if (!m_text.isEmpty()) {
            if (const auto match = fuzzyMatch(m_text, place.title)) {
                place.matched = match->spans;
                place.score = match->score;
            } else if (!note.contains(m_text, Qt::CaseInsensitive)) {
                continue;
            }
        }
        places.push_back(std::move(place));
    }
    addPlaces(m_places, std::move(places), kMost);
}

void PlaceSearch::addFilters() {
    std::vector<Place> places;
    for (const SavedFilter& saved : m_filters.filters()) {
        Place place;
        place.kind = PlaceKind::SavedFilter;
        place.title = saved.name;
        place.detail = saved.filter;
        place.moment = m_session.moment();
        place.moment.page = Page::Log;
        place.moment.filter = saved.filter;
        place.moment.comparison.reset();
        place.tier = kBookmarkTier;
        if (!m_text.isEmpty()) {
            const auto match = fuzzyMatch(m_text, place.title);
            if (!match && !saved.filter.contains(m_text, Qt::CaseInsensitive))
                continue;
            if (match) {
                place.matched = match->spans;
                place.score = match->score;
            }
        }
        places.push_back(std::move(place));
    }
    addPlaces(m_places, std::move(places), kMost);
}

void PlaceSearch::addTypes() {
    std::vector<Place> places;
    for (const QString& type : m_types) {
        const auto match = fuzzyMatch(m_text, type);
        if (!match)
            continue;
        Place place = placeOfType(type, m_session.moment());
        place.matched = match->spans;
        place.score = match->score;
        places.push_back(std::move(place));
    }
    std::vector<Place> best;
    addPlaces(best, std::move(places), kTypesShown);
    addPlaces(m_places, std::move(best), kMost);
}

void PlaceSearch::addCommands() {
    if (m_session.info().readOnly)
        return;
    std::vector<Place> places;
    for (const CommandSpec& command : m_session.domain()->commands()) {
        const auto match = fuzzyMatch(m_text, command.name);
        if (!match)
            continue;
        Place place;
        place.kind = PlaceKind::Command;
        place.title = command.name;
        place.detail = command.help;
        place.matched = match->spans;
        place.moment = m_session.moment();
        place.moment.page = Page::Aggregate;
        place.command = command.name;
        place.tier = kNamedTier;
        place.score = match->score;
        places.push_back(std::move(place));
    }
    addPlaces(m_places, std::move(places), kMost);
}

QStringList PlaceSearch::streamTypes() const {
    QStringList types;
    const auto add = [&types](const QString& type) {
        if (!type.isEmpty() && !types.contains(type))
            types.append(type);
    };
    const std::string here = m_session.moment().stream.toStdString();
    add(toQString(streamType(here)));
    for (const CommandSpec& command : m_session.domain()->commands())
        add(command.aggregateType);
    return types;
}

void PlaceSearch::lookUp() {
    const PlaceQuestion question{.text = m_text,
                                 .from = m_session.moment(),
                                 .head = m_session.head(),
                                 .streamTypes = streamTypes(),
                                 .views = m_session.views()};
    using Places = std::vector<Place>;
    const auto taker = [this](const Result<Places>& found) { take(found); };
    ++m_pending;
    m_lookup = m_session.reading().run<Places>(
        this,
        [question](Store& store, const CancelToken& cancel) {
            return lookUpPlaces(store, question, cancel);
        },
        taker);
    if (m_text.size() < kShortestPart)
        return;
    ++m_pending;
    m_streams = m_session.background().run<Places>(
        this,
        [question](Store& store, const CancelToken& cancel) {
            return findStreams(store, question, cancel);
        },
        taker);
}

void PlaceSearch::take(const Result<std::vector<Place>>& found) {
    --m_pending;
    if (!found) {
        m_trouble = found.error().sentence();
    } else {
        std::vector<Place> fresh;
        for (const Place& place : *found) {
            // What was found by its whole name or beginning stays as it is.
            const bool isKnown =
                std::any_of(m_places.begin(), m_places.end(), [&place](const Place& known) {
                    return known.tier < place.tier && known.identity() == place.identity();
                });
            if (!isKnown)
                fresh.push_back(place);
        }
        addPlaces(m_places, std::move(fresh), kMost);
    }
    emit changed();
}

void PlaceSearch::learnTypes() {
    const auto taker = [this](const Result<QStringList>& types) {
        if (!types || types->isEmpty() || *types == m_types)
            return;
        m_types = *types;
        if (!m_text.isEmpty()) {
            addTypes();
            emit changed();
        }
    };
    m_learning = m_session.reading().run<QStringList>(
        this,
        [head = m_session.head()](Store& store, const CancelToken& cancel) {
            return latestTypes(store, head, cancel);
        },
        taker);
}

} // namespace rewindow
