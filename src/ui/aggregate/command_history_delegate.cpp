// Paints one sent command: a mark, its name, what became of it.
#include "ui/aggregate/command_history_delegate.h"

#include "model/items/command_history_model.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace rewindow {

namespace {

using State = CommandHistoryEntry::State;

struct Look {
    const char16_t* mark;
    Theme::Role markRole;
    Theme::Role detailRole;
};

Look lookOf(State state) {
    switch (state) {
    case State::Accepted:
        return {u"✓", Theme::Role::View, Theme::Role::DimText};
    case State::Rejected:
    case State::Failed:
        return {u"✗", Theme::Role::Trouble, Theme::Role::Trouble};
    case State::Conflict:
        return {u"⟳", Theme::Role::Event, Theme::Role::DimText};
    case State::Sending:
        break;
    }
    return {u"…", Theme::Role::DimText, Theme::Role::DimText};
}

constexpr int kMargin = 10;
constexpr int kMarkWidth = 20;
constexpr int kGap = 12;

} // namespace

void CommandHistoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    const auto state = static_cast<State>(index.data(CommandHistoryModel::StateRole).toInt());
    const Look look = lookOf(state);
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme.color(Theme::Role::Selection));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(theme.color(Theme::Role::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    const auto visual = [&option](const QRect& part) {
        return QStyle::visualRect(option.direction, option.rect, part);
    };
    QRect place = option.rect.adjusted(kMargin, 0, -kMargin, 0);
    painter->setFont(theme.textFont());
    painter->setPen(theme.color(look.markRole));
    painter->drawText(visual(place), Qt::AlignVCenter | Qt::TextSingleLine,
                      QString::fromUtf16(look.mark));
    place.setLeft(place.left() + theme.scaled(kMarkWidth));

    const QFontMetrics nameMetrics(painter->font());
    const QString name =
        nameMetrics.elidedText(onOneLine(index.data().toString()), Qt::ElideRight, place.width());
    painter->setPen(theme.color(Theme::Role::Text));
    painter->drawText(visual(place), Qt::AlignVCenter | Qt::TextSingleLine, name);
    place.setLeft(place.left() + nameMetrics.horizontalAdvance(name) + kGap);

    painter->setFont(theme.monospaceFont());
    painter->setPen(theme.color(look.detailRole));
    const QString detail = onOneLine(index.data(CommandHistoryModel::DetailRole).toString());
    painter->drawText(visual(place), Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine,
                      QFontMetrics(painter->font())
                          .elidedText(detail, Qt::ElideRight, std::max(0, place.width())));
    painter->restore();
}

QSize CommandHistoryDelegate::sizeHint(const QStyleOptionViewItem& option,
                                       const QModelIndex&) const {
    return {option.rect.width(), Theme::instance().rowHeight()};
}

bool CommandHistoryDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
                                       const QStyleOptionViewItem& option,
                                       const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), toolTip(index.data(Qt::AccessibleTextRole).toString()),
                       view->viewport());
    return true;
}

} // namespace rewindow
