// The buttons beside a list whose rows can be put into another order.
#pragma once

#include <QWidget>

class QPushButton;

namespace rewindow {

class MovableList;

/// One above another, from the top. None is the dialog's default: Enter in the list is the
/// dialog's.
class ListButtons : public QWidget {
    Q_OBJECT

  public:
    explicit ListButtons(MovableList& list, QWidget* parent = nullptr);

    QPushButton* add(const QString& name, const QString& tip);
    /// "Up" and "Down", for the row at hand; enabled where it can be moved so.
    void addMoves(const QString& upTip, const QString& downTip);

  private:
    MovableList& m_list;
};

} // namespace rewindow
