// Bars, the spans over them, and the axis below.
#include "ui/log/histogram_view.h"

#include "model/items/time_text.h"
#include "ui/shell/number_text.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rewindow {

namespace {

constexpr int kHeight = 116;
constexpr int kLeastHeight = 72;
constexpr int kSide = 8;
constexpr int kTop = 8;
constexpr int kAxis = 18;
constexpr double kGap = 1; ///< pixels between bars that have room for it
constexpr int kTypesNamed = 4;
constexpr int kNameShown = 60;
constexpr int kLabelRoom = 130;
constexpr int kLabelGap = 12;
constexpr float kGroundOpacity = 0.9F;

/// As exact as bars of that duration need it.
QString barTime(const HistogramBars& bars, int bar) {
    const Timestamp begin = bars.beginOf(bar);
    return timeText(begin, bars.endOf(bar).microseconds() - begin.microseconds());
}

} // namespace

HistogramView::HistogramView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    // Time runs from left to right in every language, as the keys Left and Right do.
    setLayoutDirection(Qt::LeftToRight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Events over time"));
    setAccessibleDescription(tr("Left and Right go from bar to bar, with Shift they take more; "
                                "Return shows these events, Escape all of them."));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    connect(&TimeZoneChoice::instance(), &TimeZoneChoice::changed, this, [this] {
        update();
        tellValue();
    });
}

void HistogramView::setBars(const HistogramBars& bars) {
    // The bar that is looked at keeps its time where that still has a place, and so does where
    // taking began.
    const auto timeOf = [this](int bar) {
        return bar < 0 ? std::nullopt : std::optional(m_bars.beginOf(bar));
    };
    const std::optional<Timestamp> looked = timeOf(m_current);
    const std::optional<Timestamp> anchor = timeOf(m_anchor);
    m_bars = bars;
    m_highest = 0;
    for (int bar = 0; bar < m_bars.bars(); ++bar)
        m_highest = std::max(m_highest, m_bars.total(bar));
    const auto barOf = [this](const std::optional<Timestamp>& time, int otherwise) {
        return time && m_bars.bars() > 0 ? m_bars.barOf(*time) : otherwise;
    };
    m_current = barOf(looked, m_bars.bars() - 1);
    m_anchor = barOf(anchor, -1);
    update();
    tellValue();
}

void HistogramView::setSpan(const std::optional<TimeSpan>& span) {
    if (m_span == span)
        return;
    m_span = span;
    update();
}

void HistogramView::setMessage(const QString& message) {
    m_message = message;
    update();
}

void HistogramView::setCurrentBar(int bar) {
    bar = std::clamp(bar, m_bars.bars() > 0 ? 0 : -1, m_bars.bars() - 1);
    if (bar == m_current)
        return;
    m_current = bar;
    update();
    tellValue();
}

QString HistogramView::barText(int bar) const {
    if (bar < 0 || bar >= m_bars.bars())
        return m_message;
    std::vector<qsizetype> order(static_cast<std::size_t>(m_bars.types.size()));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater{},
                             [&](qsizetype type) { return m_bars.count(bar, type); });
    QStringList counts;
    for (const qsizetype type : order) {
        if (m_bars.count(bar, type) == 0)
            break;
        if (counts.size() == kTypesNamed) {
            counts += tr("…");
            break;
        }
        const QString& name = m_bars.types[type];
        counts += tr("%1 %2").arg(name.isEmpty() ? tr("others") : onOneLine(name, kNameShown),
                                  numberText(m_bars.count(bar, type)));
    }
    const qint64 total = m_bars.total(bar);
    const QString head =
        (total == 1 ? tr("%1, 1 event")
                    : tr("%1, %2 events").replace(QLatin1String("%2"), numberText(total)))
            .arg(barTime(m_bars, bar));
    return counts.isEmpty() ? head : tr("%1: %2").arg(head, counts.join(QStringLiteral(", ")));
}

QSize HistogramView::sizeHint() const {
    return {600, Theme::instance().scaled(kHeight)};
}

