// What a system's events mean: the aggregates, commands, events and projections of one system.
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "base/timestamp.h"
#include "store/recorded_event.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace rewindow {

class Projection;

/// One input of a command, from which forms and the command line are made.
struct CommandField {
    enum class Type {
        Text,
        Integer,
        Money,     ///< integer minor units; forms take "12.50"
        Choice,    ///< one of `choices`
        Reference, ///< the id of an aggregate of type `aggregateType`
    };
    QString name;
    QString label; ///< for people
    Type type = Type::Text;
    bool required = true;
    std::optional<qint64> minimum; ///< of Integer and Money
    QStringList choices;
    QString aggregateType;
    QString help;
};

/// A command a domain understands.
struct CommandSpec {
    QString name;                     ///< "PayOrder"
    QString aggregateType;            ///< "order"
    QString idField;                  ///< the field that holds the aggregate's id: "orderId"
    bool creates = false;             ///< starts a stream; an absent id is made up
    std::vector<CommandField> fields; ///< the id field among them
    QString help;
};

struct Command {
    QString name;
    Json data; ///< an object; checked against the spec by the command bus
};

/// An event decide() wants appended; the command bus adds ids, time and metadata.
struct DecidedEvent {
    QString type;
    Json data;
};

/// The business says no.
struct Rejection {
    QString reason; ///< a sentence: "Order 7f3a9c12 is not paid yet."
    bool operator==(const Rejection&) const = default;
};

/// Accepted with these events (maybe none: nothing to do), or rejected.
using Decision = std::variant<std::vector<DecidedEvent>, Rejection>;

/// All that decide() may know besides state and command, so that it stays pure.
struct DecideContext {
    Timestamp now;
    /// States of the streams lookups() named; null: no such stream.
    std::map<QString, Json> lookups;
};

/// One system's rules. Stateless and pure: any thread may use it, no call reads a clock or a store.
class Domain {
  public:
    virtual ~Domain() = default;

    virtual QString name() const = 0; ///< "order", "merge"
    /// States made by merging payloads are labelled so, never passed off as the system's own.
    virtual bool merges() const { return false; }

    /// The state at version 0.
    virtual Json initialState(const QString& stream) const = 0;
    /// Applies one event. Works in place where it can: pass the state as an rvalue. Fails with
    /// BadInput when the event cannot be understood.
    virtual Result<Json> evolve(Json state, const RecordedEvent& event) const = 0;

    virtual std::span<const CommandSpec> commands() const { return {}; }
    /// Streams whose states decide() needs beside its own.
    virtual QStringList lookups(const Json& state, const Command& command) const;
    /// `command` has passed its spec; its id field is filled.
    virtual Decision decide(const Json& state, const Command& command,
                            const DecideContext& context) const;

    virtual std::vector<std::shared_ptr<const Projection>> projections() const { return {}; }

    /// The spec named `command`, or nullptr.
    const CommandSpec* commandNamed(const QString& command) const;
};

/// A built-in domain by name. Fails with NotFound, naming those there are.
Result<std::shared_ptr<const Domain>> domainNamed(const QString& name);
QStringList domainNames();

} // namespace rewindow
