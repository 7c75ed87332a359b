// The bookmarks of a store: a list, with name and note of the one at hand below.
#pragma once

#include "model/moment/moment.h"
#include "ui/shell/panel.h"

class QLabel;
class QListView;
class QStackedLayout;

namespace rewindow {

class BookmarkEditor;
class BookmarksModel;

class BookmarksPanel : public Panel {
    Q_OBJECT

  public:
    /// The model outlives it. `add` marks the place one is at.
    BookmarksPanel(BookmarksModel& bookmarks, QAction* add, QWidget* parent = nullptr);

    /// Chooses that bookmark and puts the keyboard into its name.
    void edit(qint64 id);

    QListView& list() { return *m_list; }
    BookmarkEditor& editor() { return *m_editor; }
    QAction* goAction() const { return m_go; }
    QAction* copyAction() const { return m_copy; }
    QAction* removeAction() const { return m_remove; }
    QAction* undoAction() const { return m_undo; }

  signals:
    void chosen(const rewindow::Moment& moment);

  private:
    void makeActions(QAction* add);
    void layOut();
    void takeRows();
    void takeCurrent();
    void takeRemovals();
    void go();

    BookmarksModel& m_bookmarks;
    QListView* m_list = nullptr;
    QLabel* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    BookmarkEditor* m_editor = nullptr;
    QWidget* m_removed = nullptr; ///< says what was removed, and offers to undo it
    QLabel* m_removedText = nullptr;
    QAction* m_go = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_undo = nullptr;
};

} // namespace rewindow
