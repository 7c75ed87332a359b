// Checking, deciding, appending, and letting the views follow.
#include "model/command/command_bus.h"

#include "model/command/aggregate_cache.h"
#include "store/event_store.h"
#include "store/store.h"

#include <QRandomGenerator>
#include <QUuid>

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

/// A conflict means another writer got ahead, so somebody always gets on; so many in a row mean
/// that it is time to tell the sender.
constexpr int kMostAttempts = 100;

QString randomUuid() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QString randomAggregateId() {
    return u"%1"_s.arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
}

Json eventMetadata(const CommandRequest& request, int attempt) {
    Json metadata = Json::object({{"command", Json(request.command.name)}});
    for (std::size_t i = 0; i < request.metadata.size(); ++i)
        if (request.metadata.kind() == Json::Kind::Object && request.metadata.keyAt(i) != "command")
            metadata = std::move(metadata).with(request.metadata.keyAt(i), request.metadata.at(i));
    if (attempt > 1)
        metadata = std::move(metadata).with("attempt", Json(attempt));
    return metadata;
}

bool hasAppended(const Result<CommandOutcome>& outcome) {
    const auto* accepted = outcome ? std::get_if<CommandAccepted>(&*outcome) : nullptr;
    return accepted != nullptr && !accepted->events.empty();
}

/// The database failed; the same again would only fail, or wait, again.
bool isOfTheStore(const Result<CommandOutcome>& outcome) {
    return !outcome && (outcome.error().kind == Error::Kind::Storage ||
                        outcome.error().kind == Error::Kind::Unreachable);
}

bool isConflict(const Result<CommandOutcome>& outcome) {
    return outcome && std::holds_alternative<VersionConflict>(*outcome);
}

} // namespace

struct CommandBus::Private {
    Store& store;
    std::shared_ptr<const Domain> domain;
    Sources sources;
    EventStore eventStore;
    AggregateCache aggregates;
    ProjectionRunner runner;
    bool catchesUp = true;
    bool tablesEnsured = false;
    bool viewsFollowed = false; ///< in the transaction of the last append

    Private(Store& of, std::shared_ptr<const Domain> rules, Sources undecided)
        : store(of)
        , domain(std::move(rules))
        , sources(std::move(undecided))
        , eventStore(of)
        , aggregates(of.reader(), domain)
        , runner(of, domain->projections()) {}

    static QString streamOf(const CommandSpec& spec, const QString& id) {
        return spec.aggregateType + u'-' + id;
    }
    Result<const CommandSpec*> specOf(const Command& command) const;
    Result<QString> unusedId(const CommandSpec& spec);
    Result<Command> prepared(const CommandSpec& spec, const Command& command);
    Result<Decision> decide(const Json& state, const Command& command, Timestamp now);
    std::vector<NewEvent> newEvents(const CommandRequest& request, const QString& correlationId,
                                    const std::vector<DecidedEvent>& decided, int attempt,
                                    Timestamp now) const;
    Result<CommandOutcome> tryOnce(const CommandRequest& request, const Command& command,
                                   const QString& stream, const QString& correlationId,
                                   int attempt);
    Result<CommandOutcome> tryOn(const AggregateAt& aggregate, const CommandRequest& request,
                                 const Command& command, const QString& stream,
                                 const QString& correlationId, int attempt);
    Result<void> catchUp(const CommandAccepted& accepted);
};

Result<const CommandSpec*> CommandBus::Private::specOf(const Command& command) const {
    if (const CommandSpec* spec = domain->commandNamed(command.name))
        return spec;
    QStringList names;
    for (const CommandSpec& spec : domain->commands())
        names.append(spec.name);
    return fail(Error::Kind::Usage,
                u"domain %1 knows no command \"%2\""_s.arg(domain->name(), command.name),
                names.isEmpty() ? u"It has no commands; choose another domain"_s
                                : u"It knows %1"_s.arg(names.join(u", "_s)));
}

Result<QString> CommandBus::Private::unusedId(const CommandSpec& spec) {
    for (;;) {
        QString id = sources.aggregateId();
        const Result<AggregateAt> there = aggregates.latest(streamOf(spec, id));
        if (!there)
            return std::unexpected(there.error());
        if (there->version == StreamVersion(0))
            return id;
    }
}

Result<Command> CommandBus::Private::prepared(const CommandSpec& spec, const Command& command) {
    Result<Json> data = checkedCommandData(spec, command.data);
    if (!data)
        return std::unexpected(data.error());
    const std::string idField = spec.idField.toStdString();
    if (data->find(idField))
        return Command{spec.name, std::move(*data)};
    if (!spec.creates)
        return fail(Error::Kind::Usage, u"%1: \"%2\" is missing"_s.arg(spec.name, spec.idField),
                    u"Say which %1 it is for"_s.arg(spec.aggregateType));
    const Result<QString> id = unusedId(spec);
    if (!id)
        return std::unexpected(id.error());
    Json identified = Json::object({{idField, Json(*id)}});
    for (std::size_t i = 0; i < data->size(); ++i)
        identified = std::move(identified).with(data->keyAt(i), data->at(i));
    return Command{spec.name, std::move(identified)};
}

Result<Decision> CommandBus::Private::decide(const Json& state, const Command& command,
                                             Timestamp now) {
    DecideContext context{now, {}};
    for (const QString& stream : domain->lookups(state, command)) {
        Result<AggregateAt> found = aggregates.latest(stream);
        if (!found)
            return std::unexpected(found.error());
        context.lookups[stream] =
            found->version == StreamVersion(0) ? Json() : std::move(found->state);
    }
    return domain->decide(state, command, context);
}

