// A stretch of the log divided among threads, and what they find put together in order.
#pragma once

#include "store/event_reader.h"

#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace rewindow {

/// Whoever is free takes the next part. Members may be called from any thread.
class SampledParts {
  public:
    struct Part {
        qint64 number = 0;
        GlobalPosition first;
        GlobalPosition last;          ///< inclusive
        std::vector<quint32> matches; ///< how far after `first`, ascending
    };
    /// A stretch has at most so many positions.
    static constexpr qint64 kMostPositions = qint64(1) << 32;

    /// `step` as of EventReader::samplePositions().
    SampledParts(GlobalPosition first, GlobalPosition last, qint64 step);

    /// Nothing when all are taken, or once one of them failed.
    std::optional<Part> take();
    /// What was taken, with its matches.
    void giveBack(Part part);
    void fail(const Error& error);

    /// After all parts were given back, the samples; or else the first failure.
    Result<EventReader::PositionSamples> samples();

  private:
    void add(const Part& part);

    const qint64 m_first;
    const qint64 m_last;
    const qint64 m_length; ///< of a part
    const qint64 m_step;

    std::mutex m_mutex;
    qint64 m_taken = 0;
    qint64 m_added = 0;
    std::map<qint64, Part> m_waiting; ///< by number: for those before them
    EventReader::PositionSamples m_samples;
    std::optional<Error> m_error;
};

} // namespace rewindow
