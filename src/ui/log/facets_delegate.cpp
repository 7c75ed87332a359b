// Bars as long as their share, in the colour of the type where there is one.
#include "ui/log/facets_delegate.h"

#include "model/overview/facets_model.h"
#include "ui/shell/plain_text.h"

#include <QPainter>

#include <algorithm>

namespace rewindow {

namespace {
constexpr int kInset = 3; ///< above and below a bar
constexpr int kPad = 6;
} // namespace

FacetsDelegate::FacetsDelegate(QObject* parent) : CellDelegate({}, parent) {}

void FacetsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    painter->save();
    paintGround(*painter, option);
    const bool isName = index.column() == FacetsModel::NameColumn;
    const bool isFacet = !index.parent().isValid();
    const QVariant fraction = index.data(FacetsModel::FractionRole);
    if (isName && fraction.isValid()) {
        const QVariant type = index.data(FacetsModel::TypeRole);
        QColor color =
            type.isValid() ? theme.eventColor(type.toString()) : theme.color(Theme::Role::Accent);
        color.setAlphaF(kBarOpacity);
        QRectF bar = QRectF(option.rect).adjusted(0, kInset, 0, -kInset - 1);
        const double width = std::max(1.0, bar.width() * fraction.toDouble());
        if (option.direction == Qt::RightToLeft)
            bar.setLeft(bar.right() - width);
        else
            bar.setWidth(width);
        painter->fillRect(bar, color);
    }
    QFont font = isFacet || !fraction.isValid() ? theme.smallFont() : theme.monospaceFont();
    font.setBold(isFacet && isName);
    painter->setFont(font);
    painter->setPen(theme.color(isName && (isFacet || fraction.isValid()) ? Theme::Role::Text
                                                                          : Theme::Role::DimText));
    const QRect place = option.rect.adjusted(kPad, 0, -kPad, 0);
    paintText(*painter, option, place, isName ? Qt::AlignLeft : Qt::AlignRight,
              onOneLine(index.data().toString()));
    painter->restore();
}

} // namespace rewindow
