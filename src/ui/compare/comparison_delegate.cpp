// Colours what differs; the sign beside it says the same.
#include "ui/compare/comparison_delegate.h"

#include "model/items/comparison_model.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

namespace rewindow {

QSize ComparisonDelegate::sizeHint(const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const {
    return {QStyledItemDelegate::sizeHint(option, index).width(), Theme::instance().rowHeight()};
}

void ComparisonDelegate::initStyleOption(QStyleOptionViewItem* option,
                                         const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    const Theme& theme = Theme::instance();
    option->text = onOneLine(option->text);
    option->font = theme.monospaceFont();
    option->fontMetrics = QFontMetrics(option->font);
    Theme::Role role = Theme::Role::Text;
    switch (static_cast<Difference>(index.data(ComparisonModel::DifferenceRole).toInt())) {
    case Difference::Added:
        role = Theme::Role::View;
        break;
    case Difference::Removed:
        role = Theme::Role::Trouble;
        option->font.setStrikeOut(index.column() == ComparisonModel::LeftColumn);
        break;
    case Difference::Changed:
        if (!index.model()->hasChildren(index.siblingAtColumn(0)))
            option->backgroundBrush = theme.color(Theme::Role::Changed);
        role = index.column() == ComparisonModel::SignColumn ? Theme::Role::ChangedText
                                                             : Theme::Role::Text;
        break;
    case Difference::Same:
        role = index.column() == ComparisonModel::FieldColumn ? Theme::Role::Text
                                                              : Theme::Role::DimText;
        break;
    }
    for (const auto part : {QPalette::Text, QPalette::HighlightedText})
        option->palette.setColor(part, theme.color(role));
}

} // namespace rewindow
