// Font and colour by column and kind.
#include "ui/log/json_delegate.h"

#include "model/items/json_tree_model.h"
#include "ui/shell/json_find.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QPainter>

namespace rewindow {

QString JsonDelegate::displayText(const QVariant& value, const QLocale&) const {
    return onOneLine(value.toString(), 2 * kShownInCell);
}

QSize JsonDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {QStyledItemDelegate::sizeHint(option, index).width(), Theme::instance().rowHeight()};
}

void JsonDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    const Theme& theme = Theme::instance();
    option->font = theme.monospaceFont();
    option->fontMetrics = QFontMetrics(option->font);
    option->direction = Qt::LeftToRight;
    const bool dim = index.column() == JsonTreeModel::KeyColumn
                         ? !index.data(JsonTreeModel::ContainerRole).toBool()
                         : index.data(JsonTreeModel::ContainerRole).toBool();
    const QColor color = theme.color(dim ? Theme::Role::DimText : Theme::Role::Text);
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
    if (m_isLink && index.column() == JsonTreeModel::ValueColumn && m_isLink(index))
        option->font.setUnderline(true);
}

void JsonDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const int part =
        index.column() == JsonTreeModel::KeyColumn ? JsonHits::InKey : JsonHits::InValue;
    const bool isFound = m_found && (m_found(index) & part) != 0;
    if (isFound)
        JsonFind::paintGround(*painter, option.rect);
    QStyledItemDelegate::paint(painter, option, index);
    if (isFound)
        JsonFind::paintLine(*painter, option.rect);
    // Under the branches too, which lie left of the key.
    const int left = index.column() == JsonTreeModel::KeyColumn ? 0 : option.rect.left();
    painter->fillRect(left, option.rect.bottom(), option.rect.right() + 1 - left, 1,
                      Theme::instance().color(Theme::Role::Border));
}

} // namespace rewindow
