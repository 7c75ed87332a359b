#include "ui/aggregate/events_panel.h"

#include "model/export/store_tables.h"
#include "model/items/stream_events_model.h"
#include "model/session/aggregate_replay.h"
#include "model/session/session.h"
#include "ui/aggregate/events_table.h"
#include "ui/aggregate/no_stream_text.h"
#include "ui/export/export_action.h"
#include "ui/places/link_clipboard.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"

#include <QAction>

namespace rewindow {

EventsPanel::EventsPanel(Session& session, AggregateReplay& replay, QWidget* parent)
    : Panel(Theme::Role::Event, tr("Events"), parent)
    , m_session(session)
    , m_replay(replay)
    , m_events(new StreamEventsModel(session.reading(), this))
    , m_table(new EventsTable(*m_events, this)) {
    setBody(m_table);
    addHeaderAction(tableExport(*this, tr("Export the events of the stream…"), [this] {
        const QString& stream = m_events->outline().stream;
        EventQuery query;
        query.stream = stream;
        return eventsTable(m_session.info().url, query, stream);
    }));
    connect(m_table, &EventsTable::versionRequested, &replay, &AggregateReplay::goToVersion);
    connect(m_events, &StreamEventsModel::failed, &session, &Session::failed);
    connect(&replay, &AggregateReplay::outlineChanged, this, &EventsPanel::showOutline);
    connect(&session, &Session::momentChanged, this,
            [this](const Moment& now, const Moment& before) {
                if (now.stream != before.stream)
                    showOutline();
                else
                    showVersion();
            });
    auto* link = new QAction(icon(QStringLiteral("link")), tr("Copy link to this version"), this);
    link->setStatusTip(tr("A rewindow:// address of the aggregate as it was at this event."));
    connect(link, &QAction::triggered, this, &EventsPanel::copyLinkToEvent);
    m_table->addAction(link);
    showOutline();
}

void EventsPanel::copyLinkToEvent() {
    const auto& events = m_events->outline().events;
    const int row = m_table->currentIndex().row();
    if (!events || row < 0 || row >= static_cast<int>(events->size()))
        return;
    const GlobalPosition position = (*events)[static_cast<std::size_t>(row)].position;
    Moment moment = m_session.moment();
    if (position.value() > 0)
        moment.playhead = position;
    copyLink(moment);
}

void EventsPanel::showOutline() {
    const QString& stream = m_session.moment().stream;
    const AggregateOutline& outline = m_replay.outline();
    // While another stream is replayed the one before it stays in sight.
    if (stream.isEmpty() || outline.stream == stream || outline.stream.isEmpty())
        m_events->setOutline(outline.stream == stream ? outline : AggregateOutline());
    m_table->setPlaceholder(stream.isEmpty() ? noStreamText(m_session) : QString());
    const qint64 count = m_events->rowCount();
    setNote(count > 0 ? numberText(count) : QString());
    showVersion();
}

void EventsPanel::showVersion() {
    if (m_events->outline().stream != m_session.moment().stream)
        return;
    const StreamVersion version = m_replay.version();
    m_events->setVersion(version);
    m_table->showVersion(version);
}

} // namespace rewindow
