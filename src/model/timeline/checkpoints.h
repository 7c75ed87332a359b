// States kept at regular versions, within a budget of bytes.
#pragma once

#include "base/json.h"
#include "base/ordinals.h"

#include <cstddef>
#include <vector>

namespace rewindow {

/// The state at version 0 and at every interval() versions from there. A state counts with what it
/// does not share with the one before it. When that is more than the budget, every other state is
/// dropped and the interval doubles; the state at version 0 stays.
class Checkpoints {
  public:
    Checkpoints(Json initial, std::size_t budget, int interval);

    /// Keeps the state if `version`, which is the next one, is due.
    void offer(StreamVersion version, const Json& state);

    struct Checkpoint {
        StreamVersion version;
        Json state;
    };
    /// The last one at or before `version`.
    Checkpoint before(StreamVersion version) const;
    int interval() const { return m_interval; }
    std::size_t byteSize() const;

  private:
    void thin();

    struct Kept {
        Json state;
        std::size_t bytes; ///< not shared with the one before
    };
    std::size_t m_budget;
    int m_interval;
    std::vector<Kept> m_kept; ///< number n is of version n * m_interval
    std::size_t m_bytes = 0;
};

} // namespace rewindow
