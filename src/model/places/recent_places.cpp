// Where a person was, the latest first, from one start to the next.
#include "model/places/recent_places.h"

#include "model/moment/link_text.h"
#include "model/places/place.h"
#include "model/session/session.h"
#include "store/workspace.h"

#include <algorithm>

namespace rewindow {

namespace {

Result<std::vector<RecentPlace>> readRecent(Store& store) {
    const Result<Workspace*> workspace = store.workspace();
    if (!workspace)
        return std::unexpected(workspace.error());
    return (*workspace)->places().recent();
}

Result<void> keepVisit(Store& store, const RecentPlace& place) {
    const Result<Workspace*> workspace = store.workspace();
    if (!workspace)
        return std::unexpected(workspace.error());
    return (*workspace)->places().visit(place);
}

bool isKnown(const std::vector<Moment>& moments, const QString& key) {
    return std::any_of(moments.begin(), moments.end(),
                       [&key](const Moment& known) { return placeKeyOf(known) == key; });
}

} // namespace

RecentPlaces::RecentPlaces(Session& session, std::chrono::milliseconds dwell, QObject* parent)
    : QObject(parent)
    , m_session(session) {
    m_dwell.setSingleShot(true);
    m_dwell.setInterval(dwell);
    connect(&m_dwell, &QTimer::timeout, this, [this] { visit(m_session.moment()); });
}

void RecentPlaces::load() {
    if (std::exchange(m_isLoaded, true))
        return;
    using Recent = std::vector<RecentPlace>;
    m_session.reading().run<Recent>(
        this, [](Store& store, const CancelToken&) { return readRecent(store); },
        [this](Result<Recent> recent) {
            if (!recent)
                return;
            for (const RecentPlace& place : *recent) {
                // What an older program cannot have written any more is no place to offer.
                const auto moment = momentOfLinkText(place.link);
                if (moment && !isKnown(m_moments, placeKeyOf(*moment)))
                    m_moments.push_back(*moment);
            }
            if (m_moments.size() > KeptPlaces::kMostRecent)
                m_moments.resize(KeptPlaces::kMostRecent);
            emit changed();
        });
}

void RecentPlaces::record() {
    connect(&m_session, &Session::momentChanged, this, &RecentPlaces::takeMoment,
            Qt::UniqueConnection);
    takeMoment();
}

void RecentPlaces::takeMoment() {
    m_dwell.start();
}

void RecentPlaces::visit(const Moment& moment) {
    const QString key = placeKeyOf(moment);
    if (key.isEmpty())
        return;
    std::erase_if(m_moments, [&key](const Moment& known) { return placeKeyOf(known) == key; });
    m_moments.insert(m_moments.begin(), moment);
    if (m_moments.size() > KeptPlaces::kMostRecent)
        m_moments.resize(KeptPlaces::kMostRecent);
    // Not to be able to keep it is no reason to interrupt anyone.
    m_session.reading().run<void>(
        this,
        [place = RecentPlace{key, linkTextOf(moment)}](Store& store, const CancelToken&) {
            return keepVisit(store, place);
        },
        [](const Result<void>&) {});
    emit changed();
}

} // namespace rewindow
