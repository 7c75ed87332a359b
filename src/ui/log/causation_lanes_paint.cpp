// How the lanes of a correlation look.
#include "ui/log/causation_lanes_view.h"

#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kRadius = 6;
constexpr int kRing = 3;
constexpr int kArrow = 5;
constexpr int kPadding = 8;
constexpr int kLabelColumns = 8; ///< that a label may take
/// Lines from one event that are drawn to others out of sight: beyond these they cover each other.
constexpr int kLinesOut = 120;

} // namespace

void CausationLanesView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    paintContents(painter, hasFocus());
}

void CausationLanesView::paintPicture(QPainter& painter) const {
    painter.fillRect(rect(), Theme::instance().color(Theme::Role::Panel));
    paintContents(painter, false);
}

void CausationLanesView::paintContents(QPainter& painter, bool withFocus) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintLanes(painter);
    painter.save();
    painter.setClipRect(viewport()->rect().adjusted(namesWidth(), 0, 0, 0), Qt::IntersectClip);
    paintEdges(painter);
    paintNodes(painter, withFocus);
    painter.restore();
    paintNames(painter);
    painter.restore();
}

void CausationLanesView::paintLanes(QPainter& painter) const {
    const QColor line = Theme::instance().color(Theme::Role::Border);
    for (int lane = 0; lane < static_cast<int>(m_streams.size()); ++lane) {
        const int bottom = (lane + 1) * laneHeight() - verticalScrollBar()->value();
        if (bottom >= 0 && bottom - laneHeight() <= viewport()->height())
            painter.fillRect(0, bottom - 1, viewport()->width(), 1, line);
    }
}

void CausationLanesView::paintNames(QPainter& painter) const {
    const Theme& theme = Theme::instance();
    painter.fillRect(QRect(namesWidth() - 1, 0, 1, viewport()->height()),
                     theme.color(Theme::Role::Border));
    painter.setFont(theme.monospaceFont());
    const int currentLane = m_current < 0 ? -1 : laneOf(m_current);
    for (int lane = 0; lane < static_cast<int>(m_streams.size()); ++lane) {
        const QRect place(kPadding, lane * laneHeight() - verticalScrollBar()->value(),
                          namesWidth() - 2 * kPadding, laneHeight());
        if (!place.intersects(viewport()->rect()))
            continue;
        painter.setPen(theme.color(lane == currentLane ? Theme::Role::Text : Theme::Role::DimText));
        painter.drawText(
            place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(onOneLine(m_streams[static_cast<std::size_t>(lane)]),
                                             Qt::ElideMiddle, place.width()));
    }
}

/// Those with an end in sight; those of the current event last, above the others.
void CausationLanesView::paintEdges(QPainter& painter) const {
    const auto [first, last] = columnsInSight();
    const auto isOfCurrent = [this](int cause, int effect) {
        return cause == m_current || effect == m_current;
    };
    for (const bool ofCurrent : {false, true}) {
        for (int i = first; i < last; ++i) {
            const int cause = node(i).parent;
            if (cause >= 0 && isOfCurrent(cause, i) == ofCurrent)
                paintEdge(painter, cause, i);
            int drawn = 0;
            for (const int effect : effectsOf(i)) {
                if (effect < last || isOfCurrent(i, effect) != ofCurrent)
                    continue;
                paintEdge(painter, i, effect);
                if (++drawn == kLinesOut)
                    break;
            }
        }
    }
}

void CausationLanesView::paintEdge(QPainter& painter, int cause, int effect) const {
    const Theme& theme = Theme::instance();
    const bool isOfCurrent = cause == m_current || effect == m_current;
    const QColor color = theme.color(isOfCurrent ? Theme::Role::Accent : Theme::Role::FaintText);
    const int radius = theme.scaled(kRadius);
    const int arrow = theme.scaled(kArrow);
    const QPointF from = QPointF(placeOf(cause)) + QPointF(radius, 0);
    const QPointF to = QPointF(placeOf(effect)) - QPointF(radius + 1, 0);
    const QPointF end = to - QPointF(arrow, 0);
    QPainterPath path(from);
    const double reach = std::min(columnWidth() / 2.0, (end.x() - from.x()) / 2);
    if (from.y() == end.y()) {
        path.lineTo(end);
    } else {
        // Along the cause's lane, then down or up just before the effect.
        const double turn = end.x() - reach;
        path.lineTo(turn - reach, from.y());
        path.cubicTo({turn, from.y()}, {turn, end.y()}, end);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, isOfCurrent ? 2 : 1));
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(
        QPolygonF{to, end + QPointF(0, -arrow * 0.7), end + QPointF(0, arrow * 0.7)});
}

void CausationLanesView::paintNodes(QPainter& painter, bool withFocus) const {
    const Theme& theme = Theme::instance();
    const auto [first, last] = columnsInSight();
    const int radius = theme.scaled(kRadius);
    for (int i = first; i < last; ++i) {
        const QPoint place = placeOf(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.eventColor(node(i).type));
        painter.drawEllipse(place, radius, radius);
        if (i != m_current)
            continue;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color(withFocus ? Theme::Role::Accent : Theme::Role::Text), 2));
        painter.drawEllipse(place, radius + kRing, radius + kRing);
    }
    // A label may begin before what is in sight.
    for (int i = std::max(0, first - kLabelColumns); i < last; ++i)
        paintLabel(painter, i);
}

/// Above the event, as far as the next one of its lane leaves room; whole for the current one.
void CausationLanesView::paintLabel(QPainter& painter, int node) const {
    const Theme& theme = Theme::instance();
    const QPoint place = placeOf(node);
    const int radius = theme.scaled(kRadius);
    const int next = m_nextInLane[static_cast<std::size_t>(node)];
    const bool isCurrent = node == m_current;
    const int columns = next < 0 || isCurrent ? kLabelColumns : next - node;
    painter.setFont(theme.smallFont());
    const QFontMetrics metrics = painter.fontMetrics();
    const QString text = metrics.elidedText(onOneLine(this->node(node).type), Qt::ElideRight,
                                            columns * columnWidth() - kPadding / 2);
    if (columns < 2 && text.size() < 3)
        return;
    const QRect label(place.x() - radius, place.y() - radius - kRing - metrics.height() - 1,
                      metrics.horizontalAdvance(text) + 2, metrics.height());
    if (isCurrent)
        painter.fillRect(label, theme.color(Theme::Role::Panel));
    else if (m_current >= 0 && laneOf(m_current) == laneOf(node) && m_current < node &&
             node - m_current < kLabelColumns)
        return; // under the current one's
    painter.setPen(theme.color(isCurrent ? Theme::Role::Text : Theme::Role::DimText));
    painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

} // namespace rewindow
