// Stretches of time for people.
#pragma once

#include <QString>

namespace rewindow {

/// Two digits at least, in the unit that fits: "850 ms", "4.2 s", "12 min", "3.5 h", "12 days".
QString spanText(qint64 microseconds);

} // namespace rewindow
