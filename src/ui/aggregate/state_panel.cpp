#include "ui/aggregate/state_panel.h"

#include "model/export/model_table.h"
#include "model/items/json_preview.h"
#include "model/items/state_model.h"
#include "model/session/aggregate_replay.h"
#include "model/session/session.h"
#include "ui/aggregate/no_stream_text.h"
#include "ui/aggregate/raw_state_view.h"
#include "ui/aggregate/state_tree.h"
#include "ui/aggregate/value_history_popup.h"
#include "ui/export/export_action.h"
#include "ui/places/link_clipboard.h"
#include "ui/shell/icons.h"
#include "ui/shell/json_find.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/yielding_button.h"

#include <QAction>
#include <QActionGroup>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace rewindow {

StatePanel::StatePanel(Session& session, AggregateReplay& replay, QWidget* parent)
    : Panel(Theme::Role::Aggregate, tr("State"), parent)
    , m_session(session)
    , m_replay(replay)
    , m_state(new StateModel(this))
    , m_tree(new StateTree(*m_state))
    , m_raw(new RawStateView(session.reading()))
    , m_pages(new QStackedWidget)
    , m_trouble(new QLabel) {
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setWordWrap(true);
    m_trouble->setContentsMargins(10, 6, 10, 6);
    m_trouble->hide();
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_raw);
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_trouble);
    layout->addWidget(m_pages, 1);
    setBody(body);
    addFind(*layout);

    auto* modes = new QActionGroup(this);
    addMode(Mode::State, QStringLiteral("aggregate"), tr("State"),
            tr("The whole state, and who set each field"));
    addMode(Mode::Changes, QStringLiteral("compare"), tr("Changes"),
            tr("Only what the event at this version changed"));
    addMode(Mode::Raw, QStringLiteral("log"), tr("Raw"), tr("The state as JSON text"));
    for (QAction* action : std::as_const(m_modeActions))
        modes->addAction(action);
    m_modeActions.front()->setChecked(true);
    addHeaderAction(tableExport(*this, tr("Export the state…"), [this] {
        const QString name = QStringLiteral("%1-v%2")
                                 .arg(m_session.moment().stream)
                                 .arg(m_state->state().version.value());
        return modelTable(*m_state, name,
                          [this](const QModelIndex& index) { m_state->makeMore(index); });
    }));

    connect(m_tree, &StateTree::pointerChosen, &session, &Session::setPointer);
    connect(m_tree, &StateTree::versionRequested, &replay, &AggregateReplay::goToVersion);
    connect(m_tree, &StateTree::historyRequested, this, &StatePanel::showHistory);
    connect(m_tree, &StateTree::wholeStateRequested, this,
            [this] { m_raw->copyWhole(m_state->state().state); });
    connect(m_tree, &StateTree::linkRequested, this, [this](const QString& pointer) {
        Moment moment = m_session.moment();
        moment.pointer = pointer;
        copyLink(moment);
    });
    connect(m_raw, &RawStateView::shown, this, &StatePanel::describeMaking);
    connect(&replay, &AggregateReplay::stateChanged, this, &StatePanel::showState);
    connect(&replay, &AggregateReplay::outlineChanged, this, &StatePanel::showState);
    connect(&session, &Session::momentChanged, this,
            [this](const Moment& now, const Moment& before) {
                if (now.stream != before.stream)
                    showState();
                else if (now.pointer != before.pointer)
                    m_tree->showPointer(now.pointer);
            });
    connect(&Theme::instance(), &Theme::changed, this, &StatePanel::showFailure);
    showState();
}

void StatePanel::addFind(QVBoxLayout& layout) {
    m_find = new JsonFind(
        m_session.background(),
        {.tree = *m_tree,
         .indexOf =
             [this](const JsonHit& hit) {
                 const std::vector<Json> roots{m_state->state().state};
                 return m_state->indexOf(hit.place(roots).mid(1)); // after the root's number
             },
         .place = [this](const QModelIndex& index) { return u'0' + m_state->pointer(index); }});
    m_tree->setFound([this](const QModelIndex& index) { return m_find->found(index); });
    layout.addWidget(m_find);
    auto* find = new QAction(icon(QStringLiteral("search")), tr("Find in the state"), this);
    find->setStatusTip(tr("Goes through the keys and values that hold a text (Ctrl+F there)."));
    connect(find, &QAction::triggered, this, [this] {
        if (m_mode != Mode::State)
            setMode(Mode::State);
        m_find->open();
    });
    addAction(find);
}

