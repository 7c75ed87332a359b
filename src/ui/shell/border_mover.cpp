// A bar over the border, as thick as can be seen.
#include "ui/shell/border_mover.h"

#include "ui/shell/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kThickness = 8;
constexpr int kStep = 16;
constexpr int kLeap = 96;
constexpr int kAttempts = 4;

/// How far apart two rectangles are.
int distance(const QRect& one, const QRect& other) {
    const auto gap = [](int oneBegin, int oneEnd, int otherBegin, int otherEnd) {
        return std::max({0, otherBegin - oneEnd, oneBegin - otherEnd});
    };
    return gap(one.left(), one.right(), other.left(), other.right()) +
           gap(one.top(), one.bottom(), other.top(), other.bottom());
}

} // namespace

BorderMover::BorderMover(QWidget& window) : QWidget(&window), m_window(window) {
    setObjectName(QStringLiteral("borderMover"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Border between parts"));
    setAccessibleDescription(tr("Arrows move the border, with Shift by a little; Home and End as "
                                "far as it goes. F6 takes the next border, Return ends it."));
    hide();
    window.installEventFilter(this);
}

bool BorderMover::take(bool next) {
    const QList<PaneBorder> borders = PaneBorder::of(m_window);
    if (borders.isEmpty())
        return false;
    const qsizetype count = borders.size();
    if (const qsizetype at = m_border ? borders.indexOf(*m_border) : -1; at >= 0) {
        lieOver(borders[(at + (next ? 1 : count - 1)) % count]);
        return true;
    }
    m_before = m_window.focusWidget();
    const QRect from = m_before && m_before != &m_window
                           ? QRect(m_before->mapTo(&m_window, QPoint()), m_before->size())
                           : m_window.rect();
    lieOver(*std::ranges::min_element(borders, {}, [&](const PaneBorder& border) {
        return distance(from, border.rectIn(m_window));
    }));
    return true;
}

void BorderMover::lieOver(const PaneBorder& border) {
    m_border = border;
    m_heading = nullptr;
    setAccessibleName(border.name());
    setCursor(border.axis() == Qt::Horizontal ? Qt::SplitHCursor : Qt::SplitVCursor);
    follow();
    show();
    raise();
    setFocus(Qt::ShortcutFocusReason);
    tellValue();
    emit hinted(
        tr("%1 — arrows move it, F6 takes the next border, Return ends it").arg(border.name()));
}

/// To where the border is now.
void BorderMover::follow() {
    QRect place = m_border->rectIn(m_window);
    const int more = std::max(0, kThickness - std::min(place.width(), place.height()));
    if (m_border->axis() == Qt::Horizontal)
        place.adjust(-more / 2, 0, more - more / 2, 0);
    else
        place.adjust(0, -more / 2, 0, more - more / 2);
    setGeometry(place);
    update();
}

void BorderMover::leave() {
    if (!m_border)
        return;
    m_border.reset();
    const bool had = hasFocus();
    hide();
    if (had && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    m_before = nullptr;
    emit hinted({});
}

QString BorderMover::sliderText() const {
    if (!m_border)
        return tr("no border");
    const qint64 span = std::max<qint64>(1, sliderMaximum() - sliderMinimum());
    return tr("%1 % of the way").arg((100 * (sliderValue() - sliderMinimum()) + span / 2) / span);
}

void BorderMover::setSliderValue(qint64 value) {
    m_heading = nullptr;
    if (m_border)
        moveTo(static_cast<int>(value));
}

void BorderMover::moveTo(int position) {
    m_border->moveTo(position);
    followSoon();
}

void BorderMover::moveToEnd(End end) {
    m_heading = end;
    m_attempts = kAttempts;
    moveTo((*m_border.*end)());
}

/// Where the border came to rest is known when the parts are laid out.
void BorderMover::followSoon() {
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_border && !m_border->isThere())
                leave();
            if (!m_border)
                return;
            follow();
            tellValue();
            // A part that has become narrow may leave something out, and go narrower still.
            const int end = m_heading ? (*m_border.*m_heading)() : m_border->position();
            if (end == m_border->position() || m_attempts-- == 0)
                m_heading = nullptr;
            else
                moveTo(end);
        },
        Qt::QueuedConnection);
}

bool BorderMover::event(QEvent* event) {
    // These keys are its own, whatever the pages do with them.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        const bool isPlain = (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
        switch (key.key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Escape:
        case Qt::Key_Space:
            if (isPlain)
                event->accept();
            break;
        default:
            break;
        }
    }
    return QWidget::event(event);
}

void BorderMover::keyPressEvent(QKeyEvent* event) {
    if (!m_border)
        return QWidget::keyPressEvent(event);
    const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? 1 : kStep;
    const bool isAcross = m_border->axis() == Qt::Horizontal;
    const auto moveBy = [&](int pixels) { setSliderValue(m_border->position() + pixels); };
    switch (event->key()) {
    case Qt::Key_Left:
        return isAcross ? moveBy(-step) : QWidget::keyPressEvent(event);
    case Qt::Key_Right:
        return isAcross ? moveBy(step) : QWidget::keyPressEvent(event);
    case Qt::Key_Up:
        return isAcross ? QWidget::keyPressEvent(event) : moveBy(-step);
    case Qt::Key_Down:
        return isAcross ? QWidget::keyPressEvent(event) : moveBy(step);
    case Qt::Key_PageUp:
        return moveBy(-kLeap);
    case Qt::Key_PageDown:
        return moveBy(kLeap);
    case Qt::Key_Home:
        return moveToEnd(&PaneBorder::least);
    case Qt::Key_End:
        return moveToEnd(&PaneBorder::most);
    case Qt::Key_F6:
        take(!event->modifiers().testFlag(Qt::ShiftModifier));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
    case Qt::Key_Space:
        return leave();
    default:
        QWidget::keyPressEvent(event);
    }
}

void BorderMover::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        leave();
}

bool BorderMover::focusNextPrevChild(bool) {
    leave();
    return true;
}

/// A window of another size has its borders elsewhere.
bool BorderMover::eventFilter(QObject* watched, QEvent* event) {
    if (m_border && event->type() == QEvent::Resize)
        followSoon();
    return QWidget::eventFilter(watched, event);
}

void BorderMover::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(hasFocus() ? Theme::Role::Accent : Theme::Role::Border));
    const QRectF bar = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.drawRoundedRect(bar, kThickness / 2.0 - 1, kThickness / 2.0 - 1);
}

} // namespace rewindow
