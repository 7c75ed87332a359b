// A line to type into over a list to choose from, in the middle of the window.
#pragma once

#include "ui/places/palette_delegate.h"

#include <QFrame>
#include <QPointer>

class QAbstractItemModel;
class QLabel;
class QLineEdit;
class QListView;
class QStackedLayout;

namespace rewindow {

/// Lies over the window, whose part it is: a window of its own would be hidden from screen readers,
/// or get its keys too late. The keyboard stays in the line: Up, Down and their kin move in the
/// list, whose row the line tells as its description; Enter chooses, Escape or a click outside
/// closes. Deletes itself when it is closed.
class PalettePopup : public QFrame {
    Q_OBJECT

  public:
    void popUp();
    QLineEdit& line() { return *m_line; }
    QListView& list() { return *m_list; }
    /// What stands in place of an empty list.
    QString emptyText() const;

  protected:
    PalettePopup(const QString& title, const QString& placeholder, const QString& hint,
                 QWidget* window);
    void setList(QAbstractItemModel& model, PaletteDelegate::RowOf rowOf, const QString& name);
    /// Shown while the list has no rows.
    void setEmptyText(const QString& text);
    virtual void typed(const QString& text) = 0;
    virtual void choose(const QModelIndex& index) = 0;
    /// The keyboard moved to that row.
    virtual void moved(const QModelIndex&) {}
    /// The row to stand on when the list has others; it has some.
    virtual int standingRow() const { return 0; }

    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

  private:
    void takeRows();
    void tellRow();
    void lieInTheMiddle();
    bool keyOfLine(QKeyEvent& event);
    void moveBy(int rows);

    QString m_placeholder;
    QPointer<QWidget> m_before; ///< what had the keyboard
    QLineEdit* m_line = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
};

} // namespace rewindow
