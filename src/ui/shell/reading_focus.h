// Tab goes through a window in the order it is read.
#pragma once

#include <QList>

class QWidget;

namespace rewindow {

/// All that Tab comes by in `root`, as it lies there now: from the top down, side by side from
/// where a line begins, each box before what follows it.
QList<QWidget*> inReadingOrder(const QWidget& root);

/// Gives the focus to the next of them, or the one before; after the last comes the first. False
/// where there is none.
bool moveFocus(const QWidget& root, bool next);

} // namespace rewindow
