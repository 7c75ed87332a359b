// The events of the stream that is looked at.
#pragma once

#include "ui/shell/panel.h"

namespace rewindow {

class AggregateReplay;
class EventsTable;
class Session;
class StreamEventsModel;

class EventsPanel : public Panel {
    Q_OBJECT

  public:
    EventsPanel(Session& session, AggregateReplay& replay, QWidget* parent = nullptr);

    EventsTable& table() { return *m_table; }
    StreamEventsModel& events() { return *m_events; }

  private:
    void showOutline();
    void copyLinkToEvent();
    void showVersion();

    Session& m_session;
    AggregateReplay& m_replay;
    StreamEventsModel* m_events = nullptr;
    EventsTable* m_table = nullptr;
};

} // namespace rewindow
