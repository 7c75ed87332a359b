// Staying at the newest end of the log while events arrive.
#pragma once

#include "model/items/log_model.h"

#include <QObject>
#include <QPointer>

class QAction;
class QWidget;

namespace rewindow {

class LogTable;
class Pill;

/// Scrolling away from the newest end pauses it; being there again, by whatever way, resumes it.
/// Works in either order of rows, and under a filter.
class LogFollow : public QObject {
    Q_OBJECT

  public:
    enum class State { Off, Following, Paused };

    /// The table outlives it, the model need not. The action works while the keyboard is in `page`.
    LogFollow(LogModel& model, LogTable& table, QWidget* page);

    State state() const { return m_state; }
    qint64 missed() const; ///< events that arrived while it is paused
    /// Checkable: on unless it is off.
    QAction* action() const { return m_action; }
    /// Says that it follows, or is paused and how much was missed; resumes when it is clicked.
    Pill* pill() const { return m_pill; }

  private:
    void setState(State state);
    bool isAtNewest() const;
    void stay();
    void takeScrolling();
    void showState();

    QPointer<LogModel> m_model; ///< the table goes on scrolling when its model has gone
    LogTable& m_table;
    QAction* m_action = nullptr;
    Pill* m_pill = nullptr;
    State m_state = State::Off;
    qint64 m_seen = 0; ///< rows of the log when it was paused
    bool m_isStaying = false;
};

} // namespace rewindow
