// The log over time, above its table.
#pragma once

#include "model/overview/log_overview.h"
#include "store/event_filter.h"
#include "ui/log/histogram_view.h"
#include "ui/shell/panel.h"

namespace rewindow {

class Session;

/// Shows all of the log, whatever the filter, as far as it is counted, and says how far that is.
/// The span of time that the filter is confined to is marked.
class HistogramPanel : public Panel {
    Q_OBJECT

  public:
    explicit HistogramPanel(Session& session, QWidget* parent = nullptr);

    /// Marks the filter's span.
    void setFilter(const EventFilter& filter);
    HistogramView* view() const { return m_view; }
    /// Nothing is being counted at this instant.
    bool isQuiet() const { return !m_overview.isBuilding() && !m_isAsking; }

  signals:
    void filterWanted(const rewindow::EventFilter& filter);
    void positionWanted(rewindow::GlobalPosition position);

  private:
    void ask();
    void take(const Histogram& histogram);
    void find(Timestamp time);
    void showState();

    LogOverview m_overview;
    EventFilter m_filter;
    HistogramView* m_view;
    bool m_isAsking = false;
};

/// The filter without what it says about time, but for `span`, where one is given.
EventFilter confinedTo(const EventFilter& filter, const std::optional<TimeSpan>& span);
/// The span that confinedTo() confined a filter to.
std::optional<TimeSpan> spanOf(const EventFilter& filter);

} // namespace rewindow
