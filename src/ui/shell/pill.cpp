// A rounded outline, a dot, a text.
#include "ui/shell/pill.h"

#include <QPainter>

namespace rewindow {

namespace {
constexpr int kPadding = 9;
constexpr int kDot = 7;
constexpr int kDotGap = 5;
} // namespace

Pill::Pill(QWidget* parent) : QAbstractButton(parent) {
    setFont(Theme::instance().smallFont());
    setClickable(false);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        setFont(Theme::instance().smallFont());
        updateGeometry();
        update();
    });
}

void Pill::setRole(Theme::Role role) {
    m_role = role;
    update();
}

void Pill::setDot(bool dot) {
    m_dot = dot;
    updateGeometry();
    update();
}

void Pill::setClickable(bool clickable) {
    setFocusPolicy(clickable ? Qt::TabFocus : Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, !clickable && toolTip().isEmpty());
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

QSize Pill::sizeHint() const {
    const QFontMetrics metrics = fontMetrics();
    const int dot = m_dot ? kDot + kDotGap : 0;
    return {metrics.horizontalAdvance(text()) + 2 * kPadding + dot, metrics.height() + 6};
}

void Pill::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    const QColor color = theme.color(m_role);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool quiet = m_role == Theme::Role::DimText;
    painter.setPen(hasFocus() ? theme.color(Theme::Role::Accent)
                   : quiet    ? theme.color(Theme::Role::Border)
                              : color);
    painter.setBrush(underMouse() && focusPolicy() != Qt::NoFocus
                         ? QBrush(theme.color(Theme::Role::Selection))
                         : QBrush(Qt::NoBrush));
    const QRectF outline = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2);
    QRect place = rect().adjusted(kPadding, 0, -kPadding, 0);
    if (m_dot) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        const bool isMirrored = layoutDirection() == Qt::RightToLeft;
        const int left = isMirrored ? place.right() + 1 - kDot : place.left();
        painter.drawEllipse(QRectF(left, (height() - kDot) / 2.0, kDot, kDot));
        place.adjust(isMirrored ? 0 : kDot + kDotGap, 0, isMirrored ? -kDot - kDotGap : 0, 0);
    }
    painter.setPen(color);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text());
}

} // namespace rewindow
