// Painted in the theme's colours; texts give way to what stands at the row's end.
#include "ui/places/palette_delegate.h"

#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kMargin = 12;
constexpr int kIcon = 16;
constexpr int kGap = 10;
constexpr int kOneLine = 30;
constexpr int kTwoLines = 46;

/// The title on one line, cut with "…" where it is too long; returns the width it took.
int drawTitle(QPainter& painter, const QRect& place, const PaletteRow& row, const QFont& font,
              const QColor& strong) {
    const QString shown = onOneLine(row.title);
    const QFontMetrics metrics(font);
    const QString text = metrics.elidedText(shown, Qt::ElideRight, place.width());
    QTextLayout layout(text, font);
    // Where something had to be escaped, places in it are not those of the title.
    if (shown == row.title) {
        QList<QTextLayout::FormatRange> ranges;
        for (const TextSpan& span : row.matched) {
            QTextLayout::FormatRange range;
            range.start = static_cast<int>(span.start);
            range.length = static_cast<int>(span.length);
            range.format.setForeground(strong);
            range.format.setFontUnderline(true);
            ranges.append(range);
        }
        layout.setFormats(ranges);
    }
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setNumColumns(static_cast<int>(text.size()));
    layout.endLayout();
    const bool isMirrored = painter.layoutDirection() == Qt::RightToLeft;
    const double left = isMirrored ? place.right() + 1 - line.naturalTextWidth() : place.left();
    layout.draw(&painter, QPointF(left, place.center().y() - line.height() / 2 + 1));
    return static_cast<int>(line.naturalTextWidth()) + 1;
}

} // namespace

PaletteDelegate::PaletteDelegate(RowOf rowOf, Lines lines, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_rowOf(std::move(rowOf))
    , m_lines(lines) {}

int PaletteDelegate::height() const {
    return Theme::instance().scaled(m_lines == Lines::One ? kOneLine : kTwoLines);
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    const PaletteRow row = m_rowOf(index);
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme.color(Theme::Role::Selection));
    painter->setLayoutDirection(option.direction);
    const auto visual = [&option](const QRect& part) {
        return QStyle::visualRect(option.direction, option.rect, part);
    };
    QRect place = option.rect.adjusted(kMargin, 0, -kMargin, 0);
    const int side = theme.scaled(kIcon);
    const QRect drawing(place.left(), place.center().y() - side / 2 + 1, side, side);
    row.icon.paint(painter, visual(drawing), Qt::AlignCenter,
                   row.isDisabled ? QIcon::Disabled : QIcon::Normal);
    place.setLeft(drawing.right() + kGap);

    if (!row.trailing.isEmpty()) {
        painter->setFont(theme.smallFont());
        painter->setPen(theme.color(Theme::Role::DimText));
        painter->drawText(visual(place), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                          row.trailing);
        place.setRight(place.right() - kGap -
                       QFontMetrics(painter->font()).horizontalAdvance(row.trailing));
    }
    const bool isBelow = m_lines == Lines::Two;
    QRect first = place;
    if (isBelow)
        first.setBottom(place.center().y() + 1);
    painter->setPen(theme.color(row.isDisabled ? Theme::Role::DimText : Theme::Role::Text));
    const int taken =
        drawTitle(*painter, visual(first), row, theme.textFont(),
                  theme.color(row.isDisabled ? Theme::Role::DimText : Theme::Role::ChangedText));
    QRect second = place;
    if (isBelow)
        second.setTop(place.center().y());
    else
        second.setLeft(place.left() + taken + kGap);
    if (second.width() > theme.scaled(24)) {
        painter->setFont(theme.smallFont());
        painter->setPen(theme.color(Theme::Role::DimText));
        painter->drawText(visual(second), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          QFontMetrics(painter->font())
                              .elidedText(onOneLine(row.detail), Qt::ElideRight, second.width()));
    }
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), height()};
}

bool PaletteDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                const QStyleOptionViewItem& option, const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), toolTip(index.data(Qt::AccessibleTextRole).toString()),
                       view->viewport());
    return true;
}

} // namespace rewindow
