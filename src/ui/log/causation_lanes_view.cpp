// Lanes, the events on them, and moving among these; how they look is in causation_lanes_paint.cpp.
#include "ui/log/causation_lanes_view.h"

#include "model/items/time_text.h"
#include "ui/shell/number_text.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QContextMenuEvent>
#include <QHash>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cstdlib>

namespace rewindow {

namespace {
constexpr int kColumn = 34;
constexpr int kWidestColumn = 110;
constexpr int kLane = 46;
constexpr int kNames = 120;
} // namespace

CausationLanesView::CausationLanesView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Events of the same correlation, a lane for each stream"));
    setAccessibleDescription(
        tr("Left and Right go from event to event, Up and Down from lane to lane, Shift+Left to "
           "the cause, Shift+Right to the first effect; Return shows the event."));
    viewport()->setAutoFillBackground(false);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        fitScrollBars();
        viewport()->update();
    });
}

void CausationLanesView::setCausation(const Causation& causation, GlobalPosition shown) {
    m_causation = causation;
    const auto count = m_causation.nodes.size();
    m_streams.clear();
    m_lanes.assign(count, 0);
    m_effects.assign(count, {});
    m_nextInLane.assign(count, -1);
    m_current = count > 0 ? 0 : -1;
    QHash<QString, int> lanes;
    std::vector<int> lastInLane;
    for (int i = 0; i < nodeCount(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const CausationNode& event = m_causation.nodes[at];
        if (!lanes.contains(event.stream)) {
            lanes.insert(event.stream, static_cast<int>(m_streams.size()));
            m_streams.push_back(event.stream);
            lastInLane.push_back(-1);
        }
        m_lanes[at] = lanes.value(event.stream);
        int& last = lastInLane[static_cast<std::size_t>(m_lanes[at])];
        if (last >= 0)
            m_nextInLane[static_cast<std::size_t>(last)] = i;
        last = i;
        if (event.parent >= 0)
            m_effects[static_cast<std::size_t>(event.parent)].push_back(i);
        if (event.position == shown)
            m_current = i;
    }
    fitScrollBars();
    showCurrent();
    viewport()->update();
    tellValue();
}

const CausationNode& CausationLanesView::node(int index) const {
    return m_causation.nodes[static_cast<std::size_t>(index)];
}

/// Few events share out the room there is.
int CausationLanesView::columnWidth() const {
    const Theme& theme = Theme::instance();
    return std::clamp((viewport()->width() - namesWidth()) / (nodeCount() + 1),
                      theme.scaled(kColumn), theme.scaled(kWidestColumn));
}

int CausationLanesView::laneHeight() const {
    return Theme::instance().scaled(kLane);
}

int CausationLanesView::namesWidth() const {
    return std::min(Theme::instance().scaled(kNames), viewport()->width() / 3);
}

QPoint CausationLanesView::placeOf(int node) const {
    return {namesWidth() + node * columnWidth() + columnWidth() / 2 -
                horizontalScrollBar()->value(),
            laneOf(node) * laneHeight() + laneHeight() * 2 / 3 - verticalScrollBar()->value()};
}

std::pair<int, int> CausationLanesView::columnsInSight() const {
    const int first = horizontalScrollBar()->value() / columnWidth();
    const int room = viewport()->width() - namesWidth();
    return {std::min(first, nodeCount()), std::min(first + room / columnWidth() + 2, nodeCount())};
}

std::optional<int> CausationLanesView::nodeAt(const QPoint& place) const {
    if (place.x() < namesWidth())
        return std::nullopt;
    const int column = (place.x() - namesWidth() + horizontalScrollBar()->value()) / columnWidth();
    if (column < 0 || column >= nodeCount())
        return std::nullopt;
    const int lane = (place.y() + verticalScrollBar()->value()) / laneHeight();
    return lane == laneOf(column) ? std::optional(column) : std::nullopt;
}

void CausationLanesView::setCurrent(int node) {
    if (node == m_current || node < 0 || node >= nodeCount())
        return;
    m_current = node;
    showCurrent();
    viewport()->update();
    tellValue();
}

void CausationLanesView::choose(int node) {
    setCurrent(node);
    if (m_current >= 0)
        emit eventChosen(this->node(m_current).position);
}

/// To its event that is nearest.
void CausationLanesView::goToLane(bool below) {
    const int lane = laneOf(m_current) + (below ? 1 : -1);
    int nearest = -1;
    for (int i = 0; i < nodeCount(); ++i) {
        if (laneOf(i) == lane &&
            (nearest < 0 || std::abs(i - m_current) < std::abs(nearest - m_current)))
            nearest = i;
    }
    if (nearest >= 0)
        setCurrent(nearest);
}

void CausationLanesView::keyPressEvent(QKeyEvent* event) {
    if (m_current < 0)
        return QAbstractScrollArea::keyPressEvent(event);
    const bool isShifted = event->modifiers() == Qt::ShiftModifier;
    if (!isShifted && (event->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return QAbstractScrollArea::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
        return setCurrent(isShifted ? node(m_current).parent : m_current - 1);
    case Qt::Key_Right:
        if (!isShifted)
            return setCurrent(m_current + 1);
        return setCurrent(effectsOf(m_current).empty() ? -1 : effectsOf(m_current).front());
    case Qt::Key_Up:
        return goToLane(false);
    case Qt::Key_Down:
        return goToLane(true);
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(nodeCount() - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return choose(m_current);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void CausationLanesView::mousePressEvent(QMouseEvent* event) {
    const auto hit = nodeAt(event->pos());
    if (hit && event->button() == Qt::LeftButton)
        choose(*hit);
    else if (hit)
        setCurrent(*hit);
}

void CausationLanesView::contextMenuEvent(QContextMenuEvent* event) {
    const bool isPointed = event->reason() == QContextMenuEvent::Mouse;
    const int at = isPointed ? nodeAt(event->pos()).value_or(-1) : m_current;
    if (at >= 0)
        emit menuRequested(at,
                           isPointed ? event->globalPos() : viewport()->mapToGlobal(placeOf(at)));
}

QString CausationLanesView::textOf(int node) const {
    const CausationNode& event = this->node(node);
    const auto named = [](const CausationNode& one) {
        return tr("%1, %2 v%3")
            .arg(onOneLine(one.type), onOneLine(one.stream))
            .arg(one.version.value());
    };
    QString text =
        tr("%1 of %2: %3").arg(numberText(node + 1), numberText(nodeCount()), named(event));
    if (event.parent >= 0)
        text += tr(", caused by %1").arg(named(this->node(event.parent)));
    const auto effects = static_cast<qint64>(effectsOf(node).size());
    if (effects == 1)
        text += tr(", caused 1 event");
    else if (effects > 1)
        text += tr(", caused %1 events").arg(numberText(effects));
    return text;
}

QString CausationLanesView::sliderText() const {
    return m_current < 0 ? tr("no events") : textOf(m_current);
}

bool CausationLanesView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto hit = nodeAt(help->pos());
    QToolTip::showText(
        help->globalPos(),
        hit ? rewindow::toolTip(textOf(*hit) + u'\n' + wholeTimeText(node(*hit).recordedAt))
            : QString(),
        viewport());
    return true;
}

void CausationLanesView::fitScrollBars() {
    const int room = std::max(1, viewport()->width() - namesWidth());
    const int height = static_cast<int>(m_streams.size()) * laneHeight();
    horizontalScrollBar()->setRange(0, std::max(0, (nodeCount() + 1) * columnWidth() - room));
    horizontalScrollBar()->setPageStep(room);
    horizontalScrollBar()->setSingleStep(columnWidth());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(laneHeight());
}

void CausationLanesView::showCurrent() {
    if (m_current < 0)
        return;
    const QPoint place = placeOf(m_current);
    const auto bring = [](QScrollBar& bar, int at, int from, int to, int margin) {
        if (at - margin < from)
            bar.setValue(bar.value() + at - margin - from);
        else if (at + margin > to)
            bar.setValue(bar.value() + at + margin - to);
    };
    bring(*horizontalScrollBar(), place.x(), namesWidth(), viewport()->width(), 2 * columnWidth());
    bring(*verticalScrollBar(), place.y(), 0, viewport()->height(), laneHeight() * 2 / 3);
}

void CausationLanesView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    fitScrollBars();
    showCurrent();
}

void CausationLanesView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void CausationLanesView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace rewindow
