#include "ui/aggregate/focus_ring.h"

#include "ui/shell/theme.h"

#include <QAbstractScrollArea>
#include <QPainter>

namespace rewindow {

void paintFocusRing(const QAbstractScrollArea& area) {
    if (!area.hasFocus())
        return;
    QPainter painter(area.viewport());
    painter.setPen(Theme::instance().color(Theme::Role::Accent));
    painter.drawRect(area.viewport()->rect().adjusted(0, 0, -1, -1));
}

} // namespace rewindow
