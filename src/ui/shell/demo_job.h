// Making the demo store while the window stays alive.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"

#include <QObject>
#include <QString>

#include <memory>

class QThread;

namespace rewindow {

/// Writes a demo store on a thread of its own. Destroying it cancels, and leaves no file.
class DemoJob : public QObject {
    Q_OBJECT

  public:
    /// `path`: where nothing is yet.
    explicit DemoJob(const QString& path, QObject* parent = nullptr);
    ~DemoJob() override;

    /// Where this user's demo lies.
    static QString usualPath();

  signals:
    void progress(qint64 reached, qint64 total);
    void finished(const rewindow::Result<void>& result);

  private:
    CancelToken m_cancel;
    std::unique_ptr<QThread> m_thread;
};

} // namespace rewindow
