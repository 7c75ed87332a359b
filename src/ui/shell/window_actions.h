// The window's own actions, made once and named here.
#pragma once

#include "ui/shell/actions.h"
#include "ui/shell/settings.h"

class QActionGroup;
class QMenu;
class QWidget;

namespace rewindow {

/// Who connects them is the window; texts, icons, keys and tooltips are here.
struct WindowActions {
    explicit WindowActions(Actions& actions, QWidget* window);

    QAction* open = nullptr;
    QAction* connectTo = nullptr;
    QAction* demo = nullptr;
    QAction* close = nullptr;
    QAction* quit = nullptr;

    QAction* reload = nullptr;
    QAction* copyLink = nullptr;
    QActionGroup* domains = nullptr; ///< an action's data() is the domain's name

    QAction* logPage = nullptr;
    QAction* aggregatePage = nullptr;
    QAction* statisticsPage = nullptr;
    QActionGroup* pages = nullptr;
    QAction* back = nullptr;
    QAction* forward = nullptr;
    QAction* live = nullptr;
    QAction* goTo = nullptr;
    QAction* addBookmark = nullptr;
    QAction* showBookmarks = nullptr;
    QAction* zoomIn = nullptr;
    QAction* zoomOut = nullptr;
    QAction* zoomReset = nullptr;
    QActionGroup* themes = nullptr; ///< an action's data() is a ThemeChoice as int
    QAction* localTimes = nullptr;  ///< checked: times of the local zone, else UTC
    QAction* moveBorder = nullptr;
    QAction* resetLayout = nullptr;
    QAction* fullScreen = nullptr;

    QAction* runAction = nullptr;
    QAction* shortcuts = nullptr;
    QAction* about = nullptr;

    /// Those that make sense only while a store is open.
    QList<QAction*> ofStore() const;
};

} // namespace rewindow
