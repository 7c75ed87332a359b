#include "ui/aggregate/tree_branch.h"

#include "ui/shell/theme.h"

#include <QPainter>
#include <QPolygonF>

namespace rewindow {

void paintBranch(QPainter& painter, const QRect& rect, int indentation, bool expanded) {
    // Beside the row's text, on whichever side it begins.
    const bool isMirrored = painter.layoutDirection() == Qt::RightToLeft;
    const QPointF middle(isMirrored ? rect.left() + indentation / 2.0
                                    : rect.right() + 1 - indentation / 2.0,
                         rect.top() + rect.height() / 2.0);
    const double ahead = isMirrored ? -1 : 1;
    const double half = Theme::instance().scaled(8) / 2.0;
    QPolygonF mark;
    if (expanded)
        mark << middle + QPointF(-half, -half / 2) << middle + QPointF(half, -half / 2)
             << middle + QPointF(0, half / 1.4);
    else
        mark << middle + QPointF(-ahead * half / 2, -half)
             << middle + QPointF(ahead * half / 1.4, 0)
             << middle + QPointF(-ahead * half / 2, half);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::instance().color(Theme::Role::DimText));
    painter.drawPolygon(mark);
    painter.restore();
}

} // namespace rewindow
