// What caused what: the events of one correlation, each under the event that caused it.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "base/ordinals.h"
#include "base/timestamp.h"
#include "store/recorded_event.h"

#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

class Store;

/// One event of a correlation.
struct CausationNode {
    GlobalPosition position;
    StreamVersion version;
    Timestamp recordedAt;
    QString id;
    QString type;
    QString stream;
    int parent = -1; ///< the node that caused it, always one before it; -1: none of these did
};

/// A forest, parents before children, siblings in the log's order.
struct Causation {
    /// More events than these are not read.
    static constexpr int kMost = 5000;

    QString correlationId;
    std::vector<CausationNode> nodes;
    bool hasMore = false; ///< there were more than kMost
};

/// What caused `event`, by the id it names or by stream and version; nothing where it names none,
/// or the store does not have it. Fails as the reader does.
Result<std::optional<RecordedEvent>> readCause(Store& store, const RecordedEvent& event,
                                               const CancelToken& cancel);

/// The events that share `event`'s correlation id, by the ids they name as their causes, or by
/// stream and version where the store names causes so. An event without a correlation id stands
/// alone with the event that caused it, if the store has it, above it. A cause that names itself,
/// or one that comes later, is no cause. Fails with Cancelled, or as the reader does.
Result<Causation> readCausation(Store& store, const RecordedEvent& event,
                                const CancelToken& cancel);

} // namespace rewindow
