// A replayed stream on its lane, and the questions put to it.

#include "model/session/replay_desk.h"

#include "model/timeline/change_index.h"

#include <QElapsedTimer>

#include <algorithm>
#include <deque>

namespace rewindow {

namespace {

constexpr std::size_t kMostSetters = 50'000;
constexpr qint64 kSlice = 20'000; ///< versions of a history gathered at a time, if not more

/// The places of a state, the upper ones first, up to a number.
std::vector<JsonPointer> placesIn(const Json& state, std::size_t most) {
    std::vector<JsonPointer> places;
    std::deque<std::pair<JsonPointer, const Json*>> left{{JsonPointer(), &state}};
    for (; !left.empty() && places.size() < most; left.pop_front()) {
        const auto& [place, value] = left.front();
        places.push_back(place);
        const std::size_t members = value->isContainer() ? value->size() : 0;
        for (std::size_t i = 0; i < members && places.size() + left.size() < most; ++i) {
            const Json* member = &value->at(i);
            left.emplace_back(value->kind() == Json::Kind::Object
                                  ? left.front().first.child(value->keyAt(i))
                                  : left.front().first.child(i),
                              member);
        }
    }
    return places;
}

} // namespace

Result<ReplayDesk::Answer> ReplayDesk::answer(EventReader& reader, const Wish& wish,
                                              const Timeline::Progress& progress,
                                              const CancelToken& cancel) {
    if (!m_timeline || m_timeline->stream() != wish.stream) {
        if (const Result<void> replayed = replay(reader, wish.stream, progress, cancel); !replayed)
            return std::unexpected(replayed.error());
    } else if (wish.extend) {
        const Result<bool> grown = m_timeline->extend(cancel);
        if (!grown)
            return std::unexpected(grown.error());
        if (*grown)
            outline(m_outline.microseconds);
    }

    const StreamVersion version =
        wish.playhead ? m_timeline->versionAt(*wish.playhead) : m_timeline->lastVersion();
    Result<AggregateState> found = state(version);
    if (!found)
        return std::unexpected(found.error());
    const bool isIndexed = m_timeline->index()->upTo() >= found->folded;
    Answer answer{.outline = {}, .state = std::move(*found), .isIndexed = isIndexed};
    if (answer.isIndexed)
        answer.state.index = m_timeline->index();
    if (m_outline.events.get() != wish.knownEvents)
        answer.outline = m_outline;
    return answer;
}

Result<void> ReplayDesk::replay(EventReader& reader, const QString& stream,
                                const Timeline::Progress& progress, const CancelToken& cancel) {
    QElapsedTimer timer;
    timer.start();
    Result<Timeline> replayed =
        Timeline::replay(reader, m_domain, stream, progress, cancel, m_limits);
    if (!replayed)
        return std::unexpected(replayed.error());
    m_timeline = std::move(*replayed);
    outline(timer.nsecsElapsed() / 1000);
    return {};
}

void ReplayDesk::outline(qint64 microseconds) {
    auto events = std::make_shared<std::vector<TimelineEvent>>();
    events->reserve(static_cast<std::size_t>(m_timeline->lastVersion().value()));
    for (StreamVersion version(1); version <= m_timeline->lastVersion(); version = version.next())
        events->push_back(m_timeline->event(version));
    m_outline = {.stream = m_timeline->stream(),
                 .events = std::move(events),
                 .failure = m_timeline->failure(),
                 .merged = m_domain->merges(),
                 .microseconds = microseconds};
}

Result<AggregateState> ReplayDesk::state(StreamVersion version) {
    AggregateState found;
    found.stream = m_timeline->stream();
    found.version = version;
    found.folded = std::min(version, m_timeline->lastGoodVersion());
    found.events = m_outline.events;
    if (version > StreamVersion(0)) {
        Result<Json> previous = m_timeline->state(version.previous());
        if (!previous)
            return std::unexpected(previous.error());
        found.previous = std::move(*previous);
    }
    Result<Json> state = m_timeline->state(version);
    if (!state)
        return std::unexpected(state.error());
    found.state = std::move(*state);
    if (version > StreamVersion(0))
        found.changes = jsonDiff(found.previous, found.state);
    return found;
}

Result<void> ReplayDesk::checkStream(const QString& stream) const {
    if (m_timeline && m_timeline->stream() == stream)
        return {};
    return fail(Error::Kind::Cancelled,
                QStringLiteral("stream \"%1\" is no longer looked at").arg(stream));
}

Result<ReplayDesk::Setters> ReplayDesk::setters(const QString& stream, StreamVersion version,
                                                const CancelToken& cancel) {
    if (const Result<void> checked = checkStream(stream); !checked)
        return std::unexpected(checked.error());
    const Result<Json> state = m_timeline->state(version);
    if (!state)
        return std::unexpected(state.error());
    const std::vector<JsonPointer> places = placesIn(*state, kMostSetters);
    const auto found = m_timeline->setBy(places, version, cancel);
    if (!found)
        return std::unexpected(found.error());
    Setters setters;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (const std::optional<SetBy>& setter = (*found)[i])
            setters.insert(QByteArray::fromStdString(places[i].toString()), *setter);
    }
    return setters;
}

Result<ReplayDesk::Slice> ReplayDesk::history(const QString& stream, const JsonPointer& pointer,
                                              StreamVersion after, const CancelToken& cancel) {
    if (const Result<void> checked = checkStream(stream); !checked)
        return std::unexpected(checked.error());
    const StreamVersion last = m_timeline->lastVersion();
    const qint64 step = std::max<qint64>(kSlice, 4 * qint64(m_timeline->checkpointInterval()));
    const StreamVersion reached(std::min(last.value(), after.value() + step));
    Result<std::vector<ValueChange>> entries = m_timeline->history(pointer, after, reached, cancel);
    if (!entries)
        return std::unexpected(entries.error());
    return Slice{.entries = std::move(*entries), .reached = reached, .isLast = reached == last};
}

void ReplayDesk::clear() {
    m_timeline.reset();
    m_outline = {};
}

} // namespace rewindow
