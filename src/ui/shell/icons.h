// The window's icons: line drawings in the theme's colours.
#pragma once

#include <QIcon>
#include <QString>

namespace rewindow {

/// The drawing `resources/icons/NAME.svg`, coloured when it is painted, so that it follows the
/// theme. An unknown name gives an empty icon.
QIcon icon(const QString& name);

} // namespace rewindow
