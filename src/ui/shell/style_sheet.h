// What the palette cannot say, as a Qt style sheet.
#pragma once

#include <QString>

namespace rewindow {

class Theme;

/// For the whole application, in the theme's colours and at its zoom.
QString styleSheet(const Theme& theme);

} // namespace rewindow
