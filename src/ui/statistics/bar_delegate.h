// A number with a bar beside it, a text with one below.
#pragma once

#include "ui/shell/cell_delegate.h"

namespace rewindow {

/// As long as the index's FractionRole says, in the colour of its type where the index has one. A
/// number at the right has the bar before it, a text at the left a line below it.
class BarDelegate : public CellDelegate {
    Q_OBJECT

  public:
    BarDelegate(Qt::Alignment alignment, Theme::Role role, QObject* parent = nullptr);

    /// How much of a cell is the number's, in pixels; the rest is the bar's.
    void setNumberWidth(int pixels) { m_numberWidth = pixels; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

  private:
    Theme::Role m_role;
    bool m_isNumber = false;
    int m_numberWidth = 0;
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
