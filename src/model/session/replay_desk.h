// A replayed stream on its lane, and the questions put to it.
#pragma once

#include "model/session/aggregate_replay.h"
#include "store/event_reader.h"

namespace rewindow {

/// Belongs to the lane's thread: the timeline of the stream looked at last.
class ReplayDesk {
  public:
    explicit ReplayDesk(std::shared_ptr<const Domain> domain, TimelineLimits limits = {})
        : m_domain(std::move(domain))
        , m_limits(limits) {}

    struct Wish {
        QString stream;
        std::optional<GlobalPosition> playhead; ///< nothing: live
        bool extend = false;                    ///< events may have been appended
        const void* knownEvents = nullptr;      ///< of the outline the asker has
    };
    struct Answer {
        std::optional<AggregateOutline> outline; ///< where the asker has another
        AggregateState state;
        bool isIndexed = true; ///< false: setters must be looked for
    };
    Result<Answer> answer(EventReader& reader, const Wish& wish, const Timeline::Progress& progress,
                          const CancelToken& cancel);

    using Setters = QHash<QByteArray, SetBy>;
    /// Of the places of the state at `version`, of the first 50,000 where there are more.
    Result<Setters> setters(const QString& stream, StreamVersion version,
                            const CancelToken& cancel);

    struct Slice {
        std::vector<ValueChange> entries;
        StreamVersion reached;
        bool isLast = false;
    };
    /// A place's history behind version `after`, as far as it can be had in a moment.
    Result<Slice> history(const QString& stream, const JsonPointer& pointer, StreamVersion after,
                          const CancelToken& cancel);

    /// Forgets the timeline.
    void clear();

  private:
    Result<void> replay(EventReader& reader, const QString& stream,
                        const Timeline::Progress& progress, const CancelToken& cancel);
    void outline(qint64 microseconds);
    Result<AggregateState> state(StreamVersion version);
    Result<void> checkStream(const QString& stream) const;

    std::shared_ptr<const Domain> m_domain;
    TimelineLimits m_limits;
    std::optional<Timeline> m_timeline;
    AggregateOutline m_outline;
};

} // namespace rewindow
