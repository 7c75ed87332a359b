// When things happen in the demo: the rhythm of days and hours of a small shop.
#pragma once

#include "base/timestamp.h"

#include <vector>

namespace rewindow {

/// Six weeks that always end on the same Friday, so that a demo is the same whenever it is made.
class DemoCalendar {
  public:
    DemoCalendar();

    Timestamp start() const; ///< Monday morning, when the shop opens
    Timestamp end() const;   ///< Friday evening

    /// When the `done`th of `total` events is due: more by day and on working days than by night
    /// and at the weekend.
    Timestamp at(qint64 done, qint64 total) const;

    /// `time`, if the shop's people work then (Monday to Friday, 8 to 17), else when they begin
    /// next.
    static Timestamp atWork(Timestamp time);
    /// `time`, if parcels are carried then (Monday to Saturday, 9 to 19), else when next.
    static Timestamp onTheRoad(Timestamp time);

  private:
    std::vector<qint64> m_due; ///< of all that happens, what is due before each hour
};

} // namespace rewindow
