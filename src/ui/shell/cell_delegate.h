// A cell of a table or tree: one line of plain text on its row's ground.
#pragma once

#include "ui/shell/theme.h"

#include <QStyledItemDelegate>

namespace rewindow {

/// Text as onOneLine() shows it, in the text font or in monospace, normal, dim or faint; the
/// selection's ground, a hairline below the row.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    struct Look {
        bool monospace = true;
        Theme::Role text = Theme::Role::Text;
        Qt::Alignment alignment = Qt::AlignLeft;
        int faintRole = -1; ///< a model's role that says (bool) that a row is shown faint
    };

    explicit CellDelegate(Look look, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// Ground and hairline of a row's part, for delegates that paint the rest themselves.
    static void paintGround(QPainter& painter, const QStyleOptionViewItem& option);
    /// Text of a store on one line, elided: read from left to right in every language, where the
    /// row's direction puts what is `aligned` so. `place` lies as it would from left to right.
    static void paintText(QPainter& painter, const QStyleOptionViewItem& option, const QRect& place,
                          Qt::Alignment aligned, const QString& text,
                          Qt::TextElideMode elide = Qt::ElideRight);
    static constexpr int kPadding = 10; ///< pixels left and right of the text

  protected:
    QFont font() const;
    bool isFaint(const QModelIndex& index) const;
    QColor textColor(const QModelIndex& index) const;

  private:
    Look m_look;
};

} // namespace rewindow
