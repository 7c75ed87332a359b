// The log's table in its frame; where it has no rows, the reason why.
#pragma once

#include "ui/shell/panel.h"

#include <QTimer>

class QLabel;
class QStackedLayout;

namespace rewindow {

class LogModel;
class LogTable;
class Session;

/// Says also which rows of a longer log the table holds.
class LogTablePanel : public Panel {
    Q_OBJECT

  public:
    /// Both outlive it.
    LogTablePanel(const Session& session, const LogModel& model, QWidget* parent = nullptr);

    /// Once, when the panel stands where it belongs: what moves has its style taken anew.
    void setTable(LogTable& table);

  private:
    void takeTheme();
    void takeState();
    QString emptyText() const;

    const Session& m_session;
    const LogModel& m_model;
    QStackedLayout* m_stack = nullptr;
    QLabel* m_empty = nullptr;
    QTimer m_patience; ///< before a table without rows gives way while they are looked for
};

} // namespace rewindow
