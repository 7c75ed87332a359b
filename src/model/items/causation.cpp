// Reading a correlation and linking its events.
#include "model/items/causation.h"

#include "base/json.h"
#include "store/store.h"

#include <QHash>

namespace rewindow {

namespace {

using StreamPlace = std::pair<QString, qint64>;

/// In the order they were appended; one that the limit cut off is there all the same.
Result<std::vector<RecordedEvent>> correlated(EventReader& reader, const RecordedEvent& event,
                                              const CancelToken& cancel) {
    EventQuery query;
    query.filter = EventFilter(
        FilterExpression::equals({FilterField::Correlation, {}}, Json(event.correlationId())));
    query.limit = Causation::kMost + 1;
    return reader.read(query, cancel);
}

/// The event and what caused it.
Result<std::vector<RecordedEvent>> withCause(Store& store, const RecordedEvent& event,
                                             const CancelToken& cancel) {
    const auto cause = readCause(store, event, cancel);
    if (!cause)
        return std::unexpected(cause.error());
    std::vector<RecordedEvent> events;
    if (*cause)
        events.push_back(**cause);
    events.push_back(event);
    return events;
}

/// Finds nodes by the names that events give their causes.
class Nodes {
  public:
    explicit Nodes(std::vector<CausationNode>& nodes) : m_nodes(nodes) {}

    void add(const RecordedEvent& event) {
        CausationNode node{.position = event.position(),
                           .version = event.version(),
                           .recordedAt = event.recordedAt(),
                           .id = toQString(event.id()),
                           .type = toQString(event.type()),
                           .stream = toQString(event.stream()),
                           .parent = parentOf(event)};
        const auto index = static_cast<int>(m_nodes.size());
        if (!node.id.isEmpty())
            m_byId.tryEmplace(node.id, index);
        m_byPlace.tryEmplace({node.stream, node.version.value()}, index);
        m_nodes.push_back(std::move(node));
    }

  private:
    template <class Key>
    struct Index : QHash<Key, int> {
        void tryEmplace(const Key& key, int index) {
            if (!this->contains(key))
                this->insert(key, index);
        }
    };

    /// Only what was added before can be the cause, so that no circle comes to be.
    int parentOf(const RecordedEvent& event) const {
        if (!event.causationId().empty())
            return m_byId.value(toQString(event.causationId()), -1);
        if (event.cause())
            return m_byPlace.value({event.cause()->stream, event.cause()->version.value()}, -1);
        return -1;
    }

    std::vector<CausationNode>& m_nodes;
    Index<QString> m_byId;
    Index<StreamPlace> m_byPlace;
};

} // namespace

Result<std::optional<RecordedEvent>> readCause(Store& store, const RecordedEvent& event,
                                               const CancelToken& cancel) {
    if (!event.causationId().empty())
        return event.causationId() == event.id()
                   ? Result<std::optional<RecordedEvent>>(std::nullopt)
                   : store.reader().eventById(toQString(event.causationId()));
    if (!event.cause())
        return std::nullopt;
    EventQuery query;
    query.stream = event.cause()->stream;
    query.fromVersion = event.cause()->version;
    query.toVersion = event.cause()->version;
    auto causes = store.reader().read(query, cancel);
    if (!causes)
        return std::unexpected(causes.error());
    return causes->empty() ? std::nullopt : std::optional(std::move(causes->front()));
}

Result<Causation> readCausation(Store& store, const RecordedEvent& event,
                                const CancelToken& cancel) {
    Causation causation;
    causation.correlationId = toQString(event.correlationId());
    auto events = event.correlationId().empty() ? withCause(store, event, cancel)
                                                : correlated(store.reader(), event, cancel);
    if (!events)
        return std::unexpected(events.error());
    if (events->size() > Causation::kMost) {
        causation.hasMore = true;
        events->resize(Causation::kMost);
    }
    Nodes nodes(causation.nodes);
    for (const RecordedEvent& one : *events)
        nodes.add(one);
    return causation;
}

} // namespace rewindow
