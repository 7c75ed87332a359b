// What a Timeline holds: for the files of this folder alone.
#pragma once

#include "model/timeline/change_index.h"
#include "model/timeline/checkpoints.h"
#include "model/timeline/stream_events.h"
#include "model/timeline/timeline.h"

#include <map>
#include <string>
#include <vector>

namespace rewindow {

struct Timeline::Private {
    Private(EventReader& reader, std::shared_ptr<const Domain> itsDomain, const QString& stream,
            const TimelineLimits& limits);

    /// Takes in what the store has behind lastVersion().
    Result<void> readOn(StreamVersion expectedLast, const Progress& progress,
                        const CancelToken& cancel);
    void take(const RecordedEvent& event);
    /// How far states go: failure or end.
    StreamVersion lastGood() const;
    StreamVersion lastVersion() const {
        return StreamVersion(static_cast<qint64>(positions.size()));
    }
    TimelineEvent event(StreamVersion version) const;
    SetBy setByAt(StreamVersion version) const;
    Result<void> checkRange(StreamVersion version) const;

    Result<Json> state(StreamVersion version, const CancelToken& cancel = {});
    /// Called with each event and the state it led to.
    using Seen = std::function<void(const RecordedEvent& event, const Json& after)>;
    /// `state`, which is of version `from`, evolved to version `to`.
    Result<Json> refold(Json state, StreamVersion from, StreamVersion to,
                        const CancelToken& cancel = {}, const Seen& seen = {});
    /// The last changes of places at or before `version`, those that the index does not know found
    /// by folding again, checkpoint by checkpoint, from the newest on.
    Result<std::vector<std::optional<ChangeIndex::Change>>>
    lastChanges(const std::vector<JsonPointer>& pointers, StreamVersion version,
                const CancelToken& cancel);

    std::shared_ptr<const Domain> domain;
    StreamEvents events;
    std::vector<qint64> positions; ///< of version v at v - 1, as are times and types
    std::vector<qint64> times;
    std::vector<quint32> types;
    std::vector<QString> typeNames;
    std::map<std::string, quint32, std::less<>> typeNumbers;

    Checkpoints checkpoints;
    std::shared_ptr<ChangeIndex> index;
    std::optional<EvolveFailure> failure;
    Json last;               ///< of lastGood()
    bool isLastLost = false; ///< evolving in place failed; it must be folded again

    struct Known {
        StreamVersion version;
        Json state;
    };
    Known cursor; ///< asked for last; the next one asked for is often behind it
};

} // namespace rewindow
