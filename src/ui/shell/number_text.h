// Numbers for people.
#pragma once

#include <QString>

namespace rewindow {

/// "212,408".
QString numberText(qint64 number);

/// "40 µs", "0.8 ms", "1.24 s".
QString durationText(qint64 microseconds);

} // namespace rewindow
