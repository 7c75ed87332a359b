#include "ui/aggregate/timeline_actions.h"

#include "model/session/aggregate_replay.h"
#include "model/session/session.h"
#include "ui/aggregate/replay_player.h"
#include "ui/aggregate/timeline_view.h"
#include "ui/shell/icons.h"

#include <QAction>
#include <QActionGroup>

#include <algorithm>

namespace rewindow {

namespace {
constexpr qint64 kLeap = 10;
}

TimelineActions::TimelineActions(Session& session, AggregateReplay& replay, ReplayPlayer& player,
                                 TimelineView& view, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_replay(replay)
    , m_player(player)
    , m_view(view) {
    first = make(tr("Before the first event"), QStringLiteral("go-first"), Qt::Key_Home,
                 tr("Go to version 0, before the first event"));
    previous = make(tr("Previous version"), QStringLiteral("step-back"), Qt::Key_Left,
                    tr("Step back one version"));
    play = make(tr("Play"), QStringLiteral("play"), Qt::Key_Space,
                tr("Play the history, a version at a time"));
    play->setCheckable(true);
    next = make(tr("Next version"), QStringLiteral("step-forward"), Qt::Key_Right,
                tr("Step on one version"));
    last = make(tr("Last version, live"), QStringLiteral("go-last"), Qt::Key_End,
                tr("Go to the last version and follow new events"));
    backTen = make(tr("Ten versions back"), QStringLiteral("back"), Qt::Key_PageUp,
                   tr("Step back ten versions"));
    forwardTen = make(tr("Ten versions on"), QStringLiteral("forward"), Qt::Key_PageDown,
                      tr("Step on ten versions"));
    zoomIn = make(tr("Zoom in on the timeline"), QStringLiteral("zoom-in"), Qt::Key_Plus,
                  tr("Spread the events out; the mouse wheel does it too"));
    zoomOut = make(tr("Zoom out of the timeline"), QStringLiteral("zoom-out"), Qt::Key_Minus,
                   tr("Draw the events together"));
    zoomToFit = make(tr("Whole timeline"), QStringLiteral("zoom-reset"), Qt::Key_0,
                     tr("Show all events of the stream"));

    speeds = new QActionGroup(this);
    for (const auto& [speed, name] :
         {std::pair(0.5, "0.5×"), {1.0, "1×"}, {2.0, "2×"}, {4.0, "4×"}, {8.0, "8×"}}) {
        QAction* action = make(tr("Speed %1").arg(QString::fromUtf8(name)), QStringLiteral("speed"),
                               {}, tr("Play %1 versions a second").arg(speed));
        action->setIconText(QString::fromUtf8(name));
        action->setCheckable(true);
        action->setChecked(speed == m_player.speed());
        speeds->addAction(action);
        connect(action, &QAction::triggered, this, [this, speed] { m_player.setSpeed(speed); });
    }
    spacings = new QActionGroup(this);
    const auto addSpacing = [this](const QString& text, const QString& tip,
                                   TimelineScale::Spacing spacing) {
        QAction* action = make(text, QStringLiteral("spacing"), {}, tip);
        action->setCheckable(true);
        action->setChecked(spacing == m_view.spacing());
        spacings->addAction(action);
        connect(action, &QAction::triggered, this, [this, spacing] { m_view.setSpacing(spacing); });
    };
    addSpacing(tr("by version"), tr("Space the events evenly"), TimelineScale::Spacing::ByVersion);
    addSpacing(tr("by time"), tr("Space the events by when they were recorded"),
               TimelineScale::Spacing::ByTime);

    connect(first, &QAction::triggered, this, [this] { m_replay.goToVersion(StreamVersion(0)); });
    connect(previous, &QAction::triggered, this, [this] { stepBy(-1); });
    connect(next, &QAction::triggered, this, [this] { stepBy(1); });
    connect(backTen, &QAction::triggered, this, [this] { stepBy(-kLeap); });
    connect(forwardTen, &QAction::triggered, this, [this] { stepBy(kLeap); });
    connect(last, &QAction::triggered, this, [this] { m_session.setPlayhead(std::nullopt); });
    connect(play, &QAction::triggered, this, [this] {
        m_player.setPlaying(!m_player.isPlaying());
        update();
    });
    connect(zoomIn, &QAction::triggered, &m_view, &TimelineView::zoomIn);
    connect(zoomOut, &QAction::triggered, &m_view, &TimelineView::zoomOut);
    connect(zoomToFit, &QAction::triggered, &m_view, &TimelineView::zoomToFit);
    connect(&m_player, &ReplayPlayer::playingChanged, this, &TimelineActions::update);
    connect(&m_replay, &AggregateReplay::outlineChanged, this, &TimelineActions::update);
    connect(&m_session, &Session::momentChanged, this, &TimelineActions::update);
    update();
}

QAction* TimelineActions::make(const QString& text, const QString& iconName,
                               const QKeySequence& keys, const QString& tip) {
    auto* action = new QAction(icon(iconName), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    action->setToolTip(keys.isEmpty() ? tip
                                      : QStringLiteral("%1 (%2)").arg(
                                            tip, keys.toString(QKeySequence::NativeText)));
    return action;
}

QList<QAction*> TimelineActions::all() const {
    QList<QAction*> actions{first, previous, play, next, last, backTen, forwardTen};
    actions += speeds->actions();
    actions += spacings->actions();
    actions += {zoomIn, zoomOut, zoomToFit};
    return actions;
}

void TimelineActions::stepBy(qint64 versions) {
    const qint64 end = m_replay.outline().lastVersion().value();
    const qint64 version = std::clamp<qint64>(m_replay.version().value() + versions, 0, end);
    if (version != m_replay.version().value())
        m_replay.goToVersion(StreamVersion(version));
}

void TimelineActions::update() {
    const bool playing = m_player.isPlaying();
    play->setChecked(playing);
    play->setText(playing ? tr("Pause") : tr("Play"));
    play->setIcon(icon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    const qint64 end = m_replay.outline().lastVersion().value();
    const qint64 version = m_replay.version().value();
    const bool any = end > 0;
    play->setEnabled(any);
    for (QAction* action : {first, previous, backTen})
        action->setEnabled(any && version > 0);
    for (QAction* action : {next, forwardTen})
        action->setEnabled(any && version < end);
    last->setEnabled(any && (version < end || !m_session.moment().isLive()));
}

} // namespace rewindow
