// A list whose rows can be put into another order.
#include "ui/log/movable_list.h"

#include <QKeyEvent>

namespace rewindow {

MovableList::MovableList(QWidget* parent) : QListWidget(parent) {
    setSelectionMode(QAbstractItemView::SingleSelection);
    setDragDropMode(QAbstractItemView::InternalMove);
    setUniformItemSizes(true);
    connect(model(), &QAbstractItemModel::rowsMoved, this, &MovableList::orderChanged);
}

bool MovableList::canMoveCurrent(bool down) const {
    return currentRow() >= 0 && (down ? currentRow() + 1 < count() : currentRow() > 0);
}

void MovableList::moveCurrent(bool down) {
    if (!canMoveCurrent(down))
        return;
    const int row = currentRow();
    const int to = down ? row + 1 : row - 1;
    {
        const QSignalBlocker quiet(this);
        insertItem(to, takeItem(row));
        setCurrentRow(to);
    }
    emit orderChanged();
    emit currentRowChanged(to);
}

void MovableList::keyPressEvent(QKeyEvent* event) {
    const bool moves = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (moves && event->modifiers() == Qt::AltModifier)
        moveCurrent(event->key() == Qt::Key_Down);
    else
        QListWidget::keyPressEvent(event);
}

} // namespace rewindow
