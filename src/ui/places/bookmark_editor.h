// Name and note of one bookmark, to change.
#pragma once

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QPlainTextEdit;

namespace rewindow {

class BookmarksModel;

/// What is typed is kept when the keyboard rests or leaves, and before another bookmark is shown.
class BookmarkEditor : public QWidget {
    Q_OBJECT

  public:
    /// The model outlives it.
    explicit BookmarkEditor(BookmarksModel& bookmarks, QWidget* parent = nullptr);

    /// Keeps what was typed, and shows another; 0: none.
    void present(qint64 id);
    /// Shows what the model has, unless it is just being typed.
    void refresh();
    void editName(); ///< puts the keyboard into the name, all of it selected
    void keep();

    QLineEdit& name() { return *m_name; }
    QPlainTextEdit& note() { return *m_note; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fill();
    void takeTheme();

    BookmarksModel& m_bookmarks;
    QLineEdit* m_name = nullptr;
    QPlainTextEdit* m_note = nullptr;
    QTimer m_rest; ///< since a key was pressed last
    qint64 m_id = 0;
};

} // namespace rewindow
