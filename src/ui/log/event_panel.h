// One event beside the log: what it says, where it came from, and what to do with it.
#pragma once

#include "model/items/event_detail.h"
#include "ui/shell/panel.h"

#include <optional>

class QPushButton;
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
    QPushButton* m_open = nullptr;
    QPushButton* m_copy = nullptr;
    QList<QAction*> m_copyActions;
};

} // namespace rewindow
