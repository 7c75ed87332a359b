#include "ui/aggregate/state_delegate.h"

#include "model/items/state_model.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QPainter>

#include <initializer_list>

namespace rewindow {

namespace {

constexpr int kPadding = 8;
constexpr int kPieces = 2; ///< what a value in three pieces may be wider than in one, by rounding
constexpr Qt::TextFlag kOneLine = Qt::TextSingleLine;

StateModel::Change changeOf(const QModelIndex& index) {
    return static_cast<StateModel::Change>(index.data(StateModel::ChangeRole).toInt());
}

/// Paints pieces of text one after another, the last that fits elided.
class Line {
  public:
    Line(QPainter& painter, QRect place) : m_painter(painter), m_place(place) {}

    void add(const QString& text, Theme::Role role, bool struck = false) {
        if (m_place.width() <= 0)
            return;
        const Theme& theme = Theme::instance();
        QFont font = theme.monospaceFont();
        font.setStrikeOut(struck);
        m_painter.setFont(font);
        m_painter.setPen(theme.color(role));
        const QFontMetrics metrics(font);
        m_painter.drawText(m_place, int(Qt::AlignVCenter | Qt::AlignLeft) | kOneLine,
                           metrics.elidedText(text, Qt::ElideRight, m_place.width()));
        m_place.setLeft(m_place.left() + metrics.horizontalAdvance(text));
    }
    /// Each piece's width is rounded by itself, so the whole text's would not do.
    bool hasRoomFor(std::initializer_list<QString> pieces) const {
        const QFontMetrics metrics(Theme::instance().monospaceFont());
        int width = 0;
        for (const QString& piece : pieces)
            width += metrics.horizontalAdvance(piece);
        return width <= m_place.width();
    }

  private:
    QPainter& m_painter;
    QRect m_place;
};

void paintValue(Line& line, const QModelIndex& index) {
    const QString old = onOneLine(index.data(StateModel::OldTextRole).toString());
    const QString now = onOneLine(index.data(StateModel::NewTextRole).toString());
    const QString arrow = QStringLiteral(" → ");
    if (changeOf(index) == StateModel::Change::Removed) {
        const QString removed = StateModel::tr("removed");
        if (line.hasRoomFor({old, arrow, removed})) {
            line.add(old, Theme::Role::DimText, true);
            line.add(arrow, Theme::Role::DimText);
        }
        line.add(removed, Theme::Role::DimText);
        return;
    }
    if (!old.isEmpty()) {
        // The new value matters most: the old one shows where there is room for both.
        const bool both = line.hasRoomFor({old, arrow, now});
        if (both)
            line.add(old, Theme::Role::DimText, true);
        line.add(both ? arrow : QStringLiteral("→ "), Theme::Role::DimText);
    }
    line.add(now, index.model()->hasChildren(index.siblingAtColumn(0)) ? Theme::Role::DimText
                                                                       : Theme::Role::Text);
}

} // namespace

void StateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const bool changed = changeOf(index) != StateModel::Change::None;
    painter->save();
    Line line(*painter, option.rect.adjusted(index.column() == 0 ? 2 : kPadding, 0, -kPadding, -1));
    if (index.column() == StateModel::ValueColumn) {
        paintValue(line, index);
    } else if (index.column() == StateModel::SetByColumn) {
        line.add(onOneLine(index.data().toString()),
                 changed ? Theme::Role::ChangedText : Theme::Role::DimText);
        if (option.state.testFlag(QStyle::State_MouseOver)) {
            const QString text = onOneLine(index.data().toString());
            const int width = std::min(option.rect.width() - 2 * kPadding,
                                       QFontMetrics(painter->font()).horizontalAdvance(text));
            const int y = option.rect.center().y() + painter->fontMetrics().ascent() / 2 + 2;
            painter->drawLine(option.rect.left() + kPadding, y,
                              option.rect.left() + kPadding + width, y);
        }
    } else {
        line.add(onOneLine(index.data().toString()), Theme::Role::Text);
    }
    painter->restore();
}

QSize StateDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const QFontMetrics metrics(Theme::instance().monospaceFont());
    const int pieces = index.column() == StateModel::ValueColumn ? kPieces : 0;
    return {metrics.horizontalAdvance(onOneLine(index.data().toString())) + 2 * kPadding + pieces,
            Theme::instance().rowHeight()};
}

} // namespace rewindow
