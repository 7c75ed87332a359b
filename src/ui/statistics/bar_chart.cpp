// A scale, bars of segments, and as many labels as fit.
#include "ui/statistics/bar_chart.h"

#include "ui/shell/number_text.h"
#include "ui/shell/plain_text.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace rewindow {

namespace {
constexpr int kMargin = 10;
constexpr int kLabelGap = 10; ///< between two labels
constexpr double kBarShare = 0.82;
constexpr double kWidestBar = 64;
constexpr double kLeastBar = 1.5; ///< pixels of a bar that is not empty
} // namespace

qint64 ChartBar::count() const {
    qint64 all = 0;
    for (const Segment& segment : segments)
        all += segment.count;
    return all;
}

BarChart::BarChart(Theme::Role role, const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_role(role) {
    setFocusPolicy(Qt::StrongFocus);
    // A scale runs from left to right in every language, as the keys Left and Right do.
    setLayoutDirection(Qt::LeftToRight);
    setAccessibleName(accessibleName);
    setAccessibleDescription(tr("Left and Right go from bar to bar, Return shows its events"));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void BarChart::setBars(std::vector<ChartBar> bars) {
    m_bars = std::move(bars);
    m_most = 0;
    for (const ChartBar& bar : m_bars)
        m_most = std::max(m_most, bar.count());
    const int last = static_cast<int>(m_bars.size()) - 1;
    m_current = last < 0 ? -1 : std::clamp(m_current, 0, last);
    update();
    tellValue();
}

void BarChart::setMessage(const QString& message) {
    m_message = message;
    update();
}

void BarChart::setCurrent(int bar) {
    if (bar < 0 || bar >= static_cast<int>(m_bars.size()) || bar == m_current)
        return;
    m_current = bar;
    update();
    tellValue();
}

QString BarChart::valueText() const {
    return m_current < 0 ? m_message : m_bars[static_cast<std::size_t>(m_current)].text;
}

QSize BarChart::sizeHint() const {
    const Theme& theme = Theme::instance();
    return {theme.scaled(260), theme.scaled(118)};
}

QSize BarChart::minimumSizeHint() const {
    const Theme& theme = Theme::instance();
    return {theme.scaled(150), theme.scaled(80)};
}

QRect BarChart::plotOf(const QSize& size) const {
    const QFontMetrics metrics(Theme::instance().smallFont());
    return QRect(QPoint(), size)
        .adjusted(kMargin, metrics.height() + 6, -kMargin, -metrics.height() - 8);
}

QRectF BarChart::barRect(std::size_t bar, const QRect& plot) const {
    const double pitch = plot.width() / static_cast<double>(m_bars.size());
    const double width = std::min(kWidestBar, pitch > 4 ? pitch * kBarShare : pitch);
    const double middle = plot.left() + (static_cast<double>(bar) + 0.5) * pitch;
    return {middle - width / 2, static_cast<double>(plot.top()), width,
            static_cast<double>(plot.height())};
}

QRect BarChart::barRect(int bar) const {
    return barRect(static_cast<std::size_t>(bar), plotOf(size())).toAlignedRect();
}

int BarChart::barAt(const QPoint& place) const {
    const QRect plot = plotOf(size());
    if (m_bars.empty() || plot.width() <= 0)
        return -1;
    const double share = (place.x() - plot.left()) / static_cast<double>(plot.width());
    if (share < 0 || share >= 1)
        return -1;
    return static_cast<int>(share * static_cast<double>(m_bars.size()));
}

void BarChart::paintScale(QPainter& painter, const QRect& plot) const {
    const Theme& theme = Theme::instance();
    painter.setFont(theme.smallFont());
    painter.setPen(theme.color(Theme::Role::Border));
    painter.drawLine(plot.bottomLeft() + QPoint(0, 1), plot.bottomRight() + QPoint(0, 1));
    painter.drawLine(plot.topLeft(), plot.topRight());
    painter.setPen(theme.color(Theme::Role::DimText));
    const QRect above(plot.left(), 0, plot.width(), plot.top() - 1);
    painter.drawText(above, Qt::AlignLeft | Qt::AlignBottom, numberText(m_most));
}

void BarChart::paintBars(QPainter& painter, const QRect& plot) const {
    const Theme& theme = Theme::instance();
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const QRectF place = barRect(i, plot);
        const double all = static_cast<double>(m_bars[i].count());
        if (all <= 0)
            continue;
        const double scale =
            std::max(place.height() * all / static_cast<double>(m_most), kLeastBar) / all;
        double bottom = place.bottom();
        for (const ChartBar::Segment& segment : m_bars[i].segments) {
            const double height = static_cast<double>(segment.count) * scale;
            painter.fillRect(QRectF(place.left(), bottom - height, place.width(), height),
                             segment.type.isEmpty() ? theme.color(m_role)
                                                    : theme.eventColor(segment.type));
            bottom -= height;
        }
    }
}

/// Every so many bars, that none runs into the next.
void BarChart::paintLabels(QPainter& painter, const QRect& plot) const {
    const Theme& theme = Theme::instance();
    painter.setFont(theme.smallFont());
    painter.setPen(theme.color(Theme::Role::DimText));
    const QFontMetrics metrics(theme.smallFont());
    int widest = 1;
    for (const ChartBar& bar : m_bars)
        widest = std::max(widest, metrics.horizontalAdvance(bar.label));
    const double pitch = plot.width() / static_cast<double>(m_bars.size());
    const auto step =
        std::max<std::size_t>(1, static_cast<std::size_t>((widest + kLabelGap) / pitch + 0.999));
    for (std::size_t i = 0; i < m_bars.size(); i += step) {
        const int width = metrics.horizontalAdvance(m_bars[i].label);
        const int left = static_cast<int>(barRect(i, plot).center().x() - width / 2.0);
        const bool fits = left >= 0 && left + width <= rect().right();
        if (fits || m_bars.size() == 1)
            painter.drawText(std::max(left, 0), plot.bottom() + 5 + metrics.ascent(),
                             m_bars[i].label);
    }
}

void BarChart::paintPicture(QPainter& painter) const {
    painter.setLayoutDirection(layoutDirection()); // else the application's
    const Theme& theme = Theme::instance();
    const QRect plot = plotOf(size());
    painter.fillRect(rect(), theme.color(Theme::Role::Panel));
    if (m_bars.empty() || m_most == 0) {
        painter.setFont(theme.textFont());
        painter.setPen(theme.color(Theme::Role::DimText));
        painter.drawText(rect().adjusted(12, 4, -12, -4), Qt::AlignCenter | Qt::TextWordWrap,
                         onOneLine(m_message));
        return;
    }
    paintScale(painter, plot);
    paintBars(painter, plot);
    paintLabels(painter, plot);
}

void BarChart::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setClipRect(rect());
    paintPicture(painter);
    if (!hasFocus())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color(Theme::Role::Accent), 1.5));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4);
    if (m_current >= 0)
        painter.drawRect(QRectF(barRect(m_current)).adjusted(-2, -2, 2, 2));
}

void BarChart::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_bars.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return setCurrent(m_current - 1);
    case Qt::Key_Right:
        return setCurrent(m_current + 1);
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            emit chosen(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void BarChart::mousePressEvent(QMouseEvent* event) {
    setCurrent(barAt(event->pos()));
}

void BarChart::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const int bar = barAt(event->pos()); bar >= 0 && event->button() == Qt::LeftButton)
        emit chosen(bar);
}

void BarChart::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const int bar = isByKey ? m_current : barAt(event->pos());
    if (bar < 0)
        return;
    setCurrent(bar);
    emit menuWanted(bar, isByKey ? mapToGlobal(barRect(bar).center()) : event->globalPos());
}

bool BarChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int bar = barAt(help->pos());
    const QString text =
        bar < 0 ? QString() : rewindow::toolTip(m_bars[static_cast<std::size_t>(bar)].text);
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace rewindow
