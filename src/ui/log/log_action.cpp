// An action of the Log page.
#include "ui/log/log_action.h"

#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QWidget>

namespace rewindow {

QAction* logAction(QWidget* place, const QString& name, const QString& drawing, const QString& tip,
                   const QKeySequence& keys) {
    auto* action = new QAction(icon(drawing), name, place);
    action->setStatusTip(tip);
    action->setToolTip(toolTip(keys.isEmpty() ? tip
                                              : QStringLiteral("%1 (%2)").arg(
                                                    tip, keys.toString(QKeySequence::NativeText))));
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    place->addAction(action);
    return action;
}

} // namespace rewindow
