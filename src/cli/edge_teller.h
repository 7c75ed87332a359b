// Says on standard error what there is to know of a log's end.
#pragma once

#include "store/event_reader.h"

#include <QElapsedTimer>

namespace rewindow::cli {

/// Events that are provisional are not printed: what is, is in order and stays so. Each gap is told
/// of once.
class EdgeTeller {
  public:
    /// Of a log that is followed: the gap that it has stood before for a while, and gaps it went
    /// past without knowing that nobody fills them any more.
    void tell(const EventReader& reader);
    /// Of a log that was read to its end, and ends before a gap.
    static void tellEnd(const EventReader& reader);
    /// An event comes out of its order.
    static void tellLate(const RecordedEvent& event);

  private:
    GlobalPosition m_gap; ///< that it stands before; 0: none
    bool m_isTold = false;
    QElapsedTimer m_since;
    GlobalPosition m_assumed; ///< up to here it was told
};

} // namespace rewindow::cli
