// Replaying a stream once, then only what is new in it.
#include "model/command/aggregate_cache.h"

#include "store/event_reader.h"

namespace rewindow {

namespace {

constexpr qsizetype kMostRemembered = 1024;

} // namespace

AggregateCache::AggregateCache(EventReader& reader, std::shared_ptr<const Domain> domain)
    : m_reader(reader)
    , m_domain(std::move(domain)) {}

Result<AggregateAt> AggregateCache::latest(const QString& stream) {
    AggregateAt aggregate = m_aggregates.take(stream);
    if (aggregate.version == StreamVersion(0))
        aggregate.state = m_domain->initialState(stream);
    EventQuery newer;
    newer.stream = stream;
    newer.fromVersion = aggregate.version.next();
    Result<void> evolved;
    const Result<void> read = m_reader.forEach(newer, [&](RecordedEvent&& event) {
        Result<Json> next = m_domain->evolve(std::move(aggregate.state), event);
        if (!next) {
            evolved = std::unexpected(next.error());
            return false;
        }
        aggregate = {event.version(), std::move(*next)};
        return true;
    });
    if (!evolved)
        return std::unexpected(evolved.error());
    if (!read)
        return std::unexpected(read.error());
    remember(stream, aggregate);
    return aggregate;
}

std::optional<AggregateAt> AggregateCache::remembered(const QString& stream) const {
    const auto found = m_aggregates.constFind(stream);
    return found == m_aggregates.cend() ? std::nullopt : std::optional(*found);
}

void AggregateCache::take(const QString& stream, std::span<const RecordedEvent> appended) {
    AggregateAt aggregate = m_aggregates.take(stream);
    if (aggregate.version == StreamVersion(0))
        aggregate.state = m_domain->initialState(stream);
    for (const RecordedEvent& event : appended) {
        if (event.version() != aggregate.version.next())
            return;
        Result<Json> next = m_domain->evolve(std::move(aggregate.state), event);
        if (!next)
            return;
        aggregate = {event.version(), std::move(*next)};
    }
    remember(stream, aggregate);
}

void AggregateCache::remember(const QString& stream, const AggregateAt& aggregate) {
    if (aggregate.version == StreamVersion(0))
        return;
    if (m_aggregates.size() >= kMostRemembered)
        m_aggregates.clear();
    m_aggregates.insert(stream, aggregate);
}

} // namespace rewindow
