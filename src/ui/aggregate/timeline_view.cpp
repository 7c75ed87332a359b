#include "ui/aggregate/timeline_view.h"

#include "model/items/time_text.h"
#include "ui/aggregate/timeline_painter.h"
#include "ui/shell/number_text.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace rewindow {

namespace {
constexpr int kMargin = 52;
constexpr int kHeight = 114;
constexpr int kLeastHeight = 84;
constexpr double kNear = 16; ///< pixels from a marker within which its tooltip shows
constexpr double kZoomStep = 1.5;
} // namespace

TimelineView::TimelineView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    // Time runs from left to right in every language, as the keys Left and Right do.
    setLayoutDirection(Qt::LeftToRight);
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("The events of the stream; Left and Right step through them"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        layOut();
        updateGeometry();
        update();
    });
    connect(&TimeZoneChoice::instance(), &TimeZoneChoice::changed, this,
            qOverload<>(&QWidget::update));
}

void TimelineView::setOutline(const AggregateOutline& outline) {
    const bool other = outline.stream != m_outline.stream;
    m_outline = outline;
    m_scale.setEvents(outline.events);
    if (other)
        m_scale.fit();
    present(Showing::Line);
    tellValue();
}

void TimelineView::setVersion(StreamVersion version) {
    if (version == m_version)
        return;
    m_version = version;
    if (!m_dragging)
        m_scale.ensureVisible(version.value());
    update();
    tellValue();
}

void TimelineView::setSpacing(TimelineScale::Spacing spacing) {
    m_scale.setSpacing(spacing);
    update();
}

void TimelineView::setMessage(const QString& message, bool trouble) {
    m_message = message;
    m_trouble = trouble;
    present(message.isEmpty() ? Showing::Line : Showing::Message);
    tellValue();
}

void TimelineView::setProgress(qint64 reached, qint64 total) {
    m_reached = reached;
    m_total = total;
    present(Showing::Progress);
}

void TimelineView::present(Showing showing) {
    m_showing = showing;
    update();
}

QString TimelineView::valueText() const {
    if (m_showing != Showing::Line)
        return m_showing == Showing::Message ? m_message : tr("replaying");
    const qint64 version = m_version.value();
    QString text = tr("version %1 of %2").arg(version).arg(m_scale.count());
    if (version >= 1 && version <= m_scale.count())
        text +=
            QStringLiteral(", ") + (*m_outline.events)[static_cast<std::size_t>(version - 1)].type;
    if (m_outline.failure && m_version >= m_outline.failure->version)
        text += QStringLiteral(", ") + m_outline.failure->error.sentence();
    return text;
}

void TimelineView::zoomIn() {
    m_scale.zoomBy(kZoomStep, m_scale.x(m_version.value()));
    update();
}

void TimelineView::zoomOut() {
    m_scale.zoomBy(1 / kZoomStep, m_scale.x(m_version.value()));
    update();
}

void TimelineView::zoomToFit() {
    m_scale.fit();
    update();
}

QSize TimelineView::sizeHint() const {
    const Theme& theme = Theme::instance();
    return {theme.scaled(600), theme.scaled(kHeight)};
}

QSize TimelineView::minimumSizeHint() const {
    const Theme& theme = Theme::instance();
    return {theme.scaled(200), theme.scaled(kLeastHeight)};
}

void TimelineView::layOut() {
    m_scale.setWidth(width(), Theme::instance().scaled(kMargin));
}

void TimelineView::resizeEvent(QResizeEvent*) {
    layOut();
    m_scale.ensureVisible(m_version.value());
}

void TimelineView::paintPicture(QPainter& painter) const {
    painter.fillRect(rect(), Theme::instance().color(Theme::Role::Panel));
    painter.setRenderHint(QPainter::Antialiasing);
    paintContents(painter);
}

