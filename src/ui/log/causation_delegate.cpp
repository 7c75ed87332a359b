// The place is painted first, and what it leaves is the type's.
#include "ui/log/causation_delegate.h"

#include "model/items/causation_model.h"
#include "ui/shell/plain_text.h"

#include <QPainter>
#include <QStyle>

namespace rewindow {

void CausationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    const QString place =
        onOneLine(index.siblingAtColumn(CausationModel::PlaceColumn).data().toString());
    painter->save();
    paintGround(*painter, option);
    painter->setFont(theme.monospaceFont());
    painter->setPen(theme.color(Theme::Role::DimText));
    const QRect row = option.rect.adjusted(kPadding, 0, -kPadding, -1);
    const QString shown =
        painter->fontMetrics().elidedText(place, Qt::ElideMiddle, row.width() / 2);
    paintText(*painter, option, row, Qt::AlignRight, shown, Qt::ElideNone);
    QStyleOptionViewItem left = option;
    left.rect.setRight(option.rect.right() - painter->fontMetrics().horizontalAdvance(shown) -
                       kPadding);
    left.rect = QStyle::visualRect(option.direction, option.rect, left.rect);
    painter->restore();
    EventTypeDelegate::paint(painter, left, index);
}

} // namespace rewindow
