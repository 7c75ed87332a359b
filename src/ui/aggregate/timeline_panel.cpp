#include "ui/aggregate/timeline_panel.h"

#include "model/session/aggregate_replay.h"
#include "model/session/session.h"
#include "ui/aggregate/no_stream_text.h"
#include "ui/aggregate/replay_player.h"
#include "ui/aggregate/timeline_actions.h"
#include "ui/aggregate/timeline_view.h"
#include "ui/export/export_action.h"
#include "ui/places/link_clipboard.h"
#include "ui/shell/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

namespace rewindow {

namespace {
constexpr int kPatienceMs = 250;
}

TimelinePanel::TimelinePanel(Session& session, AggregateReplay& replay, QWidget* parent)
    : Panel(Theme::Role::Event, tr("Timeline"), parent)
    , m_session(session)
    , m_replay(replay)
    , m_view(new TimelineView(this))
    , m_player(new ReplayPlayer(session, replay, this))
    , m_actions(new TimelineActions(session, replay, *m_player, *m_view, this)) {
    setBody(m_view);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_view->addActions(m_actions->all());
    buildHeader();

    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_cancel->show();
        m_view->setProgress(m_reached, m_total);
    });
    connect(m_view, &TimelineView::versionRequested, &replay, &AggregateReplay::goToVersion);
    connect(m_view, &TimelineView::menuRequested, this, &TimelinePanel::showMenu);
    connect(&replay, &AggregateReplay::outlineChanged, this, &TimelinePanel::showOutline);
    connect(&replay, &AggregateReplay::progress, this, &TimelinePanel::showProgress);
    connect(&replay, &AggregateReplay::failed, this, &TimelinePanel::showFailure);
    connect(&session, &Session::momentChanged, this,
            [this](const Moment& now, const Moment& before) {
                if (now.stream != before.stream)
                    showOutline();
                else
                    showVersion();
            });
    showOutline();
}

void TimelinePanel::buildHeader() {
    m_cancel = new QToolButton(this);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setIcon(icon(QStringLiteral("cancel")));
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setAccessibleName(tr("Cancel the replay"));
    m_cancel->hide();
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        m_replay.cancel();
        m_patience.stop();
        m_cancel->hide();
        m_view->setMessage(tr("The replay was cancelled. Choose the stream again to start over."));
    });
    addHeaderWidget(m_cancel);
    addHeaderAction(m_actions->first);
    addHeaderAction(m_actions->previous);

    auto* play = new QToolButton(this);
    play->setDefaultAction(m_actions->play);
    play->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    play->setIconSize({16, 16});
    addHeaderWidget(play);
    addHeaderAction(m_actions->next);
    addHeaderAction(m_actions->last);
    addHeaderWidget(menuButton(m_actions->speeds->actions(), tr("Speed of playing")));
    addHeaderWidget(menuButton(m_actions->spacings->actions(), tr("Spacing of the events")));
    addHeaderAction(pictureExport(*this, tr("Export the timeline…"), [this] {
        return pictureOf(*m_view, m_session.moment().stream);
    }));
}

/// Shows which of the choices holds, and offers the others.
QToolButton* TimelinePanel::menuButton(const QList<QAction*>& choices, const QString& name) {
    auto* button = new QToolButton(this);
    auto* menu = new QMenu(button);
    menu->addActions(choices);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setToolTip(name);
    const auto show = [button, name](const QAction* choice) {
        button->setText(choice->iconText());
        button->setAccessibleName(QStringLiteral("%1: %2").arg(name, choice->iconText()));
    };
    for (QAction* choice : choices) {
        if (choice->isChecked())
            show(choice);
        connect(choice, &QAction::triggered, button, [show, choice] { show(choice); });
    }
    return button;
}

void TimelinePanel::showMenu(StreamVersion version, const QPoint& globalPlace) {
    if (!isCurrent() || m_replay.outline().lastVersion() == StreamVersion(0))
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Moment moment = m_session.moment();
    moment.playhead = m_replay.outline().positionOf(version);
    menu->addAction(icon(QStringLiteral("link")),
                    tr("Copy link to version %1").arg(version.value()), menu,
                    [moment] { copyLink(moment); });
    menu->addSeparator();
    menu->addActions(
        {m_actions->first, m_actions->previous, m_actions->play, m_actions->next, m_actions->last});
    menu->addSeparator();
    menu->addActions({m_actions->zoomIn, m_actions->zoomOut, m_actions->zoomToFit});
    menu->popup(globalPlace);
}

bool TimelinePanel::isCurrent() const {
    return m_replay.outline().stream == m_session.moment().stream;
}

void TimelinePanel::showOutline() {
    const QString& stream = m_session.moment().stream;
    m_patience.stop();
    m_cancel->hide();
    if (stream.isEmpty()) {
        setTitle(tr("Timeline"));
        setSubject({});
        m_view->setMessage(noStreamText(m_session));
    } else {
        const QString type = toQString(streamType(stream.toStdString()));
        const QString id = toQString(streamId(stream.toStdString()));
        setTitle(type.isEmpty() ? tr("stream /") : tr("%1 /").arg(type));
        setSubject(id);
        if (isCurrent()) {
            m_view->setOutline(m_replay.outline());
        } else {
            m_reached = 0;
            m_total = 0;
            m_patience.start();
        }
    }
    showVersion();
}

void TimelinePanel::showVersion() {
    const bool shown = isCurrent() && !m_session.moment().stream.isEmpty();
    if (!shown) {
        setBadge({});
        return;
    }
    const StreamVersion version = m_replay.version();
    setBadge(
        tr("version %1 of %2").arg(version.value()).arg(m_replay.outline().lastVersion().value()));
    m_view->setVersion(version);
}

void TimelinePanel::showProgress(qint64 reached, qint64 total) {
    m_reached = reached;
    m_total = total;
    if (!m_cancel->isHidden())
        m_view->setProgress(reached, total);
    else if (!m_patience.isActive() && reached < total)
        m_patience.start();
}

void TimelinePanel::showFailure(const Error& error) {
    m_patience.stop();
    m_cancel->hide();
    if (!isCurrent() || m_replay.outline().lastVersion() == StreamVersion(0))
        m_view->setMessage(error.sentence(), true);
}

} // namespace rewindow
