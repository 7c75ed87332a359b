// One line about what is being exported, and where it went.
#pragma once

#include "ui/shell/work_strip.h"

class QTimer;

namespace rewindow {

class Exports;

/// Follows the exports of the window it is in.
class ExportStrip : public WorkStrip {
    Q_OBJECT

  public:
    explicit ExportStrip(QWidget* parent = nullptr);

    void follow(Exports& exports);

  private:
    void showStarted(const QString& path);
    void showProgress(qint64 rows, qint64 total);
    void showFinished(const QString& path, qint64 rows);

    QTimer* m_reading = nullptr; ///< how long the last word stays
    QString m_file;
};

} // namespace rewindow
