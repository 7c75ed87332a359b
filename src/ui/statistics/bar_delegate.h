// A number with a bar behind it.
#pragma once

#include "ui/shell/cell_delegate.h"

namespace rewindow {

/// As long as the index's FractionRole says, in the colour of its type where the index has one.
class BarDelegate : public CellDelegate {
    Q_OBJECT

  public:
    BarDelegate(Qt::Alignment alignment, Theme::Role role, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

  private:
    Theme::Role m_role;
};

/// A sentence on two lines, a square before it in the colour of the finding's kind.
class FindingDelegate : public CellDelegate {
    Q_OBJECT

  public:
    explicit FindingDelegate(QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace rewindow
