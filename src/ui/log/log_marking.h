// Marking events of the log, going from mark to mark, and measuring times from one of them.
#pragma once

#include "base/cancel_token.h"
#include "base/ordinals.h"
#include "model/places/log_marks.h"

#include <QObject>
#include <QTimer>

#include <optional>

class QAction;
class QWidget;

namespace rewindow {

class LogTable;
class Pill;

/// Of one page. Times are measured from the event that was chosen for it, else from the one that
/// was marked last.
class LogMarking : public QObject {
    Q_OBJECT

  public:
    /// What is marked is the current row of `table`, whose model is `model`, or of another dressed
    /// table while the keyboard is there; all outlive this. The actions work while the keyboard is
    /// in `page`.
    LogMarking(Session& session, BookmarksModel& bookmarks, LogModel& model, LogTable& table,
               QWidget* page);

    /// From now on marks and times show in this table, too.
    void dress(LogModel& model, LogTable& table);

    const LogMarks& marks() const { return m_marks; }
    /// Nothing: no times are measured.
    std::optional<GlobalPosition> reference() const;

    /// mark, note, next, previous, undo, measure.
    QList<QAction*> actions() const { return m_actions; }
    QAction* markAction() const { return m_mark; }
    QAction* noteAction() const { return m_note; }
    /// What can be done with the current row: mark, note, measure.
    QList<QAction*> rowActions() const { return {m_mark, m_note, m_measure}; }
    /// Says for a while that a mark was taken off, and brings it back.
    Pill* undoPill() const { return m_undoPill; }
    /// What the actions can do depends on the current row.
    void takeCurrent();

  signals:
    void positionWanted(rewindow::GlobalPosition position);
    void measured(); ///< from another event, by hand

  private:
    void makeActions(QWidget* page);
    void toggle();
    void editNote();
    void find(bool forwards);
    void measureFromHere();
    void takeMarks();
    void takeRemovals();
    void takeReference();
    struct Dressed {
        LogModel* model = nullptr;
        LogTable* table = nullptr;
    };
    const Dressed& atHand() const;
    std::optional<GlobalPosition> current() const;
    QString currentName() const;

    Session& m_session;
    LogMarks m_marks;
    QWidget* m_page;
    QList<Dressed> m_dressed;               ///< the page's own first
    std::optional<GlobalPosition> m_chosen; ///< to measure from
    std::optional<GlobalPosition> m_timed;  ///< the event whose time is known
    std::optional<Timestamp> m_time;        ///< of m_timed
    CancelToken m_reading;
    QAction* m_mark = nullptr;
    QAction* m_note = nullptr;
    QAction* m_next = nullptr;
    QAction* m_previous = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_measure = nullptr;
    QList<QAction*> m_actions;
    Pill* m_undoPill = nullptr;
    QTimer m_undoRest; ///< until the pill has been there for long enough
};

} // namespace rewindow
