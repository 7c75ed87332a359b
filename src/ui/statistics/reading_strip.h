// One line above statistics: how far they have been read, and what can be done about it.
#pragma once

#include "model/statistics/log_statistics.h"
#include "ui/shell/work_strip.h"

namespace rewindow {

/// Hidden while everything has been read, and at first while reading.
class ReadingStrip : public WorkStrip {
    Q_OBJECT

  public:
    explicit ReadingStrip(LogStatistics& log, QWidget* parent = nullptr);

  private:
    void take();
    void showProgress();

    LogStatistics& m_log;
};

} // namespace rewindow