void StatePanel::addMode(Mode mode, const QString& iconName, const QString& text,
                         const QString& toolTip) {
    auto* action = new QAction(icon(iconName), text, this);
    action->setCheckable(true);
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, [this, mode] { setMode(mode); });
    auto* button = new YieldingButton(action, this);
    button->setFont(Theme::instance().smallFont());
    addHeaderWidget(button);
    m_modeActions.append(action);
}

void StatePanel::setMode(Mode mode) {
    m_mode = mode;
    m_modeActions[static_cast<int>(mode)]->setChecked(true);
    if (mode != Mode::Raw) {
        const StateTree::Quiet quiet(*m_tree);
        m_state->setMode(mode == Mode::State ? StateModel::Mode::State : StateModel::Mode::Changes);
        m_tree->showPointer(m_session.moment().pointer);
    }
    m_pages->setCurrentIndex(mode == Mode::Raw ? 1 : 0);
    showState();
}

void StatePanel::showState() {
    const QString& stream = m_session.moment().stream;
    const AggregateState& state = m_replay.state();
    const AggregateOutline& outline = m_replay.outline();
    if (stream.isEmpty() || outline.stream.isEmpty()) {
        showNothing();
        return;
    }
    // While another stream is replayed the one before it stays in sight.
    if (state.stream != stream || outline.stream != stream)
        return;
    std::optional<TimelineEvent> event;
    const qint64 version = state.version.value();
    if (version > 0 && version <= outline.lastVersion().value())
        event = (*outline.events)[static_cast<std::size_t>(version - 1)];
    {
        const StateTree::Quiet quiet(*m_tree);
        m_state->setState(state, event);
        m_tree->showPointer(m_session.moment().pointer);
    }
    m_find->setValues({state.state});
    if (m_mode == Mode::Raw)
        m_raw->setState(state.state);
    setTitle(tr("State at v%1").arg(version));
    describeEmptiness();
    describeMaking();
    showFailure();
}

void StatePanel::showNothing() {
    const StateTree::Quiet quiet(*m_tree);
    m_state->setState({}, std::nullopt);
    m_find->setValues({});
    m_raw->setState({});
    m_trouble->hide();
    m_tree->setPlaceholder(m_session.moment().stream.isEmpty() ? noStreamText(m_session)
                                                               : QString());
    setTitle(tr("State"));
    setNote({});
}

/// After an event that could not be applied the state stands still: say why.
void StatePanel::showFailure() {
    const auto& failure = m_replay.outline().failure;
    const bool stopped = failure && m_state->state().version >= failure->version &&
                         m_state->state().stream == m_replay.outline().stream;
    m_trouble->setVisible(stopped);
    if (!stopped)
        return;
    QPalette colors = m_trouble->palette();
    colors.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::Trouble));
    m_trouble->setPalette(colors);
    m_trouble->setText(onOneLine(tr("This is the state of version %1. Stopped at %2")
                                     .arg(failure->version.previous().value())
                                     .arg(failure->error.sentence())));
}

void StatePanel::describeEmptiness() {
    const bool start = m_state->state().version == StreamVersion(0);
    if (m_mode == Mode::Changes)
        m_tree->setPlaceholder(start ? tr("Before the first event nothing has changed")
                                     : tr("This event changed nothing in the state"));
    else
        m_tree->setPlaceholder(start ? tr("Empty: no event has happened yet")
                                     : tr("The state is empty"));
}

/// How the state came about, and what of it is shown.
void StatePanel::describeMaking() {
    QStringList words;
    if (m_replay.outline().merged)
        words.append(tr("merged"));
    if (m_mode == Mode::Raw && m_raw->cutFrom() > 0)
        words.append(tr("shown in part, %1 in all").arg(byteCountText(m_raw->cutFrom())));
    else if (m_mode == Mode::Changes && !m_state->listsAllChanges())
        words.append(tr("the first %1 changes").arg(m_state->rowCount()));
    setNote(words.join(QStringLiteral(" · ")));
}

void StatePanel::showHistory(const QString& pointer, const QPoint& globalPlace) {
    const auto parsed = JsonPointer::parse(pointer.toStdString());
    if (!parsed)
        return;
    auto* popup = new ValueHistoryPopup(pointer, m_replay.version(), this);
    connect(popup, &ValueHistoryPopup::versionRequested, &m_replay, &AggregateReplay::goToVersion);
    popup->popUp(globalPlace);
    m_replay.history(*parsed, popup, [popup](Result<std::vector<ValueChange>> history) {
        popup->setHistory(std::move(history));
    });
}

} // namespace rewindow
