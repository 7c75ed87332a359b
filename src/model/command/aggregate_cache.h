// The latest states of the aggregates commands are sent to.
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "base/ordinals.h"
#include "model/domain/domain.h"

#include <QHash>
#include <QString>

#include <memory>

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

  private:
    EventReader& m_reader;
    std::shared_ptr<const Domain> m_domain;
    QHash<QString, AggregateAt> m_aggregates;
};

} // namespace rewindow
