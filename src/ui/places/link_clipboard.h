// Links, copied from anywhere.
#pragma once

#include "model/moment/moment.h"

class QMenu;

namespace rewindow {

/// Puts the moment's link on the clipboard, as linkTextOf() gives it.
void copyLink(const Moment& moment);

/// Adds "Copy link" to a menu.
void addCopyLink(QMenu& menu, const Moment& moment);

} // namespace rewindow
