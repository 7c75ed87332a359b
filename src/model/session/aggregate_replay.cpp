// The aggregate the moment looks at, replayed in the background.

#include "model/session/aggregate_replay.h"

#include "base/post_to.h"
#include "model/session/replay_desk.h"
#include "model/session/session.h"
#include "model/timeline/change_index.h"

#include <QElapsedTimer>

#include <algorithm>

namespace rewindow {

namespace {

constexpr qint64 kQuietMs = 200; ///< a replay that takes no longer shows no progress
constexpr qint64 kReportMs = 50;

} // namespace

StreamVersion AggregateOutline::versionAt(GlobalPosition position) const {
    if (!events)
        return StreamVersion(0);
    const auto after = std::ranges::upper_bound(*events, position, {}, &TimelineEvent::position);
    return StreamVersion(after - events->begin());
}

std::optional<SetBy> AggregateState::setBy(std::string_view pointer) const {
    if (setters) {
        const auto known = setters->constFind(
            QByteArray::fromRawData(pointer.data(), static_cast<qsizetype>(pointer.size())));
        if (known != setters->cend())
            return *known;
    }
    if (!index || !events)
        return std::nullopt;
    const auto change = index->lastChange(pointer, folded);
    if (!change || !change->present)
        return std::nullopt;
    const TimelineEvent& event = (*events)[static_cast<std::size_t>(change->version.value() - 1)];
    return SetBy{.version = event.version, .position = event.position, .type = event.type};
}

/// One question is on its way at a time; while it is, only the newest wish is remembered.
struct AggregateReplay::Private {
    Session& session;
    std::shared_ptr<ReplayDesk> desk; ///< of the lane's thread
    AggregateOutline outline;
    AggregateState state;

    QString asked; ///< stream of the question that is on its way; empty: none is
    CancelToken asking;
    bool isReplaying = false;
    bool isWishNewer = false;
    bool isDeskUsed = false;
    bool mayHaveGrown = false; ///< since the last question
    CancelToken lookingForSetters;

    QString givenUp; ///< stream whose replay failed or was cancelled
    std::optional<Error> failure;