QSize HistogramView::minimumSizeHint() const {
    return {120, Theme::instance().scaled(kLeastHeight)};
}

QRect HistogramView::plot() const {
    return rect().adjusted(kSide, kTop, -kSide, -Theme::instance().scaled(kAxis));
}

double HistogramView::left(int bar) const {
    const QRect place = plot();
    return place.left() + static_cast<double>(bar) * place.width() / std::max(1, m_bars.bars());
}

QRect HistogramView::barRect(int bar) const {
    const int from = static_cast<int>(std::floor(left(bar)));
    const int to = static_cast<int>(std::ceil(left(bar + 1)));
    return {from, plot().top(), std::max(1, to - from), plot().height()};
}

int HistogramView::barAt(int x) const {
    if (m_bars.bars() == 0)
        return -1;
    const QRect place = plot();
    const double share = static_cast<double>(x - place.left()) / std::max(1, place.width());
    return std::clamp(static_cast<int>(std::floor(share * m_bars.bars())), 0, m_bars.bars() - 1);
}

void HistogramView::choose() {
    if (m_current < 0)
        return;
    if (m_anchor < 0 || m_anchor == m_current) {
        emit timeChosen(m_bars.beginOf(m_current));
        return;
    }
    const int first = std::min(m_anchor, m_current);
    const int last = std::max(m_anchor, m_current);
    m_anchor = -1;
    emit spanChosen({m_bars.beginOf(first), m_bars.endOf(last)});
    update();
}

bool HistogramView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const int bar = barAt(help->pos().x()); bar >= 0)
            QToolTip::showText(help->globalPos(), rewindow::toolTip(barText(bar)), this,
                               barRect(bar));
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    // Arrows and Return are the histogram's own while it has the focus.
    if (event->type() == QEvent::ShortcutOverride) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!(static_cast<QKeyEvent*>(event)->modifiers() &
                  (Qt::AltModifier | Qt::ControlModifier)))
                event->accept();
            break;
        default:
            break;
        }
    }
    return QWidget::event(event);
}

void HistogramView::keyPressEvent(QKeyEvent* event) {
    const auto move = [&](int bar) {
        if (!event->modifiers().testFlag(Qt::ShiftModifier))
            m_anchor = -1;
        else if (m_anchor < 0)
            m_anchor = m_current;
        setCurrentBar(bar);
        update();
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return move(m_current - 1);
    case Qt::Key_Right:
        return move(m_current + 1);
    case Qt::Key_Home:
        return move(0);
    case Qt::Key_End:
        return move(m_bars.bars() - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return choose();
    case Qt::Key_Escape:
        m_anchor = -1;
        update();
        emit wholeWanted();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void HistogramView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_bars.bars() == 0) {
        if (event->button() == Qt::RightButton)
            setCurrentBar(barAt(event->position().toPoint().x()));
        QWidget::mousePressEvent(event);
        return;
    }
    m_pressed = true;
    m_anchor = barAt(event->position().toPoint().x());
    setCurrentBar(m_anchor);
    update();
}

void HistogramView::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed)
        setCurrentBar(barAt(event->position().toPoint().x()));
}

void HistogramView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !std::exchange(m_pressed, false))
        return;
    choose();
    m_anchor = -1;
    update();
}

void HistogramView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPicture(painter);
    if (hasFocus() && m_message.isEmpty() && m_current >= 0) {
        painter.setPen(Theme::instance().color(Theme::Role::Accent));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(barRect(m_current).adjusted(-1, -3, 0, 1));
    }
}

