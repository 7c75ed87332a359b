// An open store with its domain and the moment that is looked at: what a window shows.

#include "model/session/session.h"

#include "model/session/session_private.h"
#include "model/session/view_states.h"

namespace rewindow {

namespace {

/// Counting the log costs the more the longer it is: it takes at most a tenth of the time.
constexpr int kCountingShare = 10;
constexpr int kRecountMs = 1000;

/// What came of a command, and how the store stands then.
struct Sent {
    CommandOutcome outcome;
    std::optional<StoreStanding> standing;
};

Result<Sent> sendCommand(CommandBus& bus, Store& store, const Domain& domain,
                         const CommandRequest& request) {
    Result<CommandOutcome> outcome = bus.send(request);
    if (!outcome)
        return std::unexpected(outcome.error());
    Sent sent{.outcome = std::move(*outcome), .standing = {}};
    if (std::holds_alternative<CommandAccepted>(sent.outcome)) {
        // The command is in the log; how the store stands can be asked again if this fails.
        if (Result<StoreStanding> standing = readStanding(store, domain))
            sent.standing = std::move(*standing);
    }
    return sent;
}

QString lateSentence(const std::vector<RecordedEvent>& events, const QString& store) {
    QStringList positions;
    for (const RecordedEvent& event : events)
        positions << QString::number(event.position().value());
    return QStringLiteral("in %1, events were committed where the log had gone on without them, "
                          "at %2")
        .arg(store, positions.join(QStringLiteral(", ")));
}

/// The position the playhead must have for `version` to be shown.
Result<GlobalPosition> playheadFor(Store& store, const QString& stream, StreamVersion version) {
    EventQuery query;
    query.stream = stream;
    query.fromVersion = std::max(version, StreamVersion(1));
    query.limit = 1;
    const Result<std::vector<RecordedEvent>> found = store.reader().read(query);
    if (!found)
        return std::unexpected(found.error());
    if (version == StreamVersion(0) && !found->empty())
        return found->front().position().previous();
    if (found->empty() || found->front().version() != version)
        return fail(
            Error::Kind::NotFound,
            QStringLiteral("stream \"%1\" has no version %2").arg(stream).arg(version.value()),
            QStringLiteral("pick one of the versions on its timeline"));
    return found->front().position();
}

} // namespace

StoreLane& Session::Private::writingLane() {
    if (!writing)
        writing = std::make_unique<StoreLane>(url, Store::Access::ReadWrite);
    return *writing;
}

Session::Session(std::unique_ptr<Private> parts) : d(std::move(parts)) {
    d->moment.store = d->url.toString();
    d->history.visit(d->moment);

    d->work = std::make_unique<ViewWork>(
        d->domain, [this]() -> StoreLane& { return d->writingLane(); },
        [this]() -> StoreLane& { return *d->background; });
    d->tail = std::make_unique<StoreTail>(*d->reading, d->domain, d->dataVersion);
    if (d->info.ownSchema && d->info.database == QLatin1String("PostgreSQL")) {
        d->waking = std::make_unique<StoreLane>(d->url, Store::Access::Read);
        d->tail->wakeBy(*d->waking);
    }
    connect(d->work.get(), &ViewWork::changed, d->tail.get(), &StoreTail::refresh);
    connect(d->work.get(), &ViewWork::progress, this, &Session::projectionProgress);
    connect(d->work.get(), &ViewWork::failed, this, &Session::failed);
    connect(d->tail.get(), &StoreTail::changed, this, &Session::take);
    connect(d->tail.get(), &StoreTail::cameLate, this, &Session::takeLate);
    connect(d->tail.get(), &StoreTail::failed, this, &Session::failed);

    for (StoreLane* lane : {d->reading.get(), d->background.get()}) {
        lane->waitForServer();
        connect(lane, &StoreLane::lost, this, &Session::lose);
        connect(lane, &StoreLane::regained, this, [this] {
            if (--d->lostLanes > 0)
                return;
            d->tail->refresh();
            emit staleChanged(false);
        });
    }

    d->recountTimer.setSingleShot(true);
    connect(&d->recountTimer, &QTimer::timeout, this, &Session::recount);
    if (!d->isCounted)
        d->recountTimer.start(0);
    const bool canKeepViews = !d->info.readOnly || !d->info.ownSchema;
    if (canKeepViews && !d->domain->projections().empty())
        d->work->catchUpAll();
}

Session::~Session() = default;

const StoreInfo& Session::info() const {
    return d->info;
}

const std::shared_ptr<const Domain>& Session::domain() const {
    return d->domain;
}

const LogSummary& Session::summary() const {
    return d->summary;
}

bool Session::isStale() const {
    return d->lostLanes > 0;
}

void Session::lose(const Error& error) {
    if (++d->lostLanes > 1)
        return;
    const QPointer<Session> self(this);
    Error told = error;
    told.wayOut =
        QStringLiteral("what is shown is as it was, and goes on by itself when the server "
                       "is back");
    emit failed(told);
    if (self)
        emit staleChanged(true);
}

GlobalPosition Session::playhead() const {
    return d->moment.playhead.value_or(head());
}

const LogEdge& Session::edge() const {
    return d->end.edge;
}

const std::vector<RecordedEvent>& Session::provisional() const {
    return d->end.provisional;
}

const Moment& Session::moment() const {
    return d->moment;
}

void Session::go(Moment moment) {
    d->lookup.cancel();
    visit(std::move(moment));
}

void Session::amend(Moment moment) {
    moment.store = d->url.toString();
    if (moment == d->moment)
        return;
    d->history.amend(moment);
    show(std::move(moment));
}

void Session::visit(Moment moment) {
    moment.store = d->url.toString();
    if (moment == d->moment)
        return;
    d->history.visit(moment);
    show(std::move(moment));
}

void Session::show(Moment moment) {
    const Moment before = std::exchange(d->moment, moment);
    emit momentChanged(moment, before);
}

void Session::setPlayhead(std::optional<GlobalPosition> playhead) {
    Moment moment = d->moment;
    moment.playhead = playhead;
    go(std::move(moment));
}

void Session::selectStream(const QString& stream, std::optional<StreamVersion> version) {
    d->lookup.cancel();
    const auto select = [this, stream](std::optional<GlobalPosition> playhead) {
        Moment moment = d->moment;
        if (moment.stream != stream)
            moment.pointer.clear();
        moment.stream = stream;
        moment.playhead = playhead;
        visit(std::move(moment));
    };
    if (!version)
        return select(d->moment.playhead);
    d->lookup = d->reading->run<GlobalPosition>(
        this,
        [stream, version](Store& store, const CancelToken&) {
            return playheadFor(store, stream, *version);
        },
        [this, select](Result<GlobalPosition> playhead) {
            if (playhead)
                select(*playhead);
            else
                emit failed(playhead.error());
        });
}

void Session::setPage(Page page) {
    Moment moment = d->moment;
    moment.page = page;
    visit(std::move(moment));
}

void Session::setPointer(const QString& pointer) {
    Moment moment = d->moment;
    moment.pointer = pointer;
    visit(std::move(moment));
}

void Session::setRow(const QString& view, const QString& row, const QString& column) {
    Moment moment = d->moment;
    moment.view = view;
    moment.row = row;
    moment.column = column;
    visit(std::move(moment));
}

void Session::back() {
    d->lookup.cancel();
    if (std::optional<Moment> moment = d->history.back())
        show(std::move(*moment));
}

void Session::forward() {
    d->lookup.cancel();
    if (std::optional<Moment> moment = d->history.forward())
        show(std::move(*moment));
}

bool Session::canGoBack() const {
    return d->history.canGoBack();
}

bool Session::canGoForward() const {
    return d->history.canGoForward();
}

StoreLane& Session::reading() {
    return *d->reading;
}

StoreLane& Session::background() {
    return *d->background;
}

bool Session::isQuiet() const {
    return d->reading->pending() == 0 && d->background->pending() == 0 &&
           (!d->writing || d->writing->pending() == 0);
}

void Session::send(const CommandRequest& request, QObject* guard,
                   std::function<void(Result<CommandOutcome>)> done) {
    QPointer<QObject> alive(guard);
    d->writingLane().run<Sent>(
        this,
        [bus = d->bus, domain = d->domain, request](Store& store, const CancelToken&) {
            if (!*bus)
                *bus = std::make_unique<CommandBus>(store, domain);
            return sendCommand(**bus, store, *domain, request);
        },
        [this, alive, request, done = std::move(done)](Result<Sent> sent) {
            const QPointer<Session> self(this);
            Result<CommandOutcome> outcome =
                sent ? Result<CommandOutcome>(std::move(sent->outcome))
                     : Result<CommandOutcome>(std::unexpected(sent.error()));
            if (sent && sent->standing) {
                install(sent->standing->head, sent->standing->views);
                tidyUp();
            }
            if (self)
                emit commandFinished(request, outcome);
            if (alive)
                done(std::move(outcome));
        });
}

void Session::tidyUp() {
    d->writingLane().run<void>(
        this, [](Store& store, const CancelToken&) { return store.checkpoint(); },
        [this](Result<void> moved) {
            if (!moved)
                emit failed(moved.error());
        });
}

void Session::take(const StoreStanding& standing) {
    const QPointer<Session> self(this);
    const bool isAnother = !standing.end.isSame(d->end);
    if (isAnother)
        d->end = standing.end;
    install(standing.head, standing.views);
    if (self && isAnother)
        emit edgeChanged();
}

void Session::takeLate(const std::vector<RecordedEvent>& events) {
    const QPointer<Session> self(this);
    emit cameLate(events);
    if (!self)
        return;
    recount();
    emit failed(Error{Error::Kind::Storage,
                      lateSentence(events, d->info.url.displayName()),
                      {},
                      QStringLiteral("views that were written before lack them until they are "
                                     "rebuilt")});
}

/// Answers of several connections may cross: one that puts the head before the one known counts
/// only when it is repeated.
void Session::install(GlobalPosition head, const std::vector<ViewState>& views) {
    const qint64 added = head.value() - d->summary.head.value();
    if (added < 0 && !std::exchange(d->hasShrunk, true))
        return d->tail->refresh();
    d->hasShrunk = false;
    const bool viewsDiffer = !areSame(views, d->views);
    d->views = views;
    const QPointer<Session> self(this);
    if (added != 0) {
        d->summary.head = head;
        d->summary.events = std::max<qint64>(0, d->summary.events + added);
        if (!d->recountTimer.isActive() && !d->isCounting)
            d->recountTimer.start(kRecountMs);
        emit headChanged(head);
    }
    if (self && viewsDiffer)
        emit viewsChanged();
}

void Session::recount() {
    d->isCounting = true;
    d->countingSince.start();
    d->background->run<LogSummary>(
        this,
        [](Store& store, const CancelToken& cancel) { return store.reader().summary(cancel); },
        [this](Result<LogSummary> summary) {
            d->isCounting = false;
            if (!summary) {
                emit failed(summary.error());
            } else if (summary->head != d->summary.head) {
                const auto took = static_cast<int>(d->countingSince.elapsed());
                d->recountTimer.start(std::max(kRecountMs, took * kCountingShare));
            } else if (summary->events != d->summary.events ||
                       summary->streams != d->summary.streams ||
                       summary->first != d->summary.first) {
                d->summary = *summary;
                emit headChanged(d->summary.head);
            }
        });
}

const std::vector<ViewState>& Session::views() const {
    return d->views;
}

void Session::step(const QString& view) {
    d->work->step(view);
}

void Session::setPaused(const QString& view, bool paused) {
    d->work->setPaused(view, paused);
}

void Session::catchUp(const QString& view) {
    d->work->catchUp(view);
}

void Session::rebuild(const QString& view) {
    d->work->rebuild(view);
}

void Session::audit(const QString& view, QObject* guard,
                    std::function<void(Result<std::vector<Drift>>)> done) {
    d->work->audit(view, guard, std::move(done));
}

void Session::cancelProjectionWork() {
    d->work->cancel();
}

} // namespace rewindow
