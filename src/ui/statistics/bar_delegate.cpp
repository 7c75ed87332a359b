// Bars, and marks before sentences.
#include "ui/statistics/bar_delegate.h"

#include "model/statistics/statistics.h"
#include "model/statistics/statistics_roles.h"
#include "ui/shell/plain_text.h"

#include <QPainter>
#include <QStyle>
#include <QTextOption>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kInset = 7; ///< above and below a bar
constexpr int kLine = 2;  ///< height of a bar below a text
constexpr int kSquare = 8;
constexpr int kGap = 8;

Theme::Role roleOf(Finding::Kind kind) {
    switch (kind) {
    case Finding::Kind::Changed:
        return Theme::Role::Event;
    case Finding::Kind::Vanished:
        return Theme::Role::Trouble;
    case Finding::Kind::Appeared:
        return Theme::Role::View;
    case Finding::Kind::Payload:
    case Finding::Kind::Stream:
        return Theme::Role::Aggregate;
    case Finding::Kind::Limit:
        break;
    }
    return Theme::Role::DimText;
}

} // namespace

BarDelegate::BarDelegate(Qt::Alignment alignment, Theme::Role role, QObject* parent)
    : CellDelegate({.text = Theme::Role::Text, .alignment = alignment}, parent)
    , m_role(role)
    , m_isNumber(alignment.testFlag(Qt::AlignRight)) {}

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    CellDelegate::paint(painter, option, index);
    const QVariant fraction = index.data(statistics::FractionRole);
    if (!fraction.isValid())
        return;
    const bool isOfType = m_role == Theme::Role::Event;
    const QColor color =
        isOfType ? Theme::instance().eventColor(index.data(statistics::TypeRole).toString())
                 : Theme::instance().color(m_role);
    QRectF bar = QRectF(option.rect).adjusted(kPadding, kInset, -kPadding, -kInset - 1);
    if (m_isNumber) {
        bar.setRight(bar.right() - m_numberWidth - kGap);
        if (bar.width() < 1)
            return;
    } else {
        bar = QRectF(bar.left(), option.rect.bottom() - kLine - 1, bar.width(), kLine);
    }
    bar.setWidth(std::max(1.0, bar.width() * fraction.toDouble()));
    if (option.direction == Qt::RightToLeft)
        bar.moveRight(option.rect.left() + option.rect.right() + 1 - bar.left());
    painter->fillRect(bar, color);
}

FindingDelegate::FindingDelegate(QObject* parent) : CellDelegate({.monospace = false}, parent) {}

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {0, 2 * QFontMetrics(font()).lineSpacing() + Theme::instance().scaled(12)};
}

void FindingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    painter->save();
    paintGround(*painter, option);
    painter->setFont(font());
    const int square = theme.scaled(kSquare);
    QRect place = option.rect.adjusted(kPadding, theme.scaled(5), -kPadding, -theme.scaled(5));
    const QFontMetrics metrics = painter->fontMetrics();
    const QRect mark(place.left(), place.top() + (metrics.height() - square) / 2 + 1, square,
                     square);
    const auto visual = [&option](const QRect& part) {
        return QStyle::visualRect(option.direction, option.rect, part);
    };
    painter->fillRect(
        visual(mark),
        theme.color(roleOf(static_cast<Finding::Kind>(index.data(statistics::KindRole).toInt()))));
    place.setLeft(mark.right() + 1 + kGap);
    place = visual(place);
    painter->setPen(theme.color(Theme::Role::Text));
    painter->setClipRect(place);
    const QString sentence = metrics.elidedText(onOneLine(index.data().toString()), Qt::ElideRight,
                                                place.width() * 2 - theme.scaled(60));
    QTextOption wrapped(Qt::AlignLeft | Qt::AlignTop);
    wrapped.setTextDirection(option.direction);
    wrapped.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    painter->drawText(QRectF(place), sentence, wrapped);
    painter->restore();
}

} // namespace rewindow
