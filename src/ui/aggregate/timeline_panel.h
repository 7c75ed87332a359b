// The aggregate that is looked at, its versions on a line.
#pragma once

#include "base/error.h"
#include "base/ordinals.h"
#include "ui/shell/panel.h"

#include <QTimer>

#include <optional>

class QToolButton;

namespace rewindow {

class AggregateReplay;
class ReplayPlayer;
class Session;
class TimelineActions;
class TimelineView;

class TimelinePanel : public Panel {
    Q_OBJECT

  public:
    TimelinePanel(Session& session, AggregateReplay& replay, QWidget* parent = nullptr);

    TimelineView& view() { return *m_view; }
    TimelineActions& actionSet() { return *m_actions; }

  private:
    void buildHeader();
    QToolButton* menuButton(const QList<QAction*>& choices, const QString& name);
    void showOutline();
    void showMenu(StreamVersion version, const QPoint& globalPlace);
    void showVersion();
    void showProgress(qint64 reached, qint64 total);
    void showFailure(const Error& error);
    bool isCurrent() const; ///< the outline is of the moment's stream

    Session& m_session;
    AggregateReplay& m_replay;
    TimelineView* m_view = nullptr;
    ReplayPlayer* m_player = nullptr;
    TimelineActions* m_actions = nullptr;
    QToolButton* m_cancel = nullptr;
    QTimer m_patience; ///< a replay that is over at once shows no progress
    qint64 m_reached = 0;
    qint64 m_total = 0;
};

} // namespace rewindow
