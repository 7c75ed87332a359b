// The log over time, above its table.
#pragma once

#include "model/overview/log_counts.h"
#include "ui/log/histogram_view.h"
#include "ui/shell/panel.h"

namespace rewindow {

/// Shows the whole range of the log and in it the events that the filter finds at any time, as far
/// as they are counted, and says which they are and how far that is. The span of time that the
/// filter is confined to is marked.
class HistogramPanel : public Panel {
    Q_OBJECT

  public:
    /// The counts must outlive it.
    explicit HistogramPanel(LogCounts& counts, QWidget* parent = nullptr);

    HistogramView* view() const { return m_view; }
    /// What finds the events of the time of the bar that is looked at, whatever the filter.
    std::optional<FilterExpression> currentCondition() const;

  signals:
    void filterWanted(const rewindow::EventFilter& filter);
    void positionWanted(rewindow::GlobalPosition position);

  private:
    void showCounts();
    bool isOfNone() const;
    QString stateText() const;

    LogCounts& m_counts;
    HistogramView* m_view;
};

} // namespace rewindow
