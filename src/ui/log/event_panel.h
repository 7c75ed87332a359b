// One event beside the log: what it says, where it came from, and what to do with it.
#pragma once

#include "model/items/event_detail.h"
#include "store/filter/filter_expression.h"
#include "ui/shell/panel.h"

#include <functional>
#include <optional>

class QLabel;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTreeView;

namespace rewindow {

class JsonTreeModel;

class EventPanel : public Panel {
    Q_OBJECT

  public:
    explicit EventPanel(QWidget* parent = nullptr);

    void present(const EventDetail& detail);
    void presentNothing(const QString& why);
    const std::optional<EventDetail>& detail() const { return m_detail; }
    QTreeView* tree() const { return m_tree; }

    /// What finds the events that have the value the keyboard stands on.
    std::optional<FilterExpression> currentCondition() const;
    QString currentText() const; ///< that value, whole
    /// Adds entries to the tree's context menu, before those that copy.
    void setMenuFiller(std::function<void(QMenu&)> filler) { m_fillMenu = std::move(filler); }

  signals:
    void openAggregate();

  private:
    void takeDetailTheme();
    void copyValue() const;
    void copyPath() const;
    void copyWhole() const;
    void showMenu(const QPoint& place);

    std::optional<EventDetail> m_detail;
    JsonTreeModel* m_model = nullptr;
    QTreeView* m_tree = nullptr;
    QLabel* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr; ///< why there is nothing to show, or the tree
    QPushButton* m_open = nullptr;
    QPushButton* m_copy = nullptr;
    QList<QAction*> m_copyActions;
    std::function<void(QMenu&)> m_fillMenu;
};

} // namespace rewindow
