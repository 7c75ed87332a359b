// Reading a store's events, in pages or in bulk.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "base/ordinals.h"
#include "store/event_filter.h"
#include "store/filter/filter_plan.h"
#include "store/log_edge.h"
#include "store/recorded_event.h"

#include <QString>

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace rewindow {

/// Which events, in which order. All bounds hold together; reading is by key, never by offset.
struct EventQuery {
    std::optional<QString> stream;          ///< of one stream: ordered by version
    StreamVersion fromVersion{1};           ///< inclusive; with `stream` only
    std::optional<StreamVersion> toVersion; ///< inclusive; with `stream` only
    GlobalPosition after{0};                ///< exclusive
    std::optional<GlobalPosition> upTo;     ///< inclusive
    EventFilter filter;
    bool newestFirst = false;
    qint64 limit = -1; ///< -1: all
};

/// One stream, as a list shows it.
struct StreamSummary {
    QString stream; ///< its name, verbatim
    QString type;
    QString id;
    qint64 events = 0;
    StreamVersion version; ///< of its last event
    bool operator==(const StreamSummary&) const = default;
};

struct StreamQuery {
    std::optional<QString> type;
    QString containing; ///< part of the name, case-insensitive for ASCII; empty: any
    QString after;      ///< exclusive; streams come in order of their names' bytes
    qint64 limit = -1;
};

struct TypeCount {
    QString type;
    qint64 count = 0;
    bool operator==(const TypeCount&) const = default;
};

struct LogSummary {
    qint64 events = 0;
    qint64 streams = 0;
    GlobalPosition first; ///< 0 when empty
    GlobalPosition head;  ///< of the last event; 0 when empty
    /// No position is missing between first and head, so that a row's position can be reckoned.
    bool gapless() const { return events == head.value() - first.value() + 1; }
};

/// What an index keeps of an event: all but its contents. The texts hold during the visit only.
struct EventHeader {
    GlobalPosition position; ///< 0 where the store has none
    StreamVersion version;
    Timestamp recordedAt;
    std::string_view stream;
    std::string_view type;
    std::string_view category; ///< the stream's type, as StreamSummary tells it
};

/// Reads events through a store's profile. Belongs to the Store's thread. Every call fails with
/// Storage when the database does.
class EventReader {
  public:
    virtual ~EventReader() = default;

    /// Called for each event; returns whether to go on.
    using Visitor = std::function<bool(RecordedEvent&&)>;

    /// Streams through the answer with bounded memory. Cancelling fails with Cancelled.
    virtual Result<void> forEach(const EventQuery& query, const Visitor& visit,
                                 const CancelToken& cancel = {}) = 0;
    using HeaderVisitor = std::function<bool(const EventHeader&)>;
    /// The headers of all events after a position, in the log's order; reads no contents where that
    /// can be helped. Cancelling fails with Cancelled.
    virtual Result<void> forEachHeader(GlobalPosition after, const HeaderVisitor& visit,
                                       const CancelToken& cancel = {});
    /// The answer at once: for pages, and streams known to be short.
    Result<std::vector<RecordedEvent>> read(const EventQuery& query,
                                            const CancelToken& cancel = {});

    virtual Result<std::optional<RecordedEvent>> eventAt(GlobalPosition position) = 0;
    virtual Result<std::optional<RecordedEvent>> eventById(const QString& id) = 0;

    virtual Result<LogSummary> summary(const CancelToken& cancel = {}) = 0;
    virtual Result<GlobalPosition> head() = 0;
    /// Ordered by name's bytes.
    virtual Result<std::vector<StreamSummary>> streams(const StreamQuery& query,
                                                       const CancelToken& cancel = {}) = 0;
    /// One stream, or nothing when it has no event.
    virtual Result<std::optional<StreamSummary>> stream(const QString& name) = 0;
    /// How many streams each aggregate type has, ordered by type.
    virtual Result<std::vector<TypeCount>> streamTypes(const CancelToken& cancel = {}) = 0;
    /// How many events each event type has, most frequent first.
    virtual Result<std::vector<TypeCount>> eventTypes(const CancelToken& cancel = {}) = 0;
    /// The stream's last version at or before `position`; 0 before its first event.
    virtual Result<StreamVersion> versionAt(const QString& stream, GlobalPosition position) = 0;
    /// The positions of rows 0, `step`, 2·`step`, … of the log under `filter`, ascending, and at
    /// the end of it the number of rows; what a table needs to jump anywhere without OFFSET.
    struct PositionSamples {
        std::vector<GlobalPosition> positions;
        qint64 rows = 0;
    };
    virtual Result<PositionSamples> samplePositions(const EventFilter& filter, qint64 step,
                                                    const CancelToken& cancel = {}) = 0;
    /// A number that changes when another connection has changed the database; cheap to poll.
    virtual Result<qint64> dataVersion() = 0;
    /// Waits so long, or until it is told of an append; returns whether it was. That only wakes:
    /// what there is, dataVersion() and the positions tell.
    virtual bool awaitAppend(int milliseconds, const CancelToken& cancel = {});
    /// How the log ended when it was last read, where its positions are committed in any order.
    virtual LogEdge edge() const { return {}; }
    /// What there is beyond the gap that the log ended before, oldest first: others may still come
    /// before these, so that they have no place in the log yet.
    virtual Result<std::vector<RecordedEvent>> provisional(qint64 limit);
    /// Events that have come since this was last asked where the log had gone past a gap; they are
    /// in its answers from now on. Looks no more than twice a second.
    virtual Result<std::vector<RecordedEvent>> late();
    /// How a filter is answered here: which of its words by the database, which event by event.
    virtual FilterPlan filterPlan(const EventFilter& filter) const;
};

} // namespace rewindow
