// A QTableView of fixed row height without a vertical header.
#include "ui/log/log_table.h"

#include "model/items/log_model.h"
#include "ui/log/log_delegate.h"
#include "ui/log/log_header.h"
#include "ui/shell/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

namespace rewindow {

LogTable::LogTable(LogModel& model, QWidget* parent)
    : QTableView(parent)
    , m_header(new LogHeader(model, this)) {
    setHorizontalHeader(m_header);
    setModel(&model);
    m_header->showColumns(LogColumns());
    setItemDelegate(new LogDelegate(this));
    setAccessibleName(tr("Events of the log"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &LogTable::takeTheme);
    // A row that is selected is so in columns that come later, too.
    connect(&model, &QAbstractItemModel::columnsInserted, this, [this] {
        selectionModel()->select(currentIndex(),
                                 QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    });
    connect(this, &QTableView::doubleClicked, this, &LogTable::chosen);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == verticalScrollBar()->minimum())
            emit edgeReached(false);
        else if (value == verticalScrollBar()->maximum())
            emit edgeReached(true);
    });
}

void LogTable::takeTheme() {
    const Theme& theme = Theme::instance();
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    verticalScrollBar()->setSingleStep(theme.rowHeight());
    m_header->fitColumns();
}

QModelIndex LogTable::seen(const QModelIndex& index) const {
    if (!index.isValid() || !isColumnHidden(index.column()))
        return index;
    for (int place = 0; place < m_header->count(); ++place) {
        const int column = m_header->logicalIndex(place);
        if (column != LogModel::SignColumn && !isColumnHidden(column))
            return index.siblingAtColumn(column);
    }
    return index.siblingAtColumn(LogModel::SignColumn);
}

void LogTable::showRow(const QModelIndex& index, ScrollHint hint) {
    const QModelIndex before = currentIndex();
    const QModelIndex cell =
        before.isValid() && index.isValid() ? index.siblingAtColumn(before.column()) : index;
    setCurrentIndex(seen(cell));
    if (index.isValid())
        scrollTo(index, hint);
}

void LogTable::scrollTo(const QModelIndex& index, ScrollHint hint) {
    executeDelayedItemsLayout(); // else the scroll bar does not reach as far as the rows do
    QTableView::scrollTo(seen(index), hint);
    // Whole rows from the top, so that a place can be told by the row that is first.
    const int row = Theme::instance().rowHeight();
    if (const int part = verticalScrollBar()->value() % row; part > 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + row - part);
}

void LogTable::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier) {
        switch (event->key()) {
        case Qt::Key_Home:
            emit firstWanted();
            return;
        case Qt::Key_End:
            emit lastWanted();
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (currentIndex().isValid())
                emit chosen(currentIndex());
            return;
        default:
            break;
        }
    }
    QTableView::keyPressEvent(event);
}

void LogTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    emit currentRowChanged(current);
}

void LogTable::rowsInserted(const QModelIndex& parent, int start, int end) {
    const int place = verticalScrollBar()->value();
    QTableView::rowsInserted(parent, start, end);
    if (start > 0 || place == 0)
        return;
    updateGeometries();
    verticalScrollBar()->setValue(place + (end - start + 1) * Theme::instance().rowHeight());
}

} // namespace rewindow
