// Children by their places, box by box.
#include "ui/shell/reading_focus.h"

#include <QWidget>

#include <algorithm>

namespace rewindow {

namespace {

/// Whether they stand in one line rather than above one another.
bool standSideBySide(const QRect& one, const QRect& other) {
    const int shared = std::min(one.bottom(), other.bottom()) - std::max(one.top(), other.top());
    return shared > std::min(one.height(), other.height()) / 2;
}

/// Into lines from the top down, each from where it begins.
QList<QWidget*> childrenAsRead(const QWidget& box) {
    QList<QWidget*> children;
    for (QObject* child : box.children()) {
        auto* part = qobject_cast<QWidget*>(child);
        if (part && part->isVisible() && !part->isWindow())
            children.append(part);
    }
    std::ranges::stable_sort(children, {}, [](const QWidget* part) { return part->y(); });
    const bool isMirrored = box.layoutDirection() == Qt::RightToLeft;
    for (auto line = children.begin(); line != children.end();) {
        const auto end = std::find_if(line + 1, children.end(), [&](const QWidget* part) {
            return !standSideBySide((*line)->geometry(), part->geometry());
        });
        std::stable_sort(line, end, [&](const QWidget* one, const QWidget* other) {
            return isMirrored ? one->geometry().right() > other->geometry().right()
                              : one->x() < other->x();
        });
        line = end;
    }
    return children;
}

void collect(QWidget& part, QList<QWidget*>& found) {
    if (part.isEnabled() && (part.focusPolicy() & Qt::TabFocus) != 0 && !part.focusProxy())
        found.append(&part);
    for (QWidget* child : childrenAsRead(part))
        collect(*child, found);
}

} // namespace

QList<QWidget*> inReadingOrder(const QWidget& root) {
    QList<QWidget*> found;
    for (QWidget* child : childrenAsRead(root))
        collect(*child, found);
    return found;
}

bool moveFocus(const QWidget& root, bool next) {
    const QList<QWidget*> parts = inReadingOrder(root);
    if (parts.isEmpty())
        return false;
    QWidget* now = root.focusWidget();
    while (now && !parts.contains(now) && now->focusProxy())
        now = now->focusProxy();
    const qsizetype count = parts.size();
    const qsizetype at = parts.indexOf(now);
    const qsizetype to = at < 0 ? (next ? 0 : count - 1) : (at + (next ? 1 : count - 1)) % count;
    parts[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace rewindow
