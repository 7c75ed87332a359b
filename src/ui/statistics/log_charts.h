// The charts of a log: events over time, lengths and ages of streams, sizes of payloads.
#pragma once

#include "ui/statistics/chart_bars.h"
#include "ui/statistics/statistics_place.h"

#include <memory>

namespace rewindow {

class Panel;

class LogCharts : public QWidget {
    Q_OBJECT

  public:
    explicit LogCharts(StatisticsGuide& guide, QWidget* parent = nullptr);

    void setStatistics(std::shared_ptr<const Statistics> statistics);
    /// Whose payloads' sizes are shown; empty: all types'.
    void setType(const QString& type);

    BarChart* time() const { return m_time; }
    BarChart* lengths() const { return m_lengths; }
    BarChart* ages() const { return m_ages; }
    BarChart* sizes() const { return m_sizes; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    Panel* panelOf(BarChart* chart, Theme::Role role, const QString& title,
                   const QString& fileName);
    void showTime();
    void showSizes();
    StatisticsPlace placeOfBar(const BarChart* chart, int bar) const;

    StatisticsGuide& m_guide;
    std::shared_ptr<const Statistics> m_statistics;
    QString m_type;
    std::vector<TimeBars::Stretch> m_stretches;
    BarChart* m_time = nullptr;
    BarChart* m_lengths = nullptr;
    BarChart* m_ages = nullptr;
    BarChart* m_sizes = nullptr;
    Panel* m_timePanel = nullptr;
    Panel* m_lengthsPanel = nullptr;
    Panel* m_agesPanel = nullptr;
    Panel* m_sizesPanel = nullptr;
};

} // namespace rewindow
