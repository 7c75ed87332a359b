// Back and Forward: the moments that were looked at.

#include "model/moment/moment_history.h"

namespace rewindow {

namespace {

bool differInPlayheadAlone(const Moment& left, Moment right) {
    if (left.playhead == right.playhead)
        return false;
    right.playhead = left.playhead;
    right.event = left.event; // it follows the playhead
    return left == right;
}

} // namespace

void MomentHistory::visit(const Moment& moment) {
    if (current() && *current() == moment)
        return;
    const bool scrubs = current() && differInPlayheadAlone(*current(), moment);
    m_moments.resize(m_cursor);
    if (scrubs && m_scrubbing) {
        m_moments.back() = moment;
        return;
    }
    m_moments.push_back(moment);
    if (m_moments.size() > m_limit)
        m_moments.erase(m_moments.begin());
    m_cursor = m_moments.size();
    m_scrubbing = scrubs;
}

void MomentHistory::amend(const Moment& moment) {
    if (m_cursor > 0)
        m_moments[m_cursor - 1] = moment;
}

std::optional<Moment> MomentHistory::back() {
    if (!canGoBack())
        return std::nullopt;
    --m_cursor;
    m_scrubbing = false;
    return *current();
}

std::optional<Moment> MomentHistory::forward() {
    if (!canGoForward())
        return std::nullopt;
    ++m_cursor;
    m_scrubbing = false;
    return *current();
}

} // namespace rewindow
