// Found by where the parts lie: what is docked has no handle that could be asked.
#include "ui/shell/pane_border.h"

#include <QDockWidget>
#include <QLayoutItem>
#include <QMainWindow>
#include <QSplitter>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kWidest = 24; ///< of a gap that is still one border

/// Whether `one` and `other` face each other over more than half of the shorter one's side.
bool faceEachOther(int oneBegin, int oneEnd, int otherBegin, int otherEnd) {
    const int shared = std::min(oneEnd, otherEnd) - std::max(oneBegin, otherBegin);
    return 2 * shared > std::min(oneEnd - oneBegin, otherEnd - otherBegin);
}

bool isRightBeside(const QRect& one, const QRect& other) {
    const int gap = other.left() - one.right();
    return gap > 0 && gap <= kWidest &&
           faceEachOther(one.top(), one.bottom(), other.top(), other.bottom());
}

bool isRightBelow(const QRect& one, const QRect& other) {
    const int gap = other.top() - one.bottom();
    return gap > 0 && gap <= kWidest &&
           faceEachOther(one.left(), one.right(), other.left(), other.right());
}

/// What a layout grants it at least.
int leastLength(QWidget& part, Qt::Orientation axis) {
    const QSize least = QWidgetItem(&part).minimumSize();
    return axis == Qt::Horizontal ? least.width() : least.height();
}

/// Whether two parts reach from and to the same places along an axis, as those of one dock area do
/// across it.
bool spanTheSame(const QWidget& one, const QWidget& other, Qt::Orientation axis) {
    const QRect a = one.geometry();
    const QRect b = other.geometry();
    return axis == Qt::Horizontal ? a.left() == b.left() && a.right() == b.right()
                                  : a.top() == b.top() && a.bottom() == b.bottom();
}

} // namespace

QList<PaneBorder> PaneBorder::of(QWidget& window) {
    QList<PaneBorder> found;
    collectSplitters(window, found);
    QList<QMainWindow*> docking = window.findChildren<QMainWindow*>();
    if (auto* itself = qobject_cast<QMainWindow*>(&window))
        docking.prepend(itself);
    for (QMainWindow* each : std::as_const(docking)) {
        if (each->isVisible())
            collectDocks(*each, found);
    }
    std::ranges::stable_sort(found, {}, [&](const PaneBorder& border) {
        const QPoint place = border.rectIn(window).topLeft();
        return std::pair(place.y(), window.isRightToLeft() ? -place.x() : place.x());
    });
    return found;
}

void PaneBorder::collectSplitters(QWidget& window, QList<PaneBorder>& found) {
    for (QSplitter* splitter : window.findChildren<QSplitter*>()) {
        if (!splitter->isVisible() || splitter->window() != &window)
            continue;
        const bool isMirrored =
            splitter->orientation() == Qt::Horizontal && splitter->isRightToLeft();
        QWidget* last = nullptr;
        for (int i = 0; i < splitter->count(); ++i) {
            QWidget* part = splitter->widget(i);
            if (!part->isVisible())
                continue;
            if (last)
                found.append(PaneBorder(isMirrored ? part : last, isMirrored ? last : part,
                                        splitter, splitter->orientation()));
            last = part;
        }
    }
}

void PaneBorder::collectDocks(QMainWindow& window, QList<PaneBorder>& found) {
    QList<QWidget*> parts;
    for (QDockWidget* dock :
         window.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly))
        if (dock->isVisible() && !dock->isFloating() && !dock->visibleRegion().isEmpty())
            parts.append(dock);
    if (parts.isEmpty())
        return;
    if (window.centralWidget() && window.centralWidget()->isVisible())
        parts.append(window.centralWidget());
    for (QWidget* before : std::as_const(parts)) {
        for (QWidget* after : std::as_const(parts)) {
            if (isRightBeside(before->geometry(), after->geometry()))
                found.append(PaneBorder(before, after, &window, Qt::Horizontal));
            else if (isRightBelow(before->geometry(), after->geometry()))
                found.append(PaneBorder(before, after, &window, Qt::Vertical));
        }
    }
}

