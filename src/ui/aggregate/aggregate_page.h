// The Aggregate page: streams, timeline, events, state, projection, commands.
#pragma once

#include "model/session/aggregate_replay.h"

#include <QMainWindow>

class QSplitter;

namespace rewindow {

class CommandPanel;
class EventsPanel;
class Panel;
class PanelDock;
class ProjectionPanel;
class Session;
class StatePanel;
class StreamsPanel;
class TimelinePanel;

/// Lays out its panels, and owns the replay they look at. Streams and commands are docks.
class AggregatePage : public QMainWindow {
    Q_OBJECT

  public:
    explicit AggregatePage(Session& session, QWidget* parent = nullptr);
    ~AggregatePage() override;

    AggregateReplay& replay() { return m_replay; }
    /// Nothing is being replayed at this instant.
    bool isQuiet() const;

    /// For menus and the list of shortcuts: all there is to do on this page.
    QList<QAction*> actions() const;

    /// Shows the form of that command, also where its panel was closed.
    void presentCommand(const QString& command);

    QByteArray saveLayout() const;
    /// What saveLayout() gave; anything else leaves the layout as it is.
    void restoreLayout(const QByteArray& layout);

    StreamsPanel& streams() { return *m_streams; }
    TimelinePanel& timeline() { return *m_timeline; }
    EventsPanel& events() { return *m_events; }
    StatePanel& state() { return *m_state; }
    ProjectionPanel& projection() { return *m_projection; }
    CommandPanel& command() { return *m_command; }

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    PanelDock* addDock(const QString& title, const QString& name, Panel& panel,
                       Qt::DockWidgetArea area);
    void layOutAfresh();

    AggregateReplay m_replay;
    StreamsPanel* m_streams = nullptr;
    TimelinePanel* m_timeline = nullptr;
    EventsPanel* m_events = nullptr;
    StatePanel* m_state = nullptr;
    ProjectionPanel* m_projection = nullptr;
    CommandPanel* m_command = nullptr;
    QSplitter* m_beside = nullptr; ///< events | state
    QSplitter* m_below = nullptr;  ///< those over the projection
    PanelDock* m_streamsDock = nullptr;
    PanelDock* m_commandDock = nullptr;
    bool m_laidOut = false;
};

} // namespace rewindow
