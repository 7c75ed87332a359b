// Where a store was left, so that it opens there again.
#pragma once

#include "model/moment/moment.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace rewindow {

class Session;

/// Keeps the session's moment in the store's workspace as it moves, so that also a window that is
/// killed is found again as it was. Lives on the UI thread, writes on a thread of its own.
class LastPlace : public QObject {
    Q_OBJECT

  public:
    static constexpr std::chrono::milliseconds kPause{200}; ///< between one writing and the next

    /// From now on keeps where `session` is, which outlives it.
    explicit LastPlace(Session& session, QObject* parent = nullptr);
    /// Keeps what is not kept yet, and waits for that.
    ~LastPlace() override;

    /// Hands the moment that is kept, if any, to `done`, unless `guard` is gone. Fails with
    /// BadInput where what is kept is no moment, with Storage where the workspace was spoilt and
    /// set aside: once, then there is none.
    static void find(Session& session, QObject* guard,
                     std::function<void(Result<std::optional<Moment>>)> done);

  private:
    void keep();

    Session& m_session;
    QString m_kept; ///< the link written last
    QTimer m_pause;
    QThreadPool m_writing;
};

} // namespace rewindow
