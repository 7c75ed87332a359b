// Paints the cells of a state's tree.
#pragma once

#include <QStyledItemDelegate>

namespace rewindow {

/// A changed value as "old → new", the old one struck through; who set it as a link. The row's
/// ground is the tree's to paint.
class StateDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace rewindow