void HistogramView::paintPicture(QPainter& painter) const {
    painter.setLayoutDirection(layoutDirection()); // else the application's
    const Theme& theme = Theme::instance();
    painter.fillRect(rect(), theme.color(Theme::Role::Panel));
    if (!m_message.isEmpty() || m_bars.bars() == 0) {
        painter.setFont(theme.smallFont());
        painter.setPen(theme.color(Theme::Role::DimText));
        painter.drawText(rect().adjusted(kSide, 0, -kSide, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         m_message);
        return;
    }
    paintSpans(painter);
    paintBars(painter);
    paintAxis(painter);
}

void HistogramView::paintSpans(QPainter& painter) const {
    const Theme& theme = Theme::instance();
    if (m_span) {
        const auto x = [&](Timestamp time) {
            if (time <= m_bars.edges.front())
                return left(0);
            if (time >= m_bars.edges.back())
                return left(m_bars.bars());
            const int bar = m_bars.barOf(time);
            const double share =
                static_cast<double>(time.microseconds() - m_bars.beginOf(bar).microseconds()) /
                static_cast<double>(m_bars.endOf(bar).microseconds() -
                                    m_bars.beginOf(bar).microseconds());
            return left(bar) + share * (left(bar + 1) - left(bar));
        };
        const double from = x(m_span->begin);
        painter.fillRect(QRectF(from, 0, x(m_span->end) - from, height()),
                         theme.color(Theme::Role::Selection));
    }
    if (m_anchor >= 0 && m_anchor != m_current) {
        const auto [first, last] = std::minmax(m_anchor, m_current);
        QColor taken = theme.color(Theme::Role::Accent);
        taken.setAlphaF(0.25F);
        painter.fillRect(QRectF(left(first), 0, left(last + 1) - left(first), height()), taken);
    }
}

void HistogramView::paintBars(QPainter& painter) const {
    const QRect place = plot();
    const double width = static_cast<double>(place.width()) / m_bars.bars();
    const double gap = width >= 4 ? kGap : 0;
    std::vector<QColor> colors;
    for (const QString& type : m_bars.types)
        colors.push_back(type.isEmpty() ? Theme::instance().color(Theme::Role::FaintText)
                                        : Theme::instance().eventColor(type));
    for (int bar = 0; bar < m_bars.bars(); ++bar) {
        double bottom = place.bottom() + 1;
        for (qsizetype type = 0; type < m_bars.types.size(); ++type) {
            const qint64 count = m_bars.count(bar, type);
            if (count == 0)
                continue;
            const double height = static_cast<double>(count) * place.height() /
                                  static_cast<double>(std::max<qint64>(1, m_highest));
            // However few, they are seen.
            const double shown = std::max(height, type == 0 ? 1.0 : 0.3);
            painter.fillRect(QRectF(left(bar), bottom - shown, std::max(0.7, width - gap), shown),
                             colors[static_cast<std::size_t>(type)]);
            bottom -= height;
        }
    }
}

void HistogramView::paintAxis(QPainter& painter) const {
    const Theme& theme = Theme::instance();
    const QRect place = plot();
    painter.setFont(theme.smallFont());
    painter.setPen(theme.color(Theme::Role::Border));
    painter.drawLine(place.left(), place.bottom() + 1, place.right(), place.bottom() + 1);
    painter.setPen(theme.color(Theme::Role::DimText));
    const int widest = painter.fontMetrics().horizontalAdvance(barTime(m_bars, 0)) + kLabelGap;
    const int room = std::max(1, place.width() / std::max(widest, theme.scaled(kLabelRoom)));
    const int every = std::max(1, (m_bars.bars() + room - 1) / room);
    for (int bar = 0; bar < m_bars.bars(); bar += every) {
        const int from = static_cast<int>(left(bar));
        const QString text = barTime(m_bars, bar);
        if (from + painter.fontMetrics().horizontalAdvance(text) <= place.right() || bar == 0)
            painter.drawText(QRect(from, place.bottom() + 2, place.right() - from + 1,
                                   height() - place.bottom() - 2),
                             Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    const QString most = tr("at most %1").arg(numberText(m_highest));
    const QRect above = place.adjusted(0, -4, 0, 0);
    const QRect taken =
        painter.boundingRect(above, Qt::AlignRight | Qt::AlignTop, most).adjusted(-4, 0, 0, 0);
    QColor ground = theme.color(Theme::Role::Panel);
    ground.setAlphaF(kGroundOpacity);
    painter.fillRect(taken, ground); // bars may be as high as that
    painter.drawText(above, Qt::AlignRight | Qt::AlignTop, most);
}

} // namespace rewindow
