// An event of the log among its neighbours, whatever the filter.
#pragma once

#include "model/items/log_model.h"
#include "ui/shell/panel.h"

#include <optional>

namespace rewindow {

class LogTable;
class Session;

/// A second look at the log, without a filter, around one event. Does nothing while it is hidden.
class ContextPanel : public Panel {
    Q_OBJECT

  public:
    /// The session outlives it.
    explicit ContextPanel(Session& session, QWidget* parent = nullptr);

    LogModel* model() const { return m_model; }
    LogTable* table() const { return m_table; }

    /// The log as it is now; when it grew, too.
    void setLog(const LogSummary& summary);
    void setNewestFirst(bool newestFirst);
    void setPlayhead(GlobalPosition playhead);
    /// Shows what stands around that event.
    void present(std::optional<GlobalPosition> position);

  signals:
    /// One went to that row by hand.
    void eventChosen(rewindow::GlobalPosition position);
    void aggregateWanted(const QModelIndex& index);

  protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override; ///< the event stays in the middle

  private:
    void begin();
    void locate();

    LogModel* m_model = nullptr;
    LogTable* m_table = nullptr;
    LogSummary m_summary;
    std::optional<GlobalPosition> m_position;
    bool m_hasBegun = false;
    bool m_isLocating = false;
};

} // namespace rewindow
