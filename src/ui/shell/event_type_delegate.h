// An event's type, with the square of its colour.
#pragma once

#include "ui/shell/cell_delegate.h"

namespace rewindow {

/// The index's text is the type.
class EventTypeDelegate : public CellDelegate {
    Q_OBJECT

  public:
    /// `faintRole`: a model's role that says (bool) that a row is shown faint; -1: none is.
    explicit EventTypeDelegate(int faintRole = -1, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace rewindow
