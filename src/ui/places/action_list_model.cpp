// Actions that fit what is typed, the best first.
#include "ui/places/action_list_model.h"

#include "ui/places/why_disabled.h"

#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QWidget>

#include <algorithm>

namespace rewindow {

ActionListModel::ActionListModel(const QList<QAction*>& actions, QObject* parent)
    : QAbstractListModel(parent) {
    for (QAction* action : actions) {
        const bool isKnown =
            std::find(m_actions.begin(), m_actions.end(), action) != m_actions.end();
        if (action && !action->isSeparator() && !action->text().isEmpty() && !isKnown)
            m_actions.emplace_back(action);
    }
    find({});
}

void ActionListModel::find(const QString& text) {
    beginResetModel();
    m_found.clear();
    for (const QPointer<QAction>& action : m_actions) {
        if (!action)
            continue;
        if (auto match = fuzzyMatch(text, action->text()))
            m_found.push_back({action, std::move(*match)});
    }
    std::stable_sort(m_found.begin(), m_found.end(), [](const Found& left, const Found& right) {
        return left.match.score > right.match.score;
    });
    endResetModel();
}

int ActionListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_found.size());
}

QVariant ActionListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QAction* action = actionAt(index.row());
    if (!action)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return action->text();
    case Qt::AccessibleTextRole: {
        QStringList parts{action->text(), keysOf(*action)};
        parts.append(action->isEnabled() ? action->statusTip() : tr("not now"));
        parts.append(whyDisabled(*action));
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

QString keysOf(const QAction& action) {
    QStringList keys;
    for (const QKeySequence& shortcut : action.shortcuts())
        keys.append(shortcut.toString(QKeySequence::NativeText));
    return keys.join(QStringLiteral(", "));
}

QList<QAction*> actionsOf(const QWidget& window, const QList<QAction*>& listed) {
    QList<QAction*> all = listed;
    for (const QWidget* part : window.findChildren<QWidget*>()) {
        // What a menu or a line of text brings of its own is about itself.
        if (!part->isVisible() || qobject_cast<const QMenu*>(part) ||
            qobject_cast<const QMenuBar*>(part) || qobject_cast<const QLineEdit*>(part))
            continue;
        for (QAction* action : part->actions()) {
            if (!action->menu() && !all.contains(action))
                all.append(action);
        }
    }
    return all;
}

} // namespace rewindow
