// Back and Forward: the moments that were looked at.
#pragma once

#include "model/moment/moment.h"

#include <optional>
#include <vector>

namespace rewindow {

/// A cursor over visited moments, newest last. Moves of the playhead alone, one after another,
/// become one entry, so that scrubbing does not bury where the user came from.
class MomentHistory {
  public:
    explicit MomentHistory(std::size_t limit = 200) : m_limit(limit) {}

    /// Goes to `moment`, dropping what lay ahead. The same moment again changes nothing.
    void visit(const Moment& moment);
    /// `moment` in place of the current one.
    void amend(const Moment& moment);
    std::optional<Moment> back();
    std::optional<Moment> forward();
    bool canGoBack() const { return m_cursor > 1; }
    bool canGoForward() const { return m_cursor < m_moments.size(); }
    const Moment* current() const { return m_cursor ? &m_moments[m_cursor - 1] : nullptr; }

  private:
    std::size_t m_limit;
    std::vector<Moment> m_moments;
    std::size_t m_cursor = 0; ///< entries up to and with the current one
    bool m_scrubbing = false; ///< the current entry came of a move of the playhead alone
};

} // namespace rewindow