QString PaneBorder::name() const {
    if (!isThere())
        return {};
    const auto nameOf = [](const QWidget& part) {
        const auto* dock = qobject_cast<const QDockWidget*>(&part);
        return dock ? dock->windowTitle() : part.accessibleName();
    };
    const QString before = nameOf(*m_before);
    const QString after = nameOf(*m_after);
    if (!before.isEmpty() && !after.isEmpty())
        return tr("Border between %1 and %2").arg(before, after);
    const QString other = before.isEmpty() ? after : before;
    return other.isEmpty() ? tr("Border of %1").arg(m_owner->accessibleName())
                           : tr("Border of %1").arg(other);
}

bool PaneBorder::isThere() const {
    return m_before && m_after && m_owner && m_before->isVisible() && m_after->isVisible();
}

int PaneBorder::length(const QWidget* part) const {
    return m_axis == Qt::Horizontal ? part->width() : part->height();
}

QRect PaneBorder::rectIn(const QWidget& window) const {
    if (!isThere())
        return {};
    const QRect before(m_before->mapTo(&window, QPoint()), m_before->size());
    const QRect after(m_after->mapTo(&window, QPoint()), m_after->size());
    if (m_axis == Qt::Horizontal) {
        const int top = std::max(before.top(), after.top());
        const int bottom = std::min(before.bottom(), after.bottom());
        return QRect(QPoint(before.right() + 1, top), QPoint(after.left() - 1, bottom));
    }
    const int left = std::max(before.left(), after.left());
    const int right = std::min(before.right(), after.right());
    return QRect(QPoint(left, before.bottom() + 1), QPoint(right, after.top() - 1));
}

/// A splitter knows best: other parts of it may have to be moved along.
std::optional<std::pair<int, int>> PaneBorder::splitterRange() const {
    auto* splitter = qobject_cast<QSplitter*>(m_owner);
    if (!splitter)
        return std::nullopt;
    const int handle = std::max(splitter->indexOf(m_before), splitter->indexOf(m_after));
    int first = 0;
    int last = 0;
    splitter->getRange(handle, &first, &last);
    const QPoint begin = m_before->pos();
    const int offset = m_axis == Qt::Horizontal ? begin.x() : begin.y();
    return std::pair(first - offset, last - offset);
}

int PaneBorder::position() const {
    return isThere() ? length(m_before) : 0;
}

/// Docks of one area move along with each other.
int PaneBorder::leastLengthOf(QWidget& part) const {
    int least = leastLength(part, m_axis);
    auto* docking = qobject_cast<QMainWindow*>(m_owner);
    if (!docking || !qobject_cast<QDockWidget*>(&part))
        return least;
    for (QDockWidget* dock :
         docking->findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (dock->isVisible() && !dock->isFloating() && spanTheSame(part, *dock, m_axis))
            least = std::max(least, leastLength(*dock, m_axis));
    }
    return least;
}

int PaneBorder::least() const {
    if (!isThere())
        return 0;
    if (const auto range = splitterRange())
        return std::min(position(), range->first);
    return std::min(position(), leastLengthOf(*m_before));
}

int PaneBorder::most() const {
    if (!isThere())
        return 0;
    if (const auto range = splitterRange())
        return std::max(position(), range->second);
    return std::max(position(), room() - leastLengthOf(*m_after));
}

void PaneBorder::moveTo(int position) const {
    if (!isThere())
        return;
    position = std::clamp(position, least(), most());
    const int rest = room() - position;
    if (auto* splitter = qobject_cast<QSplitter*>(m_owner)) {
        QList<int> sizes = splitter->sizes();
        sizes[splitter->indexOf(m_before)] = position;
        sizes[splitter->indexOf(m_after)] = rest;
        splitter->setSizes(sizes);
        return;
    }
    QList<QDockWidget*> docks;
    QList<int> sizes;
    for (const auto& [part, size] :
         {std::pair(m_before.data(), position), std::pair(m_after.data(), rest)}) {
        if (auto* dock = qobject_cast<QDockWidget*>(part)) {
            docks.append(dock);
            sizes.append(size);
        }
    }
    qobject_cast<QMainWindow*>(m_owner)->resizeDocks(docks, sizes, m_axis);
}

} // namespace rewindow
