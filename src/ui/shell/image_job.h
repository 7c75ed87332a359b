// Drawing a window to a picture once everything in it is there.
#pragma once

#include "base/error.h"

#include <QObject>
#include <QString>

#include <functional>

class QTimer;

namespace rewindow {

class MainWindow;

/// Waits until the window has been quiet for a while, then writes a PNG file, whole or not at all.
class ImageJob : public QObject {
    Q_OBJECT

  public:
    using Done = std::function<void(Result<void>)>;

    /// Fails with Storage when the window does not come to rest within `timeoutMs`, or the file
    /// cannot be written.
    ImageJob(MainWindow& window, const QString& path, int timeoutMs, Done done);

  private:
    void look();
    Result<void> draw() const;

    MainWindow& m_window;
    QString m_path;
    Done m_done;
    QTimer* m_timer = nullptr;
    int m_looks = 0;
    int m_looksLeft = 0;
    int m_quiet = 0; ///< looks in a row that found it at rest
};

} // namespace rewindow
