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
#include "ui/places/why_disabled.h"
#include "ui/shell/icons.h"

#include <QAction>
#include <QDataStream>
#include <QIODevice>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace rewindow {

namespace {
constexpr quint32 kLayoutFormat = 1;

QSplitter* makeSplitter(Qt::Orientation orientation, const QString& name, QWidget* parent) {
    auto* splitter = new QSplitter(orientation, parent);
    splitter->setHandleWidth(PanelDock::kGap);
    splitter->setChildrenCollapsible(false);
    splitter->setAccessibleName(name);
    return splitter;
}

/// Looks up the style sheet's rules now, not all at once when the page is first shown.
void polish(const QWidget& part) {
    part.ensurePolished();
    for (const QWidget* widget : part.findChildren<QWidget*>())
        widget->ensurePolished();
}

} // namespace

constexpr AggregatePage::Step AggregatePage::kSteps[] = {
    &AggregatePage::buildStreams, &AggregatePage::buildTimeline,   &AggregatePage::buildEvents,
    &AggregatePage::buildState,   &AggregatePage::buildProjection, &AggregatePage::buildCommand,
    &AggregatePage::orderFocus,
};

AggregatePage::AggregatePage(Session& session, QWidget* parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_replay(session)
    , m_centre(new QWidget(this))
    , m_below(makeSplitter(Qt::Vertical, tr("Aggregate and projection"), m_centre))
    , m_beside(makeSplitter(Qt::Horizontal, tr("Events and state"), m_below)) {
    setWindowFlags(Qt::Widget);
    setObjectName(QStringLiteral("aggregate"));
    constexpr int gap = PanelDock::kGap;
    setContentsMargins(gap, 0, gap, gap);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    auto* layout = new QVBoxLayout(m_centre);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    setCentralWidget(m_centre);

    m_compare = new QAction(icon(QStringLiteral("compare")), tr("Compare…"), this);
    m_compare->setObjectName(QStringLiteral("aggregate.compare"));
    m_compare->setShortcut(Qt::ALT | Qt::SHIFT | Qt::Key_D);
    m_compare->setToolTip(tr("Show two versions, or two streams, side by side (Alt+Shift+D)"));
    connect(m_compare, &QAction::triggered, this, &AggregatePage::compare);
    addAction(m_compare);
    const auto offer = [this] {
        setEnabledOr(*m_compare, m_replay.outline().lastVersion() > StreamVersion(0),
                     tr("Choose a stream first."));
    };
    connect(&m_replay, &AggregateReplay::outlineChanged, this, offer);
    offer();

    connect(&m_building, &QTimer::timeout, this, &AggregatePage::buildNext);
    m_building.start(0);
}

void AggregatePage::build() {
    while (!isBuilt())
        buildNext();
}

bool AggregatePage::isBuilt() const {
    return m_step == std::size(kSteps);
}

void AggregatePage::buildNext() {
    (this->*kSteps[m_step])();
    ++m_step;
    if (!isBuilt())
        return;
    m_building.stop();
    emit built();
}

void AggregatePage::buildStreams() {
    m_streams = new StreamsPanel(m_session, this);
    m_streamsDock =
        addDock(tr("Streams"), QStringLiteral("streams"), *m_streams, Qt::LeftDockWidgetArea);
    addAction(m_streams->filterAction());
    connect(m_streams->filterAction(), &QAction::triggered, m_streamsDock, &QWidget::show);
    polish(*m_streamsDock);
}

void AggregatePage::buildTimeline() {
    m_timeline = new TimelinePanel(m_session, m_replay, m_centre);
    m_timeline->addHeaderAction(m_compare);
    auto* column = static_cast<QVBoxLayout*>(m_centre->layout());
    column->addWidget(m_timeline);
    column->addWidget(m_below, 1);
    setFocusProxy(&m_timeline->view());
    polish(*m_timeline);
}

void AggregatePage::buildEvents() {
    m_events = new EventsPanel(m_session, m_replay, m_beside);
    // The keys that step through versions work in the events as well.
    const TimelineActions& steps = m_timeline->actionSet();
    m_events->table().addActions({steps.first, steps.previous, steps.play, steps.next, steps.last,
                                  steps.backTen, steps.forwardTen});
    polish(*m_events);
}

void AggregatePage::buildState() {
    m_state = new StatePanel(m_session, m_replay, m_beside);
    m_beside->setStretchFactor(0, 11);
    m_beside->setStretchFactor(1, 10);
    polish(*m_state);
}

void AggregatePage::buildProjection() {
    m_projection = new ProjectionPanel(m_session, m_replay, m_below);
    m_below->setStretchFactor(0, 2);
    m_below->setStretchFactor(1, 1);
    polish(*m_projection);
}

void AggregatePage::buildCommand() {
    m_command = new CommandPanel(m_session, m_replay, this);
    m_commandDock =
        addDock(tr("Command"), QStringLiteral("command"), *m_command, Qt::RightDockWidgetArea);
    polish(*m_commandDock);
}

void AggregatePage::orderFocus() {
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
    return isBuilt() && !m_replay.isReplaying() && m_streams->isQuiet();
}

QList<QAction*> AggregatePage::actions() {
    build();
    QList<QAction*> actions{m_streams->filterAction()};
    actions += m_timeline->actionSet().all();
    actions += m_state->tree().actions();
    actions += m_state->modeActions();
    actions += m_compare;
    actions += m_projection->projectionActions();
    actions += m_command->sendAction();
    for (PanelDock* dock : {m_streamsDock, m_commandDock})
        actions += {dock->toggleViewAction(), dock->floatAction()};
    return actions;
}

/// What stands at the playhead, and what was before its event: either side can be changed there.
void AggregatePage::compare() {
    const QString& stream = m_session.moment().stream;
    const StreamVersion version = m_replay.version();
    const StreamVersion before = version > StreamVersion(0) ? version.previous() : StreamVersion(0);
    Moment moment = m_session.moment();
    moment.comparison = Comparison{{stream, before}, {stream, version}};
    m_session.go(std::move(moment));
}

void AggregatePage::presentCommand(const QString& command) {
    build();
    m_commandDock->show();
    m_commandDock->raise();
    m_command->chooseCommand(command);
}

QByteArray AggregatePage::saveLayout() {
    build();
    QByteArray layout;
    QDataStream out(&layout, QIODevice::WriteOnly);
    out << kLayoutFormat << saveState() << m_beside->saveState() << m_below->saveState();
    return layout;
}

void AggregatePage::restoreLayout(const QByteArray& layout) {
    build();
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
    build();
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
