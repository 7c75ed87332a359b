// Showing which list has the keyboard.
#pragma once

class QAbstractScrollArea;

namespace rewindow {

/// Call at the end of a scroll area's paintEvent(): frames its viewport while it has the focus.
void paintFocusRing(const QAbstractScrollArea& area);

} // namespace rewindow
