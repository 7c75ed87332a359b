// What can be done on a timeline: stepping, playing, spacing, zooming.
#pragma once

#include <QList>
#include <QObject>

#include <array>

class QAction;
class QActionGroup;
class QKeySequence;

namespace rewindow {

class AggregateReplay;
class ReplayPlayer;
class Session;
class TimelineView;

/// The keys are those of the widget an action is added to, and of that one alone: an arrow pressed
/// in a text field moves the text cursor.
class TimelineActions : public QObject {
    Q_OBJECT

  public:
    TimelineActions(Session& session, AggregateReplay& replay, ReplayPlayer& player,
                    TimelineView& view, QObject* parent = nullptr);

    QList<QAction*> all() const;
    QAction* first = nullptr; ///< version 0
    QAction* previous = nullptr;
    QAction* play = nullptr; ///< checked while it plays
    QAction* next = nullptr;
    QAction* last = nullptr; ///< live again
    QAction* backTen = nullptr;
    QAction* forwardTen = nullptr;
    QActionGroup* speeds = nullptr;
    QActionGroup* spacings = nullptr;
    QAction* zoomIn = nullptr;
    QAction* zoomOut = nullptr;
    QAction* zoomToFit = nullptr;

  private:
    QAction* make(const QString& text, const QString& icon, const QKeySequence& keys,
                  const QString& tip);
    void stepBy(qint64 versions);
    void update();

    Session& m_session;
    AggregateReplay& m_replay;
    ReplayPlayer& m_player;
    TimelineView& m_view;
};

} // namespace rewindow
