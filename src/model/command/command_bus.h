// The one way a command goes: form or terminal → decide → append → projections.
#pragma once

#include "base/error.h"
#include "model/domain/domain.h"
#include "model/projection/projection_runner.h"
#include "store/event_writer.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace rewindow {

class Store;

/// A command to be sent, with its circumstances.
struct CommandRequest {
    Command command;
    /// Fixed: the version the sender decided on. Nothing: whatever the stream is at (auto), decided
    /// again when another writer came between.
    std::optional<StreamVersion> expected;
    QString correlationId; ///< empty: a new one
    QString causationId;   ///< the id of what caused it; empty: nothing did
    Json metadata;         ///< an object, or null; "command" is added
};

struct CommandAccepted {
    QString stream;
    StreamVersion version;   ///< of the stream now
    GlobalPosition position; ///< of the last event; 0 when there was nothing to do
    std::vector<NewEvent> events;
    int attempts = 1; ///< above 1: conflicts were retried
    bool operator==(const CommandAccepted&) const = default;
};
struct CommandRejected {
    QString stream;
    QString reason;
    bool operator==(const CommandRejected&) const = default;
};
using CommandOutcome = std::variant<CommandAccepted, CommandRejected, VersionConflict>;

/// Sends commands to a store's aggregates. Belongs to the Store's thread.
class CommandBus {
  public:
    /// Sources of what is not decided: replaceable, so that a demo and a test can be repeated.
    struct Sources {
        std::function<Timestamp()> now;
        std::function<QString()> eventId;     ///< a UUID
        std::function<QString()> aggregateId; ///< a short id no stream uses yet
    };
    static Sources systemSources();

    CommandBus(Store& store, std::shared_ptr<const Domain> domain,
               Sources sources = systemSources());
    ~CommandBus();

    /// When this returns CommandAccepted its events are on disk and the views that are not paused
    /// have them. Fails with Usage for an unknown command, or a missing or mistyped field (naming
    /// it), with ReadOnly, and with Storage.
    Result<CommandOutcome> send(const CommandRequest& request);

    /// Off: appends only; the caller catches the views up.
    void setCatchesUp(bool catchesUp);

  private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Checks `data` against `spec` and returns its fields in the spec's order, texts that hold a
/// number taken for one where the field is Integer or Money, fields that are null or blank left
/// out. Fails with Usage, naming every field that is missing, mistyped or unknown.
Result<Json> checkedCommandData(const CommandSpec& spec, const Json& data);

} // namespace rewindow
