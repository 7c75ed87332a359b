// Work on a session's views: stepping, pausing, catching up, rebuilding, auditing.
#pragma once

#include "model/projection/projection_runner.h"
#include "model/session/session.h"

#include <QElapsedTimer>

#include <list>

namespace rewindow {

/// Runs what changes views on the writing lane, and audits on the background lane; reports progress
/// on the thread it lives on. Destroy it before the lanes' owner's signals are needed no more, and
/// after the lanes.
class ViewWork : public QObject {
    Q_OBJECT

  public:
    /// The lanes are asked for when they are needed.
    using Lane = std::function<StoreLane&()>;
    ViewWork(std::shared_ptr<const Domain> domain, Lane writing, Lane background);

    void step(const QString& view);
    void setPaused(const QString& view, bool paused);
    void catchUp(const QString& view);
    void catchUpAll();
    void rebuild(const QString& view);
    void audit(const QString& view, QObject* guard,
               std::function<void(Result<std::vector<Drift>>)> done);
    void cancel();

  signals:
    void changed(); ///< views may stand otherwise now
    void progress(const QString& view, qint64 reached, qint64 total);
    void failed(const rewindow::Error& error);

  private:
    using Job = std::function<Result<void>(ProjectionRunner&, const ProjectionRunner::Progress&,
                                           const CancelToken&)>;
    enum class Length { Short, Long };
    void run(const QString& view, Length length, Job job);
    ProjectionRunner::Progress reporter(const QString& view);

    struct Running {
        int number;
        QString view;
        CancelToken cancel;
        std::function<void()> givenUp;
    };
    void end(int number);

    std::shared_ptr<const Domain> m_domain;
    Lane m_writing;
    Lane m_background;
    std::list<Running> m_running; ///< what cancel() stops
    int m_lastNumber = 0;
};

} // namespace rewindow
