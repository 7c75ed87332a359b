// Plays an aggregate's history, a version at a time.
#pragma once

#include <QObject>
#include <QTimer>

namespace rewindow {

class AggregateReplay;
class Session;

/// Steps until the last version and stops there; starts over where it is started at the end.
class ReplayPlayer : public QObject {
    Q_OBJECT

  public:
    ReplayPlayer(Session& session, AggregateReplay& replay, QObject* parent = nullptr);

    bool isPlaying() const { return m_timer.isActive(); }
    void setPlaying(bool playing);
    double speed() const { return m_speed; } ///< steps a second
    void setSpeed(double stepsPerSecond);

  signals:
    void playingChanged(bool playing);

  private:
    void step();

    AggregateReplay& m_replay;
    QTimer m_timer;
    double m_speed = 1;
};

} // namespace rewindow
