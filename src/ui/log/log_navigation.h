// Getting to places in the log's table, and over the edges of its window onto a longer log.
#pragma once

#include "base/ordinals.h"

#include <QObject>

namespace rewindow {

class LogFollow;
class LogModel;
class LogTable;
struct TablePlace;

/// Home, End and the edges of the table; positions that others ask for. While there are rows one of
/// them is current.
class LogNavigation : public QObject {
    Q_OBJECT

  public:
    /// All of them outlive it.
    LogNavigation(LogModel& model, LogTable& table, const LogFollow& follow,
                  QObject* parent = nullptr);

    /// Shows the last event at or before that position, if there is one.
    void goTo(GlobalPosition position);
    /// So that `top` is the first event in sight.
    void goToBelow(GlobalPosition top, GlobalPosition position);
    void goToPlace(const TablePlace& place);
    /// Another log is shown, or it could not be read: what was on its way does not arrive.
    void giveUp();
    bool isOnTheWay() const { return m_isOnTheWay; }

  private:
    void goToEnd(bool first);
    void moveWindow(bool bottom);
    void chooseRow();
    void takeChoice();

    LogModel& m_model;
    LogTable& m_table;
    const LogFollow& m_follow;
    bool m_isMovingWindow = false;
    bool m_isOnTheWay = false; ///< to a position that was asked for
    bool m_isChoosing = false; ///< a row for want of one
};

} // namespace rewindow
