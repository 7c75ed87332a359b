// At every change of the view's width.
#include "ui/shell/column_fit.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QHeaderView>

#include <algorithm>

namespace rewindow {

ColumnFit::ColumnFit(QAbstractScrollArea& view, QHeaderView& header, int flexible)
    : QObject(&view)
    , m_view(view)
    , m_header(header)
    , m_flexible(flexible) {
    header.setStretchLastSection(false);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.viewport()->installEventFilter(this);
}

void ColumnFit::setWidths(std::vector<int> widths) {
    m_widths = std::move(widths);
    fit();
}

bool ColumnFit::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize)
        fit();
    return QObject::eventFilter(watched, event);
}

void ColumnFit::fit() {
    const auto flexible = static_cast<std::size_t>(m_flexible);
    if (flexible >= m_widths.size())
        return;
    int left = m_view.viewport()->width() - m_widths[flexible];
    bool isFull = false;
    for (std::size_t column = 0; column < m_widths.size(); ++column) {
        if (column == flexible)
            continue;
        const int width = m_widths[column];
        isFull = isFull || width > left;
        const bool isShown = width > 0 && !isFull;
        m_header.setSectionHidden(static_cast<int>(column), !isShown);
        if (!isShown)
            continue;
        m_header.resizeSection(static_cast<int>(column), width);
        left -= width;
    }
    m_header.resizeSection(m_flexible, m_widths[flexible] + std::max(left, 0));
}

} // namespace rewindow
