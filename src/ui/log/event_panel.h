// One event beside the log: what it says, where it came from, and what to do with it.
#pragma once

#include "model/items/event_detail.h"
#include "store/filter/filter_expression.h"
#include "ui/shell/panel.h"

#include <QHash>

#include <functional>
#include <optional>

class QLabel;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTreeView;

namespace rewindow {

class JsonFind;
class JsonTreeModel;
class StoreLane;

class EventPanel : public Panel {
    Q_OBJECT

  public:
    /// Searches on `lane`, which outlives it.
    explicit EventPanel(StoreLane& lane, QWidget* parent = nullptr);

    void present(const EventDetail& detail);
    void presentNothing(const QString& why);
    const std::optional<EventDetail>& detail() const { return m_detail; }
    QTreeView* tree() const { return m_tree; }
    JsonFind& find() const { return *m_find; }
    /// What a person folded (true) and unfolded, by its place: so are the same places of other
    /// events.
    const QHash<QString, bool>& folded() const { return m_folded; }
    void setFolded(const QHash<QString, bool>& folded) { m_folded = folded; }

    /// What finds the events that have the value the keyboard stands on.
    std::optional<FilterExpression> currentCondition() const;
    QString currentText() const; ///< that value, whole
    /// Adds entries to the tree's context menu, before those that copy.
    void setMenuFiller(std::function<void(QMenu&)> filler) { m_fillMenu = std::move(filler); }

  signals:
    void openAggregate();
    void causeWanted();
    void correlationWanted(const QString& correlationId);

  private:
    void takeDetailTheme();
    void copyValue() const;
    void copyPath() const;
    void copyWhole() const;
    void showMenu(const QPoint& place);
    /// Of the values that lead to other events.
    enum class Link { None, Cause, Correlation };
    Link linkAt(const QModelIndex& index) const;
    void follow(const QModelIndex& index);
    void unfold();
    void takeFolding(const QModelIndex& index, bool isFolded);
    QString placeOf(const QModelIndex& index) const;

    std::optional<EventDetail> m_detail;
    QHash<QString, bool> m_folded;
    bool m_isUnfolding = false;
    JsonTreeModel* m_model = nullptr;
    QTreeView* m_tree = nullptr;
    QLabel* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr; ///< why there is nothing to show, or the tree
    JsonFind* m_find = nullptr;
    QPushButton* m_open = nullptr;
    QPushButton* m_copy = nullptr;
    QList<QAction*> m_copyActions;
    std::function<void(QMenu&)> m_fillMenu;
};

} // namespace rewindow
