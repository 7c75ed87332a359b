// What a database server says, for a person to read.
#pragma once

#include <QString>

namespace rewindow {

/// Text from a server for a person: control characters as `\xHH`, without those at its end.
QString shownServerText(const char* text);

} // namespace rewindow
