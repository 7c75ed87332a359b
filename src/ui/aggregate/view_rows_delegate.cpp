// Paints the cells of a view table.
#include "ui/aggregate/view_rows_delegate.h"

#include "model/items/view_rows_model.h"
#include "ui/shell/cell_delegate.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QPainter>

namespace rewindow {

namespace {

constexpr int kPadding = 8;  ///< as in the header above
constexpr int kRounding = 3; ///< widths are sums of fractions: without it a text that fits is cut

QString shownText(const QModelIndex& index) {
    return onOneLine(index.data(Qt::DisplayRole).toString());
}

/// Ids differ at their ends, and are one word; of a sentence the beginning says most.
Qt::TextElideMode elision(const QString& text) {
    return text.contains(u' ') ? Qt::ElideRight : Qt::ElideMiddle;
}

} // namespace

void ViewRowsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    const bool changed = index.data(ViewRowsModel::ChangedRole).toBool();
    const QRect cell = option.rect;
    painter->save();
    if (index.data(ViewRowsModel::AtHandRole).toBool())
        painter->fillRect(cell, theme.color(Theme::Role::Selection));
    if (changed)
        painter->fillRect(cell, theme.color(Theme::Role::Changed));
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1),
                      theme.color(Theme::Role::Border));

    painter->setFont(theme.monospaceFont());
    const QFontMetrics metrics(painter->font());
    QRect place = cell.adjusted(kPadding, 0, -kPadding, -1);
    const QString before = index.data(ViewRowsModel::PreviousRole).toString();
    if (changed && !before.isEmpty()) {
        const QString old = onOneLine(before);
        const QString arrow =
            option.direction == Qt::RightToLeft ? QStringLiteral(" ← ") : QStringLiteral(" → ");
        const int width = metrics.horizontalAdvance(old + arrow + shownText(index));
        // The old value is a courtesy: it shows where there is room for both.
        if (width <= place.width()) {
            QFont struck = painter->font();
            struck.setStrikeOut(true);
            painter->setFont(struck);
            painter->setPen(theme.color(Theme::Role::DimText));
            CellDelegate::paintText(*painter, option, place, Qt::AlignLeft, old, Qt::ElideNone);
            place.setLeft(place.left() + metrics.horizontalAdvance(old));
            painter->setFont(theme.monospaceFont());
            CellDelegate::paintText(*painter, option, place, Qt::AlignLeft, arrow, Qt::ElideNone);
            place.setLeft(place.left() + metrics.horizontalAdvance(arrow));
        }
    }
    painter->setPen(theme.color(Theme::Role::Text));
    CellDelegate::paintText(*painter, option, place, Qt::AlignLeft, shownText(index),
                            elision(shownText(index)));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(theme.color(Theme::Role::Accent));
        painter->drawRect(cell.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize ViewRowsDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const QFontMetrics metrics(Theme::instance().monospaceFont());
    return {metrics.horizontalAdvance(shownText(index)) + 2 * kPadding + kRounding,
            Theme::instance().rowHeight()};
}

} // namespace rewindow
