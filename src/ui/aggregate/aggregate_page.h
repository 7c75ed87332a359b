// The Aggregate page: streams, timeline, events, state, projection, commands.
#pragma once

#include "model/session/aggregate_replay.h"

#include <QMainWindow>
#include <QTimer>

#include <cstddef>

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

/// Lays out its panels, and owns the replay they look at. Streams and commands are docks. They are
/// built one an event, none of which is long; what needs them before that builds the rest at once.
class AggregatePage : public QMainWindow {
    Q_OBJECT

  public:
    explicit AggregatePage(Session& session, QWidget* parent = nullptr);
    ~AggregatePage() override;

    AggregateReplay& replay() { return m_replay; }
    bool isBuilt() const;
    /// It is built, and nothing is being replayed at this instant.
    bool isQuiet() const;

    /// For menus and the list of shortcuts: all there is to do on this page.
    QList<QAction*> actions();

    /// Shows the form of that command, also where its panel was closed.
    void presentCommand(const QString& command);

    QByteArray saveLayout();
    /// What saveLayout() gave; anything else leaves the layout as it is.
    void restoreLayout(const QByteArray& layout);

    StreamsPanel& streams() { return ready(m_streams); }
    TimelinePanel& timeline() { return ready(m_timeline); }
    EventsPanel& events() { return ready(m_events); }
    StatePanel& state() { return ready(m_state); }
    ProjectionPanel& projection() { return ready(m_projection); }
    CommandPanel& command() { return ready(m_command); }

  signals:
    void built();

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    template <class Part>
    Part& ready(Part*& part) {
        build();
        return *part;
    }
    using Step = void (AggregatePage::*)();
    static const Step kSteps[7];

    void build();
    void buildNext();
    void buildStreams();
    void buildTimeline();
    void buildEvents();
    void buildState();
    void buildProjection();
    void buildCommand();
    void orderFocus();
    PanelDock* addDock(const QString& title, const QString& name, Panel& panel,
                       Qt::DockWidgetArea area);
    void layOutAfresh();
    void compare();

    Session& m_session;
    AggregateReplay m_replay;
    QTimer m_building;
    std::size_t m_step = 0; ///< of kSteps, the next
    StreamsPanel* m_streams = nullptr;
    TimelinePanel* m_timeline = nullptr;
    EventsPanel* m_events = nullptr;
    StatePanel* m_state = nullptr;
    ProjectionPanel* m_projection = nullptr;
    CommandPanel* m_command = nullptr;
    QWidget* m_centre = nullptr;
    QSplitter* m_below = nullptr;  ///< m_beside over the projection
    QSplitter* m_beside = nullptr; ///< events | state
    PanelDock* m_streamsDock = nullptr;
    PanelDock* m_commandDock = nullptr;
    QAction* m_compare = nullptr;
    bool m_laidOut = false;
};

} // namespace rewindow
