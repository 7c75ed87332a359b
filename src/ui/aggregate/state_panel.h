// The aggregate's state at the playhead.
#pragma once

#include "ui/shell/panel.h"

class QButtonGroup;
class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace rewindow {

class AggregateReplay;
class JsonFind;
class RawStateView;
class Session;
class StateModel;
class StateTree;

/// As a tree with who set each field, as the list of what this event changed, or as JSON text.
class StatePanel : public Panel {
    Q_OBJECT

  public:
    enum class Mode { State, Changes, Raw };

    StatePanel(Session& session, AggregateReplay& replay, QWidget* parent = nullptr);

    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    QList<QAction*> modeActions() const { return m_modeActions; }
    StateTree& tree() { return *m_tree; }
    JsonFind& find() { return *m_find; }
    StateModel& state() { return *m_state; }
    RawStateView& raw() { return *m_raw; }

  private:
    void addFind(QVBoxLayout& layout);
    void addMode(Mode mode, const QString& iconName, const QString& text, const QString& toolTip);
    void showState();
    void showNothing();
    void showFailure();
    void describeEmptiness();
    void describeMaking();
    void showHistory(const QString& pointer, const QPoint& globalPlace);

    Session& m_session;
    AggregateReplay& m_replay;
    Mode m_mode = Mode::State;
    StateModel* m_state = nullptr;
    StateTree* m_tree = nullptr;
    JsonFind* m_find = nullptr;
    RawStateView* m_raw = nullptr;
    QStackedWidget* m_pages = nullptr;
    QLabel* m_trouble = nullptr;
    QList<QAction*> m_modeActions;
};

} // namespace rewindow
