// Going places in one open store: what the window's actions for it do.
#pragma once

#include "base/error.h"
#include "model/places/bookmarks_model.h"
#include "model/places/recent_places.h"

#include <QObject>
#include <QPointer>

class QAction;
class QDockWidget;
class QMainWindow;

namespace rewindow {

class BookmarksPanel;
class SavedFilters;
class Session;
struct Place;

/// Belongs to a window while its store is open, and goes before the session does. What is kept is
/// read when it is first wanted.
class PlacesDesk : public QObject {
    Q_OBJECT

  public:
    /// `add` and `show` (checkable) are the window's actions for bookmarks.
    PlacesDesk(Session& session, QAction* add, QAction* show, QMainWindow& window);
    ~PlacesDesk() override;

    /// From now on remembers where one was.
    void record() { m_recent.record(); }
    /// Opens the list of places to go to.
    void goTo();
    /// Marks the place one is at, and shows its name to be changed.
    void addBookmark();
    void showBookmarks(bool shown);
    /// Goes to a moment of this store; what lies beyond the end of the log goes to its end.
    void go(Moment moment);

    /// One for each saved filter: shows the log under it.
    const QList<QAction*>& filterActions() const { return m_filterActions; }

    BookmarksModel& bookmarks() { return m_bookmarks; }
    BookmarksPanel* panel() const; ///< nullptr until it is first shown

  signals:
    /// A link leads to another store.
    void linkChosen(const rewindow::Moment& moment);
    void commandChosen(const QString& command);
    void failed(const rewindow::Error& error);

  private:
    void take(const Place& place);
    void makePanel();
    void makeFilterActions();

    Session& m_session;
    QMainWindow& m_window;
    QAction* m_add = nullptr;
    QAction* m_show = nullptr;
    BookmarksModel& m_bookmarks;
    RecentPlaces m_recent;
    SavedFilters& m_filters;
    QList<QAction*> m_filterActions;
    QPointer<QDockWidget> m_dock;
    BookmarksPanel* m_panel = nullptr;
    bool m_isAdding = false;
};

} // namespace rewindow
