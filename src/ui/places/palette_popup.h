// A line to type into over a list to choose from, in the middle of the window.
#pragma once

#include "ui/places/palette_delegate.h"

#include <QFrame>

class QAbstractItemModel;
class QLabel;
class QLineEdit;
class QListView;
class QStackedLayout;

namespace rewindow {

/// The keyboard stays in the line: Up, Down and their kin move in the list, Enter chooses, Escape
/// or a click outside closes. Deletes itself when it is closed.
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
    /// Selects a row of the list; -1 for none.
    void select(int row);
    /// The person chose another row than the first, and wants to keep it.
    bool hasMoved() const { return m_hasMoved; }

    virtual void typed(const QString& text) = 0;
    virtual void choose(const QModelIndex& index) = 0;

    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void takeRows();
    void moveBy(int rows);

    QLineEdit* m_line = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    bool m_hasMoved = false;
};

} // namespace rewindow
