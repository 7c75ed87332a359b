// The row under the menus: which store, live or not, how it is read, where to go, and the pages.
#pragma once

#include "model/moment/moment.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QActionGroup;
class QMenu;
class QToolButton;

namespace rewindow {

class Pill;
class Session;

class ToolRow : public QWidget {
    Q_OBJECT

  public:
    /// Buttons for these actions, which the window owns.
    struct Parts {
        QMenu* storeMenu = nullptr;
        QAction* back = nullptr;
        QAction* forward = nullptr;
        QAction* live = nullptr;
        QAction* goTo = nullptr;
        QList<QAction*> pages;
    };
    ToolRow(const Parts& parts, QWidget* parent = nullptr);

    void setSession(Session* session); ///< nullptr: none is open

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void update();

    QPointer<Session> m_session;
    QToolButton* m_store = nullptr;
    Pill* m_live = nullptr;
    Pill* m_profile = nullptr;
    QList<QWidget*> m_ofSession; ///< shown while one is open
};

} // namespace rewindow
