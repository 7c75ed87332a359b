// The registry: an ordered list of menu and action.
#include "ui/shell/actions.h"

#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <utility>

namespace rewindow {

QString Actions::menuName(Menu menu) {
    switch (menu) {
    case Menu::File:
        return tr("File");
    case Menu::Store:
        return tr("Store");
    case Menu::Aggregate:
        return tr("Aggregate");
    case Menu::Projection:
        return tr("Projection");
    case Menu::View:
        return tr("View");
    case Menu::Help:
        break;
    }
    return tr("Help");
}

QAction* Actions::add(Menu menu, const Spec& spec) {
    auto* action = new QAction(icon(spec.icon), spec.name, this);
    action->setShortcuts(spec.shortcuts);
    QString tip = spec.toolTip;
    if (!action->shortcut().isEmpty())
        tip += QStringLiteral(" (%1)").arg(action->shortcut().toString(QKeySequence::NativeText));
    action->setToolTip(rewindow::toolTip(tip));
    action->setStatusTip(spec.toolTip);
    adopt(menu, action);
    return action;
}

void Actions::adopt(Menu menu, QAction* action, QWidget* page) {
    m_entries.push_back({menu, action, page});
    connect(action, &QObject::destroyed, this, [this] {
        std::erase_if(m_entries, [](const Entry& entry) { return !entry.action; });
        emit changed();
    });
    emit changed();
}

void Actions::setPage(QWidget* page) {
    if (std::exchange(m_page, page) != page)
        emit changed();
}

QList<QAction*> Actions::all() const {
    QList<QAction*> actions;
    for (const Menu menu : kMenus) {
        for (const Entry& entry : m_entries) {
            if (entry.menu == menu && entry.action)
                actions.append(entry.action);
        }
    }
    return actions;
}

QList<QAction*> Actions::inSight(Menu menu) const {
    QList<QAction*> actions;
    for (const Entry& entry : m_entries) {
        if (entry.menu == menu && entry.action && (!entry.page || entry.page == m_page))
            actions.append(entry.action);
    }
    return actions;
}

} // namespace rewindow
