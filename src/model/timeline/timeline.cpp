// One aggregate's events, and its state at any of their versions.

#include "model/timeline/timeline.h"

#include "model/timeline/timeline_private.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr qint64 kProgressEvery = 2048;

}

Timeline::Private::Private(EventReader& reader, std::shared_ptr<const Domain> itsDomain,
                           const QString& stream, const TimelineLimits& limits)
    : domain(std::move(itsDomain))
    , events(reader, stream, limits.eventBytes)
    , checkpoints(domain->initialState(stream), limits.checkpointBytes, limits.firstInterval)
    , index(std::make_shared<ChangeIndex>(
          ChangeIndex::Budget{.bytes = limits.indexBytes, .looks = limits.indexLooks}))
    , last(checkpoints.before(StreamVersion(0)).state)
    , cursor{.version = StreamVersion(0), .state = last} {}

Result<void> Timeline::Private::readOn(StreamVersion expectedLast, const Progress& progress,
                                       const CancelToken& cancel) {
    Result<void> read = events.readOn(
        [&](RecordedEvent&& event) {
            take(event);
            if (progress && event.version().value() % kProgressEvery == 0)
                progress(event.version(), std::max(event.version(), expectedLast));
            return true;
        },
        cancel);
    if (isLastLost) {
        const Checkpoints::Checkpoint start = checkpoints.before(lastGood());
        Result<Json> good = refold(start.state, start.version, lastGood());
        if (!good)
            return std::unexpected(good.error());
        last = std::move(*good);
        isLastLost = false;
    }
    return read;
}

void Timeline::Private::take(const RecordedEvent& event) {
    positions.push_back(event.position().value());
    times.push_back(event.recordedAt().microseconds());
    auto type = typeNumbers.find(event.type());
    if (type == typeNumbers.end()) {
        type = typeNumbers.emplace(event.type(), static_cast<quint32>(typeNames.size())).first;
        typeNames.push_back(toQString(event.type()));
    }
    types.push_back(type->second);
    if (failure)
        return;

    // Only who compares must hold on to the state before: otherwise evolving works in place.
    const bool isIndexed = index->isOpen();
    Json before = isIndexed ? last : Json();
    Result<Json> after = domain->evolve(std::move(last), event);
    if (!after) {
        failure = EvolveFailure{.version = event.version(), .error = after.error()};
        last = std::move(before);
        isLastLost = !isIndexed;
        return;
    }
    last = std::move(*after);
    if (isIndexed)
        index->record(before, last, event.version());
    checkpoints.offer(event.version(), last);
}

StreamVersion Timeline::Private::lastGood() const {
    return failure ? failure->version.previous() : lastVersion();
}

TimelineEvent Timeline::Private::event(StreamVersion version) const {
    const auto at = static_cast<std::size_t>(version.value() - 1);
    return {.version = version,
            .position = GlobalPosition(positions[at]),
            .recordedAt = Timestamp(times[at]),
            .type = typeNames[types[at]]};
}

SetBy Timeline::Private::setByAt(StreamVersion version) const {
    TimelineEvent at = event(version);
    return {.version = version, .position = at.position, .type = std::move(at.type)};
}

Result<void> Timeline::Private::checkRange(StreamVersion version) const {
    if (version >= StreamVersion(0) && version <= lastVersion())
        return {};
    return fail(
        Error::Kind::Usage,
        QStringLiteral("stream \"%1\" has no version %2").arg(events.stream()).arg(version.value()),
        QStringLiteral("give a version from 0 to %1").arg(lastVersion().value()));
}

Result<Json> Timeline::Private::state(StreamVersion version, const CancelToken& cancel) {
    if (const Result<void> checked = checkRange(version); !checked)
        return std::unexpected(checked.error());
    const StreamVersion wanted = std::min(version, lastGood());
    // From its neighbour even the last state is folded, so that the two share what did not change.
    if (wanted == lastGood() && cursor.version != wanted.previous())
        return last;
    Checkpoints::Checkpoint start = checkpoints.before(wanted);
    if (cursor.version > start.version && cursor.version <= wanted)
        start = {.version = cursor.version, .state = cursor.state};
    Result<Json> folded = refold(std::move(start.state), start.version, wanted, cancel);
    if (!folded)
        return folded;
    cursor = {.version = wanted, .state = *folded};
    if (wanted == lastGood())
        last = *folded;
    return folded;
}

Result<Json> Timeline::Private::refold(Json state, StreamVersion from, StreamVersion to,
                                       const CancelToken& cancel, const Seen& seen) {
    Result<Json> folded = std::move(state);
    if (from >= to)
        return folded;
    const Result<void> read = events.forEach(
        from.next(), to,
        [&](const RecordedEvent& event) {
            folded = domain->evolve(std::move(*folded), event);
            if (folded && seen)
                seen(event, *folded);
            return folded.has_value();
        },
        cancel);
    if (!read)
        return std::unexpected(read.error());
    return folded;
}

Timeline::Timeline(std::unique_ptr<Private> parts) : d(std::move(parts)) {}
Timeline::Timeline(Timeline&&) noexcept = default;
Timeline& Timeline::operator=(Timeline&&) noexcept = default;
Timeline::~Timeline() = default;

Result<Timeline> Timeline::replay(EventReader& reader, std::shared_ptr<const Domain> domain,
                                  const QString& stream, const Progress& progress,
                                  const CancelToken& cancel, TimelineLimits limits) {
    const Result<std::optional<StreamSummary>> summary = reader.stream(stream);
    if (!summary)
        return std::unexpected(summary.error());
    if (!*summary)
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no stream \"%1\" in this store").arg(stream),
                    QStringLiteral("take a name from the list of streams"));
    auto parts = std::make_unique<Private>(reader, std::move(domain), stream, limits);
    if (const Result<void> read = parts->readOn((*summary)->version, progress, cancel); !read)
        return std::unexpected(read.error());
    return Timeline(std::move(parts));
}

const QString& Timeline::stream() const {
    return d->events.stream();
}

const Domain& Timeline::domain() const {
    return *d->domain;
}

StreamVersion Timeline::lastVersion() const {
    return d->lastVersion();
}

StreamVersion Timeline::lastGoodVersion() const {
    return d->lastGood();
}

TimelineEvent Timeline::event(StreamVersion version) const {
    return d->event(version);
}

const std::optional<EvolveFailure>& Timeline::failure() const {
    return d->failure;
}

StreamVersion Timeline::versionAt(GlobalPosition position) const {
    const auto after = std::ranges::upper_bound(d->positions, position.value());
    return StreamVersion(after - d->positions.begin());
}

Result<bool> Timeline::extend(const CancelToken& cancel) {
    const StreamVersion before = lastVersion();
    if (const Result<void> read = d->readOn(before, {}, cancel); !read)
        return std::unexpected(read.error());
    return lastVersion() > before;
}

Result<Json> Timeline::state(StreamVersion version) {
    return d->state(version);
}

std::size_t Timeline::checkpointBytes() const {
    return d->checkpoints.byteSize();
}

int Timeline::checkpointInterval() const {
    return d->checkpoints.interval();
}

} // namespace rewindow