void TimelineView::paintContents(QPainter& painter) const {
    painter.setLayoutDirection(layoutDirection()); // else the application's
    const Theme& theme = Theme::instance();
    if (m_showing == Showing::Line) {
        TimelinePainter(m_outline, m_scale, m_version).paint(painter, rect());
    } else if (m_showing == Showing::Progress) {
        paintProgress(painter);
    } else {
        painter.setFont(theme.textFont());
        painter.setPen(theme.color(m_trouble ? Theme::Role::Trouble : Theme::Role::DimText));
        painter.drawText(rect().adjusted(24, 4, -24, -4), Qt::AlignCenter | Qt::TextWordWrap,
                         onOneLine(m_message));
    }
}

void TimelineView::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintContents(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color(Theme::Role::Accent), 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -1.5), 4, 4);
    }
}

void TimelineView::paintProgress(QPainter& painter) const {
    const Theme& theme = Theme::instance();
    const QRectF bar(width() / 4.0, height() / 2.0 + 8, width() / 2.0, 4);
    painter.setFont(theme.textFont());
    painter.setPen(theme.color(Theme::Role::DimText));
    const QString text =
        m_total > 0
            ? tr("Replaying… %1 of %2 events").arg(numberText(m_reached), numberText(m_total))
            : tr("Replaying…");
    painter.drawText(QRectF(0, 0, width(), bar.top() - 6), Qt::AlignHCenter | Qt::AlignBottom,
                     text);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Theme::Role::Border));
    painter.drawRoundedRect(bar, 2, 2);
    if (m_total <= 0)
        return;
    QRectF done = bar;
    done.setWidth(bar.width() * static_cast<double>(m_reached) / static_cast<double>(m_total));
    painter.setBrush(theme.color(Theme::Role::Accent));
    painter.drawRoundedRect(done, 2, 2);
}

void TimelineView::request(double x) {
    const StreamVersion version(m_scale.versionAt(x));
    if (version != m_version)
        emit versionRequested(version);
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_showing != Showing::Line) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_dragging = true;
    request(event->position().x());
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_dragging)
        return;
    const double x = event->position().x();
    if (x < 0 || x > width()) {
        m_scale.scrollBy(x < 0 ? x / 4 : (x - width()) / 4);
        update();
    }
    request(std::clamp(x, 0.0, static_cast<double>(width())));
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event) {
    if (m_showing != Showing::Line)
        return;
    const bool isPointed = event->reason() == QContextMenuEvent::Mouse;
    emit menuRequested(isPointed ? StreamVersion(m_scale.versionAt(event->pos().x())) : m_version,
                       event->globalPos());
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        m_dragging = false;
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    if (m_showing != Showing::Line)
        return;
    QPoint delta = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier) && delta.x() == 0)
        delta = {delta.y(), 0};
    if (delta.x() != 0)
        m_scale.scrollBy(-delta.x());
    else
        m_scale.zoomBy(std::pow(kZoomStep, delta.y() / 120.0), event->position().x());
    update();
    event->accept();
}

bool TimelineView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString text = toolTipAt(help->pos().x());
    QToolTip::showText(help->globalPos(), text.isEmpty() ? text : rewindow::toolTip(text), this);
    return true;
}

QString TimelineView::toolTipAt(double x) const {
    if (m_showing != Showing::Line)
        return {};
    const qint64 version = m_scale.versionAt(x);
    const bool crowded = m_scale.step() < 2 * kNear;
    if (!crowded && std::abs(m_scale.x(version) - x) > kNear)
        return {};
    if (version == 0)
        return tr("version 0: before the first event");
    const TimelineEvent& event = (*m_outline.events)[static_cast<std::size_t>(version - 1)];
    QString text = tr("version %1 of %2\n%3\n%4")
                       .arg(QString::number(version), QString::number(m_scale.count()),
                            onOneLine(event.type), wholeTimeText(event.recordedAt));
    if (m_outline.failure && event.version >= m_outline.failure->version)
        text += u'\n' + m_outline.failure->error.sentence();
    return text;
}

} // namespace rewindow
