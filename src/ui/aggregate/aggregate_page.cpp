#include "ui/aggregate/aggregate_page.h"

#include "model/session/session.h"
#include "ui/aggregate/command_panel.h"
#include "ui/aggregate/events_panel.h"
#include "ui/aggregate/events_table.h"
#include "ui/aggregate/panel_dock.h"
#include "ui/aggregate/projection_panel.h"
#include "ui/aggregate/state_panel.h"
#include "ui/aggregate/state_tree.h"
#include "ui/aggregate/streams_panel.h"
#include "ui/aggregate/streams_tree.h"
#include "ui/aggregate/timeline_actions.h"
#include "ui/aggregate/timeline_panel.h"
#include "ui/aggregate/timeline_view.h"

#include <QAction>
#include <QDataStream>
#include <QIODevice>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace rewindow {

namespace {
constexpr quint32 kLayoutFormat = 1;

QSplitter* makeSplitter(Qt::Orientation orientation, const QString& name) {
    auto* splitter = new QSplitter(orientation);
    splitter->setHandleWidth(PanelDock::kGap);
    splitter->setChildrenCollapsible(false);
    splitter->setAccessibleName(name);
    return splitter;
}

} // namespace

AggregatePage::AggregatePage(Session& session, QWidget* parent)
    : QMainWindow(parent)
    , m_replay(session)
    , m_streams(new StreamsPanel(session))
    , m_timeline(new TimelinePanel(session, m_replay))
    , m_events(new EventsPanel(session, m_replay))
    , m_state(new StatePanel(session, m_replay))
    , m_projection(new ProjectionPanel(session, m_replay))
    , m_command(new CommandPanel(session, m_replay))
    , m_beside(makeSplitter(Qt::Horizontal, tr("Events and state")))
    , m_below(makeSplitter(Qt::Vertical, tr("Aggregate and projection"))) {
    setWindowFlags(Qt::Widget);
    setObjectName(QStringLiteral("aggregate"));
    constexpr int gap = PanelDock::kGap;
    setContentsMargins(gap, 0, gap, gap);

    m_beside->addWidget(m_events);
    m_beside->addWidget(m_state);
    m_below->addWidget(m_beside);
    m_below->addWidget(m_projection);
    m_beside->setStretchFactor(0, 11);
    m_beside->setStretchFactor(1, 10);
    m_below->setStretchFactor(0, 2);
    m_below->setStretchFactor(1, 1);
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(m_timeline);
    layout->addWidget(m_below, 1);
    setCentralWidget(centre);

    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    m_streamsDock =
        addDock(tr("Streams"), QStringLiteral("streams"), *m_streams, Qt::LeftDockWidgetArea);
    m_commandDock =
        addDock(tr("Command"), QStringLiteral("command"), *m_command, Qt::RightDockWidgetArea);

    // The keys that step through versions work in the events as well.
    const TimelineActions& steps = m_timeline->actionSet();
    m_events->table().addActions({steps.first, steps.previous, steps.play, steps.next, steps.last,
                                  steps.backTen, steps.forwardTen});
    addAction(m_streams->filterAction());
    connect(m_streams->filterAction(), &QAction::triggered, m_streamsDock, &QWidget::show);

    setFocusProxy(&m_timeline->view());
    const QList<QWidget*> order{&m_streams->filterLine(),
                                &m_streams->tree(),
                                &m_timeline->view(),
                                &m_events->table(),
                                &m_state->tree(),
                                m_projection,
                                m_command};
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order[i - 1], order[i]);
}

AggregatePage::~AggregatePage() {
    // The panels look at the replay, which is a member and would go before them.
    delete m_streamsDock;
    delete m_commandDock;
    delete takeCentralWidget();
}

PanelDock* AggregatePage::addDock(const QString& title, const QString& name, Panel& panel,
                                  Qt::DockWidgetArea area) {
    auto* dock = new PanelDock(title, name, panel, this);
    addDockWidget(area, dock);
    dock->toggleViewAction()->setText(tr("Show %1").arg(title));
    dock->toggleViewAction()->setToolTip(tr("Show or hide the panel “%1”").arg(title));
    return dock;
}

bool AggregatePage::isQuiet() const {
    return !m_replay.isReplaying();
}

QList<QAction*> AggregatePage::actions() const {
    QList<QAction*> actions{m_streams->filterAction()};
    actions += m_timeline->actionSet().all();
    actions += m_state->tree().actions();
    actions += m_state->modeActions();
    actions += m_projection->projectionActions();
    actions += {m_command->sendAction(), m_streamsDock->toggleViewAction(),
                m_commandDock->toggleViewAction()};
    return actions;
}

void AggregatePage::presentCommand(const QString& command) {
    m_commandDock->show();
    m_commandDock->raise();
    m_command->chooseCommand(command);
}

QByteArray AggregatePage::saveLayout() const {
    QByteArray layout;
    QDataStream out(&layout, QIODevice::WriteOnly);
    out << kLayoutFormat << saveState() << m_beside->saveState() << m_below->saveState();
    return layout;
}

void AggregatePage::restoreLayout(const QByteArray& layout) {
    QDataStream in(layout);
    quint32 format = 0;
    QByteArray docks;
    QByteArray beside;
    QByteArray below;
    in >> format >> docks >> beside >> below;
    if (in.status() != QDataStream::Ok || format != kLayoutFormat)
        return;
    m_laidOut = restoreState(docks);
    m_beside->restoreState(beside);
    m_below->restoreState(below);
}

void AggregatePage::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (!std::exchange(m_laidOut, true))
        layOutAfresh();
}

void AggregatePage::layOutAfresh() {
    resizeDocks(
        {m_streamsDock, m_commandDock},
        {std::clamp(width() * 16 / 100, 200, 270), std::clamp(width() * 20 / 100, 250, 330)},
        Qt::Horizontal);
    m_beside->setSizes({11'000, 10'000});
    m_below->setSizes({20'000, 10'000});
}

} // namespace rewindow
