#include "ui/shell/event_type_delegate.h"

#include "ui/shell/plain_text.h"

#include <QPainter>
#include <QStyle>

namespace rewindow {

namespace {
constexpr int kSquare = 8;
constexpr int kGap = 8;
constexpr double kFaint = 0.4;
} // namespace

EventTypeDelegate::EventTypeDelegate(int faintRole, QObject* parent)
    : CellDelegate({.monospace = false,
                    .text = Theme::Role::Text,
                    .alignment = Qt::AlignLeft,
                    .faintRole = faintRole},
                   parent) {}

void EventTypeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const QString type = index.data().toString();
    painter->save();
    paintGround(*painter, option);
    const int size = Theme::instance().scaled(kSquare);
    QRect place = option.rect.adjusted(kPadding, 0, -kPadding, -1);
    const QRect square(place.left(), place.center().y() - size / 2 + 1, size, size);
    place.setLeft(square.right() + 1 + kGap);
    QColor color = Theme::instance().eventColor(type);
    if (isFaint(index))
        color.setAlphaF(kFaint);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawRoundedRect(QStyle::visualRect(option.direction, option.rect, square), 1.5, 1.5);
    painter->setFont(font());
    painter->setPen(textColor(index));
    paintText(*painter, option, place, Qt::AlignLeft, onOneLine(type));
    painter->restore();
}

QSize EventTypeDelegate::sizeHint(const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const {
    const int square = Theme::instance().scaled(kSquare) + kGap;
    return CellDelegate::sizeHint(option, index) + QSize(square, 0);
}

} // namespace rewindow
