// The mark before a row that can be expanded.
#pragma once

class QPainter;
class QRect;

namespace rewindow {

/// `rect` is what QTreeView::drawBranches() is given; the mark stands at its right end.
void paintBranch(QPainter& painter, const QRect& rect, int indentation, bool expanded);

} // namespace rewindow
