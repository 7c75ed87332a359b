// Running any action of the window by its name.
#include "ui/places/action_palette.h"

#include "ui/places/why_disabled.h"
#include "ui/shell/plain_text.h"

#include <QLineEdit>
#include <QListView>
#include <QTimer>

namespace rewindow {

ActionPalette::ActionPalette(const QList<QAction*>& actions, QWidget* window)
    : PalettePopup(tr("Run an action"), tr("Part of an action's name"),
                   tr("↑ ↓ choose · Enter runs it · Escape closes"), window)
    , m_model(actions) {
    setEmptyText(tr("There are no actions here."));
    setList(
        m_model,
        [this](const QModelIndex& index) {
            const QAction* action = m_model.actionAt(index.row());
            if (!action)
                return PaletteRow{};
            const QString why = whyDisabled(*action);
            const QString now = why.isEmpty() ? tr("Not now.") : why;
            QString what = action->statusTip();
            if (action->isChecked())
                what = what.isEmpty() ? tr("on") : tr("on · %1").arg(what);
            return PaletteRow{.icon = action->icon(),
                              .title = action->text(),
                              .matched = m_model.matchedAt(index.row()),
                              .detail = action->isEnabled() ? what : now,
                              .trailing = keysOf(*action),
                              .isDisabled = !action->isEnabled()};
        },
        tr("Actions"));
}

void ActionPalette::typed(const QString& text) {
    m_model.find(text);
    setEmptyText(tr("No action is called “%1”. Delete some of it, or press F1 for all actions.")
                     .arg(onOneLine(text, 60)));
}

void ActionPalette::choose(const QModelIndex& index) {
    QAction* action = m_model.actionAt(index.row());
    if (!action || !action->isEnabled())
        return;
    close();
    // First the keyboard goes back to where it was: some actions are about what has it.
    QTimer::singleShot(0, action, &QAction::trigger);
}

} // namespace rewindow