    std::unique_ptr<StoreLane> lane; ///< last, so that it goes first: its jobs report to the above
};

AggregateReplay::AggregateReplay(Session& session, QObject* parent)
    : QObject(parent)
    , d(new Private{.session = session,
                    .desk = std::make_shared<ReplayDesk>(session.domain()),
                    .outline = {},
                    .state = {},
                    .asked = {},
                    .asking = {},
                    .lookingForSetters = {},
                    .givenUp = {},
                    .failure = {},
                    .lane = std::make_unique<StoreLane>(session.info().url, Store::Access::Read)}) {
    d->lane->waitForServer();
    connect(&session, &Session::momentChanged, this, [this](const Moment& now, const Moment& was) {
        if (now.stream != was.stream)
            forgive();
        if (now.stream != was.stream || now.playhead != was.playhead)
            wish();
    });
    connect(&session, &Session::headChanged, this, [this] {
        d->mayHaveGrown = true;
        // What was not there may be there now; what was cancelled stays cancelled.
        if (d->failure && d->failure->kind != Error::Kind::Cancelled)
            d->givenUp.clear();
        wish();
    });
    wish();
}

AggregateReplay::~AggregateReplay() = default;

const AggregateOutline& AggregateReplay::outline() const {
    return d->outline;
}

const AggregateState& AggregateReplay::state() const {
    return d->state;
}

StreamVersion AggregateReplay::version() const {
    const Moment& moment = d->session.moment();
    if (d->outline.stream != moment.stream)
        return StreamVersion(0);
    return moment.playhead ? d->outline.versionAt(*moment.playhead) : d->outline.lastVersion();
}

bool AggregateReplay::isReplaying() const {
    return d->isReplaying;
}

GlobalPosition AggregateOutline::positionOf(StreamVersion version) const {
    const StreamVersion within = std::clamp(version, StreamVersion(0), lastVersion());
    return within == StreamVersion(0)
               ? events->front().position.previous()
               : (*events)[static_cast<std::size_t>(within.value() - 1)].position;
}

void AggregateReplay::goToVersion(StreamVersion version) {
    const QString& stream = d->session.moment().stream;
    if (d->outline.stream != stream || !d->outline.events) {
        if (!stream.isEmpty())
            d->session.selectStream(stream, version);
        return;
    }
    d->session.setPlayhead(d->outline.positionOf(version));
}

void AggregateReplay::cancel() {
    if (!d->isReplaying)
        return;
    const QString stream = d->asked;
    abandon();
    giveUp(stream, {.kind = Error::Kind::Cancelled,
                    .what = tr("replaying \"%1\" was cancelled").arg(stream),
                    .where = {},
                    .wayOut = tr("select it again to replay it")});
}

void AggregateReplay::forgive() {
    d->givenUp.clear();
    d->failure.reset();
}

void AggregateReplay::abandon() {
    d->asking.cancel();
    d->asked.clear();
    d->isReplaying = false;
    d->isWishNewer = false;
    d->mayHaveGrown = true;
}

void AggregateReplay::giveUp(const QString& stream, const Error& error) {
    d->givenUp = stream;
    const bool isNews = d->failure != error;
    d->failure = error;
    if (d->outline.stream != stream)
        show(AggregateOutline(), AggregateState());
    if (isNews)
        emit failed(error);
}

void AggregateReplay::wish() {
    const QString& stream = d->session.moment().stream;
    if (!d->asked.isEmpty()) {
        if (d->asked == stream) {
            d->isWishNewer = true;
            return;
        }
        abandon();
    }
    d->lookingForSetters.cancel();
    if (!stream.isEmpty()) {
        if (stream != d->givenUp)
            ask();
        return;
    }
    if (std::exchange(d->isDeskUsed, false)) {
        d->lane->run<void>(
            this,
            [desk = d->desk](Store&, const CancelToken&) {
                desk->clear();
                return Result<void>();
            },
            [](const Result<void>&) {});
    }
    show(AggregateOutline(), AggregateState());
}

void AggregateReplay::ask() {
    const Moment& moment = d->session.moment();
    d->asked = moment.stream;
    d->isDeskUsed = true;
    d->isWishNewer = false;
    d->isReplaying = d->outline.stream != moment.stream;
    const ReplayDesk::Wish question{.stream = moment.stream,
                                    .playhead = moment.playhead,
                                    .extend = std::exchange(d->mayHaveGrown, false),
                                    .knownEvents = d->outline.events.get()};
    d->asking = d->lane->run<ReplayDesk::Answer>(
        this,
        [this, desk = d->desk, question](Store& store, const CancelToken& cancel) {
            return desk->answer(store.reader(), question, reporter(), cancel);
        },
        [this, stream = moment.stream](Result<ReplayDesk::Answer> answer) {
            d->asked.clear();
            d->isReplaying = false;
            if (!answer)
                return giveUp(stream, answer.error());
            forgive();
            const bool isIndexed = answer->isIndexed;
            const QPointer<AggregateReplay> self(this);
            show(std::move(answer->outline), std::move(answer->state));
            if (!self || !d->asked.isEmpty())
                return;
            if (std::exchange(d->isWishNewer, false))
                wish();
            else if (!isIndexed)
                lookForSetters();
        });
}

void AggregateReplay::show(std::optional<AggregateOutline> outline, AggregateState state) {
    const bool isOutlineNew =
        outline && (outline->events != d->outline.events || outline->stream != d->outline.stream);
    const bool isStateNew = state.stream != d->state.stream || state.version != d->state.version;
    if (isOutlineNew)
        d->outline = std::move(*outline);
    if (isStateNew)
        d->state = std::move(state);
    const QPointer<AggregateReplay> self(this);
    if (isOutlineNew)
        emit outlineChanged();
    if (self && isStateNew)
        emit stateChanged();
}

/// The state is shown already; who set what in it takes longer to find without an index.
void AggregateReplay::lookForSetters() {
    using Setters = ReplayDesk::Setters;
    d->lookingForSetters = d->lane->run<Setters>(
        this,
        [desk = d->desk, stream = d->state.stream, version = d->state.version](
            Store&, const CancelToken& cancel) { return desk->setters(stream, version, cancel); },
        [this](Result<Setters> setters) {
            if (!setters) {
                emit failed(setters.error());
                return;
            }
            d->state.setters = std::make_shared<const Setters>(std::move(*setters));
            emit stateChanged();
        });
}

/// Runs on the lane, which does not outlive this.
Timeline::Progress AggregateReplay::reporter() {
    QElapsedTimer sinceStart;
    sinceStart.start();
    return [this, sinceStart, nextReport = kQuietMs](StreamVersion reached,
                                                     StreamVersion last) mutable {
        if (sinceStart.elapsed() < nextReport)
            return;
        nextReport = sinceStart.elapsed() + kReportMs;
        postTo(this, [this, reached, last] {
            if (d->isReplaying)
                emit progress(reached.value(), last.value());
        });
    };
}

/// A history under way.
struct AggregateReplay::Gathering {
    QString stream;
    JsonPointer pointer;
    QPointer<QObject> guard;
    std::function<void(Result<std::vector<ValueChange>>)> done;
    std::vector<ValueChange> entries;
    StreamVersion reached;
};

void AggregateReplay::history(const JsonPointer& pointer, QObject* guard,
                              std::function<void(Result<std::vector<ValueChange>>)> done) {
    gather(std::make_shared<Gathering>(Gathering{.stream = d->session.moment().stream,
                                                 .pointer = pointer,
                                                 .guard = guard,
                                                 .done = std::move(done),
                                                 .entries = {},
                                                 .reached = {}}));
}

void AggregateReplay::gather(std::shared_ptr<Gathering> gathering) {
    d->lane->run<ReplayDesk::Slice>(
        this,
        [desk = d->desk, stream = gathering->stream, pointer = gathering->pointer,
         after = gathering->reached](Store&, const CancelToken& cancel) {
            return desk->history(stream, pointer, after, cancel);
        },
        [this, gathering](Result<ReplayDesk::Slice> slice) {
            if (!gathering->guard)
                return;
            if (!slice)
                return gathering->done(std::unexpected(slice.error()));
            std::ranges::move(slice->entries, std::back_inserter(gathering->entries));
            gathering->reached = slice->reached;
            if (slice->isLast)
                gathering->done(std::move(gathering->entries));
            else
                gather(gathering);
        });
}

} // namespace rewindow
