#include "ui/aggregate/replay_player.h"

#include "model/session/aggregate_replay.h"
#include "model/session/session.h"

namespace rewindow {

ReplayPlayer::ReplayPlayer(Session& session, AggregateReplay& replay, QObject* parent)
    : QObject(parent)
    , m_replay(replay) {
    m_timer.setTimerType(Qt::PreciseTimer);
    setSpeed(m_speed);
    connect(&m_timer, &QTimer::timeout, this, &ReplayPlayer::step);
    connect(&session, &Session::momentChanged, this,
            [this](const Moment& now, const Moment& before) {
                if (now.stream != before.stream)
                    setPlaying(false);
            });
}

void ReplayPlayer::setPlaying(bool playing) {
    const bool possible = m_replay.outline().lastVersion() > StreamVersion(0);
    if (playing == isPlaying() || (playing && !possible))
        return;
    if (!playing) {
        m_timer.stop();
        emit playingChanged(false);
        return;
    }
    if (m_replay.version() >= m_replay.outline().lastVersion())
        m_replay.goToVersion(StreamVersion(0));
    m_timer.start();
    emit playingChanged(true);
}

void ReplayPlayer::setSpeed(double stepsPerSecond) {
    m_speed = stepsPerSecond;
    m_timer.setInterval(static_cast<int>(1000 / stepsPerSecond));
}

void ReplayPlayer::step() {
    const StreamVersion last = m_replay.outline().lastVersion();
    if (m_replay.version() < last)
        m_replay.goToVersion(m_replay.version().next());
    if (m_replay.version() >= last)
        setPlaying(false);
}

} // namespace rewindow
