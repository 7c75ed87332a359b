#include "ui/aggregate/tree_branch.h"

#include "ui/shell/theme.h"

#include <QPainter>
#include <QPolygonF>

namespace rewindow {

void paintBranch(QPainter& painter, const QRect& rect, int indentation, bool expanded) {
    const QPointF middle(rect.right() + 1 - indentation / 2.0, rect.top() + rect.height() / 2.0);
    const double half = Theme::instance().scaled(8) / 2.0;
    QPolygonF mark;
    if (expanded)
        mark << middle + QPointF(-half, -half / 2) << middle + QPointF(half, -half / 2)
             << middle + QPointF(0, half / 1.4);
    else
        mark << middle + QPointF(-half / 2, -half) << middle + QPointF(half / 1.4, 0)
             << middle + QPointF(-half / 2, half);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::instance().color(Theme::Role::DimText));
    painter.drawPolygon(mark);
    painter.restore();
}

} // namespace rewindow
