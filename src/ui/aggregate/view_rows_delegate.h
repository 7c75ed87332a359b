// Paints the cells of a view table.
#pragma once

#include <QStyledItemDelegate>

namespace rewindow {

/// The row at hand on the selection's ground, changed cells on the ground of changes, the current
/// cell framed; text plain, in monospace, on one line.
class ViewRowsDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace rewindow
