// Scrolling to a row of a view that has not got its size yet.
#include "ui/shell/row_in_sight.h"

#include <QEvent>
#include <QScrollBar>

namespace rewindow {

RowInSight::RowInSight(QAbstractItemView& view) : m_view(view) {
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
    connect(view.verticalScrollBar(), &QScrollBar::actionTriggered, this,
            [this] { m_sought = QModelIndex(); });
}

void RowInSight::seek(const QModelIndex& index, QAbstractItemView::ScrollHint hint) {
    m_sought = index;
    m_hint = hint;
    scroll();
}

void RowInSight::scroll() {
    const QRect row = m_view.visualRect(m_sought);
    const bool inSight =
        row.isValid() && row.top() >= 0 && row.bottom() < m_view.viewport()->height();
    if (!inSight)
        m_view.scrollTo(m_sought, m_hint);
}

void RowInSight::scrollAfresh() {
    if (!m_sought.isValid())
        return;
    m_view.scrollToTop();
    scroll();
}

bool RowInSight::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress)
        m_sought = QModelIndex();
    else if (event->type() == QEvent::Resize && object != &m_view)
        QMetaObject::invokeMethod(this, &RowInSight::scrollAfresh, Qt::QueuedConnection);
    return false;
}

} // namespace rewindow
