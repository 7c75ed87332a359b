// One aggregate's events, and its state at any of their versions.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "base/json.h"
#include "base/json_patch.h"
#include "base/ordinals.h"
#include "model/domain/domain.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rewindow {

class ChangeIndex;
class EventReader;

/// A version and the event there, without its payload: what a timeline draws.
struct TimelineEvent {
    StreamVersion version;
    GlobalPosition position;
    Timestamp recordedAt;
    QString type;
};

/// The event that gave a value to a place in the state.
struct SetBy {
    StreamVersion version;
    GlobalPosition position;
    QString type;
};

/// One entry of a JSON pointer's history.
struct ValueChange {
    std::string pointer;
    SetBy setBy;
    std::optional<Json> value;    ///< nothing: removed
    std::optional<Json> previous; ///< nothing: was not there
};

/// Evolving stopped here: the event could not be applied. States from this version on are the last
/// good one.
struct EvolveFailure {
    StreamVersion version;
    Error error;
};

struct TimelineLimits {
    std::size_t checkpointBytes = 64u << 20;
    int firstInterval = 64; ///< versions between checkpoints, doubled when the budget is short
    /// What changed when is kept in an index of so many bytes, at the price of so many comparisons
    /// of members; for the versions after that it is looked for again each time.
    std::size_t indexBytes = 128u << 20;
    qint64 indexLooks = 1'000'000'000;
    std::size_t eventBytes = 4u << 20; ///< a stream whose events take no more keeps them in memory
};

/// The events of one stream replayed under one domain, with checkpoints, so that any version is
/// reached by a bounded refold. Belongs to the thread of its EventReader, which must outlive it.
/// Payloads are read again when a refold needs them; kept are a few bytes an event, the checkpoints
/// (within a budget of bytes) and which versions changed which pointer.
class Timeline {
  public:
    using Progress = std::function<void(StreamVersion reached, StreamVersion last)>;

    /// Replays the stream whole. Fails with NotFound for a stream without events, with Cancelled,
    /// and with what the reader fails with; an event that cannot be applied is no failure here.
    static Result<Timeline> replay(EventReader& reader, std::shared_ptr<const Domain> domain,
                                   const QString& stream, const Progress& progress = {},
                                   const CancelToken& cancel = {}, TimelineLimits limits = {});

    Timeline(Timeline&&) noexcept;
    Timeline& operator=(Timeline&&) noexcept;
    ~Timeline();

    const QString& stream() const;
    const Domain& domain() const;
    StreamVersion lastVersion() const;
    TimelineEvent event(StreamVersion version) const; ///< 1 to lastVersion()
    const std::optional<EvolveFailure>& failure() const;
    /// The last version at or before `position`; 0 before the first event.
    StreamVersion versionAt(GlobalPosition position) const;

    /// Takes in what was appended since; returns whether there was anything.
    Result<bool> extend(const CancelToken& cancel = {});

    /// The state at `version`, 0 to lastVersion(). Fails with Usage outside, naming both ends.
    Result<Json> state(StreamVersion version);
    /// What makes state(to) of state(from), as RFC 6902.
    Result<std::vector<JsonPatchOperation>> changes(StreamVersion from, StreamVersion to);
    /// Who gave the value at `pointer` the value it has at `version`: for a leaf, the last version
    /// at or before it where it came to be or changed; for an object or array, where it came to be
    /// or gained or lost a member. Nothing at version 0, or where there is nothing.
    std::optional<SetBy> setBy(std::string_view pointer, StreamVersion version) const;
    /// The same of many places at once, where the index ends before `version`.
    Result<std::vector<std::optional<SetBy>>> setBy(const std::vector<JsonPointer>& pointers,
                                                    StreamVersion version,
                                                    const CancelToken& cancel = {}) const;
    /// Which versions changed what, as far as the index reaches; any thread may ask it.
    std::shared_ptr<const ChangeIndex> index() const;
    /// Later versions have the state of this one; lastVersion() where nothing failed.
    StreamVersion lastGoodVersion() const;
    /// Every change of the value at `pointer` (whole, for an object or array), oldest first.
    Result<std::vector<ValueChange>> history(const JsonPointer& pointer,
                                             const CancelToken& cancel = {});
    /// Those of the versions behind `after`, up to and with `upTo`: a slice of a long history.
    Result<std::vector<ValueChange>> history(const JsonPointer& pointer, StreamVersion after,
                                             StreamVersion upTo, const CancelToken& cancel = {});
    /// Every change of every leaf, in order of version, then of place in the state. Leaves are
    /// scalars, and arrays and objects without members; that one is filled is no change of its own.
    Result<std::vector<ValueChange>> history(const CancelToken& cancel = {});

    std::size_t checkpointBytes() const;
    int checkpointInterval() const;

  private:
    struct Private;
    explicit Timeline(std::unique_ptr<Private>);
    std::unique_ptr<Private> d;
};

} // namespace rewindow
