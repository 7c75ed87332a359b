#include "ui/shell/cell_delegate.h"

#include "ui/shell/plain_text.h"

#include <QPainter>
#include <QStyle>

namespace rewindow {

namespace {
constexpr int kRounding = 3; ///< widths are sums of fractions: without it a text that fits is cut
}

CellDelegate::CellDelegate(Look look, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_look(look) {}

void CellDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option) {
    const Theme& theme = Theme::instance();
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, theme.color(Theme::Role::Selection));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     theme.color(Theme::Role::Border));
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    painter->save();
    paintGround(*painter, option);
    painter->setFont(font());
    painter->setPen(textColor(index));
    paintText(*painter, option, option.rect.adjusted(kPadding, 0, -kPadding, -1), m_look.alignment,
              onOneLine(index.data().toString()));
    painter->restore();
}

void CellDelegate::paintText(QPainter& painter, const QStyleOptionViewItem& option,
                             const QRect& place, Qt::Alignment aligned, const QString& text,
                             Qt::TextElideMode elide) {
    const Qt::Alignment alignment = QStyle::visualAlignment(option.direction, aligned);
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.drawText(QStyle::visualRect(option.direction, option.rect, place),
                     int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, elide, place.width()));
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const int width = QFontMetrics(font()).horizontalAdvance(onOneLine(index.data().toString()));
    return {width + 2 * kPadding + kRounding, Theme::instance().rowHeight()};
}

QFont CellDelegate::font() const {
    const Theme& theme = Theme::instance();
    return m_look.monospace ? theme.monospaceFont() : theme.textFont();
}

bool CellDelegate::isFaint(const QModelIndex& index) const {
    return m_look.faintRole >= 0 && index.data(m_look.faintRole).toBool();
}

QColor CellDelegate::textColor(const QModelIndex& index) const {
    return Theme::instance().color(isFaint(index) ? Theme::Role::FaintText : m_look.text);
}

} // namespace rewindow
