// How long before or after something an event was.
#pragma once

#include <QString>

namespace rewindow {

/// Hours, minutes, seconds and milliseconds with a sign, days before them where there are any:
/// "+0:00:01.250", "−2 d 3:04:05.006"; "0:00:00.000" without. Cut to milliseconds.
QString signedSpanText(qint64 microseconds);

} // namespace rewindow
