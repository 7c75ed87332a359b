// A list whose rows can be put into another order, by keyboard and by dragging.
#pragma once

#include <QListWidget>

namespace rewindow {

/// Alt+Up and Alt+Down move the row at hand.
class MovableList : public QListWidget {
    Q_OBJECT

  public:
    explicit MovableList(QWidget* parent = nullptr);

    /// By one place up or down; does nothing where there is none.
    void moveCurrent(bool down);
    bool canMoveCurrent(bool down) const;

  signals:
    void orderChanged();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace rewindow
