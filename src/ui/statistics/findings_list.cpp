// A list view with a sentence in place of its rows.
#include "ui/statistics/findings_list.h"

#include "ui/shell/theme.h"
#include "ui/statistics/bar_delegate.h"

#include <QPainter>

namespace rewindow {

FindingsList::FindingsList(QAbstractItemModel& findings, QWidget* parent)
    : QListView(parent)
    , m_nothing(tr("Nothing stands out in this log.")) {
    setModel(&findings);
    setAccessibleName(tr("Findings"));
    setItemDelegate(new FindingDelegate(this));
    setUniformItemSizes(true);
    setMouseTracking(true);
    connect(&findings, &QAbstractItemModel::modelReset, this, &FindingsList::describe);
    describe();
}

void FindingsList::describe() {
    setAccessibleDescription(model()->rowCount() == 0 ? m_nothing : QString());
    viewport()->update();
}

void FindingsList::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(Theme::instance().textFont());
    painter.setPen(Theme::instance().color(Theme::Role::DimText));
    painter.drawText(viewport()->rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     m_nothing);
}

} // namespace rewindow
