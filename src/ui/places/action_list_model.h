// Actions that fit what is typed, the best first.
#pragma once

#include "model/places/fuzzy_match.h"

#include <QAbstractListModel>
#include <QAction>
#include <QList>
#include <QPointer>

#include <vector>

namespace rewindow {

/// Of the actions given: those with a text, each once. Without a text typed, all in their order.
class ActionListModel : public QAbstractListModel {
    Q_OBJECT

  public:
    explicit ActionListModel(const QList<QAction*>& actions, QObject* parent = nullptr);

    void find(const QString& text);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QAction* actionAt(int row) const { return m_found[static_cast<std::size_t>(row)].action; }
    const std::vector<TextSpan>& matchedAt(int row) const {
        return m_found[static_cast<std::size_t>(row)].match.spans;
    }

  private:
    struct Found {
        QPointer<QAction> action; ///< may go while the list is shown
        FuzzyMatch match;
    };
    std::vector<QPointer<QAction>> m_actions;
    std::vector<Found> m_found;
};

/// "Ctrl+K", "Ctrl++, Ctrl+=".
QString keysOf(const QAction& action);

/// Every action a person can run in this window: those listed, then those its visible parts bring.
QList<QAction*> actionsOf(const QWidget& window, const QList<QAction*>& listed);

} // namespace rewindow
