// One line above statistics: how far they have been read, and what can be done about it.
#pragma once

#include "model/statistics/log_statistics.h"

#include <QWidget>

class QProgressBar;
class QPushButton;
class QTimer;

namespace rewindow {

class ElidedLabel;

/// Hidden while everything has been read, and at first while reading: most logs are read before a
/// person could read a line.
class ReadingStrip : public QWidget {
    Q_OBJECT

  public:
    explicit ReadingStrip(LogStatistics& log, QWidget* parent = nullptr);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void take();
    void showProgress();

    LogStatistics& m_log;
    ElidedLabel* m_text = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_button = nullptr; ///< cancels while reading, else reads on
    QTimer* m_patience = nullptr;
};

} // namespace rewindow