std::vector<NewEvent> CommandBus::Private::newEvents(const CommandRequest& request,
                                                     const QString& correlationId,
                                                     const std::vector<DecidedEvent>& decided,
                                                     int attempt, Timestamp now) const {
    const QByteArray metadata = QByteArray::fromStdString(eventMetadata(request, attempt).dump());
    std::vector<NewEvent> events;
    events.reserve(decided.size());
    for (const DecidedEvent& event : decided)
        events.push_back({sources.eventId(), event.type,
                          QByteArray::fromStdString(event.data.dump()), metadata, correlationId,
                          request.causationId, now});
    return events;
}

/// A VersionConflict where none was fixed means that another writer came between.
Result<CommandOutcome> CommandBus::Private::tryOnce(const CommandRequest& request,
                                                    const Command& command, const QString& stream,
                                                    const QString& correlationId, int attempt) {
    // What is remembered may be behind the log. An append does not mind, it compares versions; any
    // other answer is given from what the log says.
    const auto known = attempt == 1 ? aggregates.remembered(stream) : std::nullopt;
    if (known && request.expected.value_or(known->version) == known->version)
        if (auto outcome = tryOn(*known, request, command, stream, correlationId, attempt);
            hasAppended(outcome) || isConflict(outcome) || isOfTheStore(outcome))
            return outcome;
    const Result<AggregateAt> latest = aggregates.latest(stream);
    if (!latest)
        return std::unexpected(latest.error());
    return tryOn(*latest, request, command, stream, correlationId, attempt);
}

Result<CommandOutcome> CommandBus::Private::tryOn(const AggregateAt& aggregate,
                                                  const CommandRequest& request,
                                                  const Command& command, const QString& stream,
                                                  const QString& correlationId, int attempt) {
    if (request.expected && *request.expected != aggregate.version)
        return VersionConflict{*request.expected, aggregate.version};
    const Timestamp now = sources.now();
    const Result<Decision> decision = decide(aggregate.state, command, now);
    if (!decision)
        return std::unexpected(decision.error());
    if (const auto* rejection = std::get_if<Rejection>(&*decision))
        return CommandRejected{stream, rejection->reason};
    const auto& decided = std::get<std::vector<DecidedEvent>>(*decision);
    CommandAccepted accepted{stream, aggregate.version, {}, {}, attempt};
    if (decided.empty())
        return accepted;
    accepted.events = newEvents(request, correlationId, decided, attempt, now);
    viewsFollowed = false;
    std::vector<RecordedEvent> recorded;
    const auto along = [&](std::span<const RecordedEvent> appended) {
        recorded.assign(appended.begin(), appended.end());
        viewsFollowed = catchesUp && runner.foldAlong(appended);
    };
    const Result<AppendOutcome> outcome = eventStore.append(
        stream, ExpectedVersion::exactly(aggregate.version), accepted.events, along);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (const auto* conflict = std::get_if<VersionConflict>(&*outcome))
        return *conflict;
    if (const auto* conflict = std::get_if<IdConflict>(&*outcome))
        return fail(Error::Kind::Storage,
                    u"an event %1 with another body is in the store already"_s.arg(conflict->id),
                    u"Send the command again"_s);
    aggregates.take(stream, recorded);
    const Appended& appended = std::get<Appended>(*outcome);
    accepted.version = appended.version;
    accepted.position = appended.position;
    return accepted;
}

Result<void> CommandBus::Private::catchUp(const CommandAccepted& accepted) {
    Result<void> outcome;
    if (!tablesEnsured)
        outcome = runner.ensureTables();
    tablesEnsured = outcome.has_value();
    if (outcome)
        outcome = runner.catchUp();
    if (outcome)
        outcome = store.checkpoint();
    if (!outcome)
        return fail(
            Error::Kind::Storage,
            u"the command was accepted and %1 is at version %2, but the views did not "
            "follow: %3"_s.arg(accepted.stream, QString::number(accepted.version.value()),
                               outcome.error().sentence()),
            u"Do not send it again; bring the views up to date with \"rewindow project\""_s);
    return {};
}

CommandBus::Sources CommandBus::systemSources() {
    return {&Timestamp::now, &randomUuid, &randomAggregateId};
}

CommandBus::CommandBus(Store& store, std::shared_ptr<const Domain> domain, Sources sources)
    : d(std::make_unique<Private>(store, std::move(domain), std::move(sources))) {}

CommandBus::~CommandBus() = default;

void CommandBus::setCatchesUp(bool catchesUp) {
    d->catchesUp = catchesUp;
}

Result<CommandOutcome> CommandBus::send(const CommandRequest& request) {
    if (const Result<EventWriter*> writer = d->store.writer(); !writer)
        return std::unexpected(writer.error());
    const Result<const CommandSpec*> spec = d->specOf(request.command);
    if (!spec)
        return std::unexpected(spec.error());
    const Result<Command> command = d->prepared(**spec, request.command);
    if (!command)
        return std::unexpected(command.error());
    const QString id = command->data[(*spec)->idField.toStdString()].toQString();
    const QString stream = Private::streamOf(**spec, id);
    const QString correlationId =
        request.correlationId.isEmpty() ? d->sources.eventId() : request.correlationId;

    Result<CommandOutcome> outcome = d->tryOnce(request, *command, stream, correlationId, 1);
    for (int attempt = 2; attempt <= kMostAttempts && !request.expected && isConflict(outcome);
         ++attempt)
        outcome = d->tryOnce(request, *command, stream, correlationId, attempt);
    if (!outcome)
        return outcome;
    if (hasAppended(outcome) && d->catchesUp && !d->viewsFollowed)
        if (const auto followed = d->catchUp(std::get<CommandAccepted>(*outcome)); !followed)
            return std::unexpected(followed.error());
    return outcome;
}

} // namespace rewindow
