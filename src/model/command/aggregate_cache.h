// The latest states of the aggregates commands are sent to.
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "base/ordinals.h"
#include "model/domain/domain.h"

#include <QHash>
#include <QString>

#include <memory>
#include <optional>
#include <span>

namespace rewindow {

class EventReader;

/// A state, and the version it is of; version 0 where the stream has no events.
struct AggregateAt {
    StreamVersion version;
    Json state;
};

/// Remembers states, so that a stream is replayed once and then only its new events are read.
/// Belongs to the EventReader's thread.
class AggregateCache {
  public:
    AggregateCache(EventReader& reader, std::shared_ptr<const Domain> domain);

    /// The state after the stream's last event. Fails with BadInput where an event cannot be
    /// applied, and with Storage.
    Result<AggregateAt> latest(const QString& stream);
    /// What is remembered, without a look at the log: others may have appended since.
    std::optional<AggregateAt> remembered(const QString& stream) const;
    /// Takes in events that were just appended to the stream, in order. Of a stream that is not
    /// remembered, or not up to right before them, nothing is remembered after it.
    void take(const QString& stream, std::span<const RecordedEvent> appended);

  private:
    void remember(const QString& stream, const AggregateAt& aggregate);

    EventReader& m_reader;
    std::shared_ptr<const Domain> m_domain;
    QHash<QString, AggregateAt> m_aggregates;
};

} // namespace rewindow
