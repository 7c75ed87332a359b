// The aggregate the moment looks at, replayed in the background.
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "model/timeline/timeline.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace rewindow {

class ChangeIndex;
class Session;

/// What a timeline draws: every event of the stream, without payloads. Immutable, cheap to copy.
struct AggregateOutline {
    QString stream;
    std::shared_ptr<const std::vector<TimelineEvent>> events; ///< event of version v at index v - 1
    std::optional<EvolveFailure> failure;
    bool merged = false;     ///< states are merged payloads, not the system's own
    qint64 microseconds = 0; ///< the replay took

    StreamVersion lastVersion() const {
        return StreamVersion(events ? static_cast<qint64>(events->size()) : 0);
    }
    /// The last version at or before `position`.
    StreamVersion versionAt(GlobalPosition position) const;
    /// Of that version's event; of version 0 before the first. What lies beyond an end is that end.
    /// Only of an outline with events.
    GlobalPosition positionOf(StreamVersion version) const;
};

/// A state with what changed in it. Immutable, cheap to copy.
struct AggregateState {
    QString stream;
    StreamVersion version;
    Json state;
    Json previous;                           ///< the state one version before; null at version 0
    std::vector<JsonPatchOperation> changes; ///< from previous to state
    std::optional<SetBy> setBy(std::string_view pointer) const; ///< as Timeline::setBy()

    /// By pointer; they take precedence over `index`.
    std::shared_ptr<const QHash<QByteArray, SetBy>> setters;
    /// Which versions changed what; with `events`, that is who set what. Where a stream is too much
    /// for its index there is none, and `setters` arrive later, with another stateChanged().
    std::shared_ptr<const ChangeIndex> index;
    std::shared_ptr<const std::vector<TimelineEvent>> events;
    StreamVersion folded; ///< the last version that could be applied, at or before `version`
};

/// Follows the session's moment: replays a stream when it is looked at, takes in events appended to
/// it, answers the state wherever the playhead moves (the latest wish wins). Lives on the UI
/// thread.
class AggregateReplay : public QObject {
    Q_OBJECT

  public:
    explicit AggregateReplay(Session& session, QObject* parent = nullptr);
    ~AggregateReplay() override;

    const AggregateOutline& outline() const; ///< of the stream last replayed; may be empty
    const AggregateState& state() const;     ///< last computed
    StreamVersion version() const;           ///< the moment's, by the outline
    bool isReplaying() const;

    /// Moves the session's playhead to that version's event; 0 goes before the first event. What
    /// lies beyond an end goes to that end.
    void goToVersion(StreamVersion version);
    /// Gives up a replay; it is tried again when its stream is looked at anew.
    void cancel();

    /// The history of one place in the state, for "who set this". Gathered in slices, so that the
    /// playhead can be moved meanwhile. Fails with Cancelled when another stream is looked at.
    void history(const JsonPointer& pointer, QObject* guard,
                 std::function<void(Result<std::vector<ValueChange>>)> done);

  signals:
    void outlineChanged(); ///< another stream, or events were added
    void stateChanged();
    void progress(qint64 reached, qint64 total); ///< of a replay that takes longer
    void failed(const rewindow::Error& error);

  private:
    struct Gathering;
    void wish();
    void ask();
    void abandon();
    void forgive();
    void giveUp(const QString& stream, const Error& error);
    void show(std::optional<AggregateOutline> outline, AggregateState state);
    void lookForSetters();
    void gather(std::shared_ptr<Gathering> gathering);
    Timeline::Progress reporter();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace rewindow
