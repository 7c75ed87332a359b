// Paints its cells itself: a style's item costs several times as much.
#include "ui/log/log_delegate.h"

#include "model/items/log_model.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QPainter>

namespace rewindow {

namespace {

constexpr int kPadding = 8;
constexpr int kSquare = 8;
constexpr qreal kFaintSquare = 0.4;

Theme::Role roleOf(int column) {
    return column == LogModel::TypeColumn || column == LogModel::StreamColumn
               ? Theme::Role::Text
               : Theme::Role::DimText;
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
    painter->save();
    if (selected)
        painter->fillRect(option.rect, theme.color(Theme::Role::Selection));
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1,
                      theme.color(Theme::Role::Border));
    QRect place = option.rect.adjusted(kPadding, 0, -kPadding, -1);
    const QString text = displayText(index.data(), option.locale);
    if (index.column() == LogModel::TypeColumn) {
        if (!text.isEmpty()) {
            painter->setOpacity(after ? kFaintSquare : 1.0);
            painter->fillRect(place.left(), place.center().y() - kSquare / 2 + 1, kSquare, kSquare,
                              theme.eventColor(index.data(LogModel::TypeRole).toString()));
            painter->setOpacity(1.0);
        }
        place.setLeft(place.left() + kSquare + 7);
        painter->setFont(theme.textFont());
    } else {
        painter->setFont(theme.monospaceFont());
    }
    painter->setPen(theme.color(after ? Theme::Role::FaintText : roleOf(index.column())));
    const auto alignment =
        Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width());
    painter->setLayoutDirection(Qt::LeftToRight);
    painter->drawText(place, static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine,
                      shown);
    painter->restore();
}

} // namespace rewindow
