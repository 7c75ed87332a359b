// A field's looks, an action's doing.
#include "ui/shell/go_to_button.h"

#include "ui/shell/theme.h"

#include <QAction>
#include <QPainter>

namespace rewindow {

namespace {
constexpr int kWidth = 400;
constexpr int kLeastWidth = 60;
constexpr int kPadding = 10;
constexpr int kGap = 16; ///< between the words and the keys
constexpr int kCorner = 5;
} // namespace

GoToButton::GoToButton(QAction* goTo, QWidget* parent)
    : QAbstractButton(parent)
    , m_keys(goTo->shortcut().toString(QKeySequence::NativeText)) {
    setText(tr("Go to stream, event, command…"));
    setAccessibleName(tr("Go to"));
    setToolTip(goTo->toolTip());
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    connect(this, &QAbstractButton::clicked, goTo, &QAction::trigger);
    connect(&Theme::instance(), &Theme::changed, this, &GoToButton::takeTheme);
    takeTheme();
}

void GoToButton::takeTheme() {
    setFont(Theme::instance().textFont());
    updateGeometry();
    update();
}

QSize GoToButton::sizeHint() const {
    return {Theme::instance().scaled(kWidth), fontMetrics().height() + 2 * 5};
}

QSize GoToButton::minimumSizeHint() const {
    return {Theme::instance().scaled(kLeastWidth), sizeHint().height()};
}

void GoToButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        theme.color(hasFocus() || underMouse() ? Theme::Role::Accent : Theme::Role::Border));
    painter.setBrush(theme.color(Theme::Role::Field));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);

    painter.setPen(theme.color(Theme::Role::DimText));
    const QFontMetrics metrics = fontMetrics();
    const QRect room = rect().adjusted(kPadding, 0, -kPadding, 0);
    const int words = metrics.horizontalAdvance(text());
    const int keys = metrics.horizontalAdvance(m_keys);
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine;
    if (words + kGap + keys > room.width()) {
        painter.drawText(room, flags | Qt::AlignHCenter,
                         metrics.elidedText(text(), Qt::ElideRight, room.width()));
        return;
    }
    QRect both(0, 0, words + kGap + keys, room.height());
    both.moveCenter(room.center());
    painter.drawText(both, flags | Qt::AlignLeading, text());
    painter.drawText(both, flags | Qt::AlignTrailing, m_keys);
}

} // namespace rewindow
