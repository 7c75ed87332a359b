// Paints its cells itself: a style's item costs several times as much.
#include "ui/log/log_delegate.h"

#include "model/items/log_model.h"
#include "ui/log/row_look_paint.h"
#include "ui/shell/cell_delegate.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QPainter>
#include <QStyle>

namespace rewindow {

namespace {

constexpr int kPadding = 8;
constexpr int kSquare = 8;
constexpr int kSign = 10;
constexpr int kSelectedEdge = 3;
constexpr qreal kFaint = 0.4;

Theme::Role roleOf(int column) {
    return column == LogModel::TypeColumn || column == LogModel::StreamColumn
               ? Theme::Role::Text
               : Theme::Role::DimText;
}

/// What is said of the row beside its texts, as one reads.
void paintSigns(QPainter& painter, const QRect& place, Qt::LayoutDirection direction,
                const QModelIndex& index, const QVariant& look) {
    const int size = Theme::instance().scaled(kSign);
    const bool isMirrored = direction == Qt::RightToLeft;
    QRectF slot(isMirrored ? place.right() + 1 - size : place.left(),
                place.center().y() - size / 2.0 + 0.5, size, size);
    const auto next = [&slot, size, isMirrored] {
        slot.translate(isMirrored ? -size - 3 : size + 3, 0);
    };
    if (index.data(LogModel::HitRole).toBool()) {
        paintHit(painter, slot);
        next();
    }
    if (index.data(LogModel::MarkedRole).toBool()) {
        paintMark(painter, slot);
        next();
    }
    if (look.isValid())
        paintSign(painter, slot, look.value<RowLook>());
}

} // namespace

QString LogDelegate::displayText(const QVariant& value, const QLocale&) const {
    return onOneLine(value.toString());
}

void LogDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    const bool after = index.data(LogModel::AfterPlayheadRole).toBool();
    const bool selected = option.state & QStyle::State_Selected;
    const QVariant look = index.data(LogModel::LookRole);
    const bool tinted = look.isValid() && !after;
    painter->save();
    if (selected)
        painter->fillRect(option.rect, theme.color(Theme::Role::Selection));
    else if (tinted)
        painter->fillRect(option.rect, tintGround(look.value<RowLook>().tint));
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                      theme.color(Theme::Role::Border));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(theme.color(Theme::Role::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    const auto visual = [&option](const QRect& part) {
        return QStyle::visualRect(option.direction, option.rect, part);
    };
    QRect place = option.rect.adjusted(kPadding, 0, -kPadding, -1);
    if (index.column() == LogModel::SignColumn) {
        if (selected) // a row may be tinted much like the selected one
            painter->fillRect(visual({option.rect.left(), option.rect.top(), kSelectedEdge,
                                      option.rect.height() - 1}),
                              theme.color(Theme::Role::Accent));
        painter->setOpacity(after ? kFaint : 1.0);
        paintSigns(*painter, place, option.direction, index, look);
        painter->restore();
        return;
    }
    const QString text = displayText(index.data(), option.locale);
    if (index.column() == LogModel::TypeColumn) {
        if (!text.isEmpty()) {
            painter->setOpacity(after ? kFaint : 1.0);
            painter->fillRect(
                visual({place.left(), place.center().y() - kSquare / 2 + 1, kSquare, kSquare}),
                theme.eventColor(index.data(LogModel::TypeRole).toString()));
            painter->setOpacity(1.0);
        }
        place.setLeft(place.left() + kSquare + 7);
        painter->setFont(theme.textFont());
    } else {
        painter->setFont(theme.monospaceFont());
    }
    if (look.isValid() && look.value<RowLook>().isBold) {
        QFont font = painter->font();
        font.setBold(true);
        painter->setFont(font);
    }
    painter->setPen(theme.color(after    ? Theme::Role::FaintText
                                : tinted ? Theme::Role::Text
                                         : roleOf(index.column())));
    const auto alignment =
        Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    CellDelegate::paintText(*painter, option, place, alignment, text);
    painter->restore();
}

} // namespace rewindow
