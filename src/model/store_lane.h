// A thread of its own with a store open on it: where SQL and folding happen.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "base/post_to.h"
#include "store/store.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

namespace rewindow {

/// Runs jobs one after another on a thread that owns a Store. Answers come back on the thread the
/// lane was made on, only while their guard lives; destroying the lane cancels, but for jobs that
/// are StillRun, and waits. The
/// thread's stack is large enough for JSON nested as deep as Json::kMaxDepth.
class StoreLane : public QObject {
    Q_OBJECT

  public:
    /// The store is opened on the lane's thread by its first job, and while that fails by the next.
    StoreLane(StoreUrl url, Store::Access access, QObject* parent = nullptr);
    ~StoreLane() override;

    /// What becomes of a job that waits when the lane ends.
    enum class AtEnd {
        Dropped,
        StillRun ///< for what must not be lost; nobody is answered any more
    };

    /// Runs `job(store, cancel)` on the lane and then `done(Result)` here. A failure to open the
    /// store is the result of the job. The returned token cancels this job; a cancelled job that
    /// has not begun does not run, and a cancelled job's `done` is not called. `done` is destroyed
    /// here, `job` on the lane or, if it never ran, with the lane.
    template <class T>
    CancelToken run(QObject* guard, std::function<Result<T>(Store&, const CancelToken&)> job,
                    std::function<void(Result<T>)> done, AtEnd atEnd = AtEnd::Dropped);

    int pending() const; ///< jobs not yet answered

    /// From now on a job for which the server cannot be reached waits until it can, and then runs
    /// again from its beginning; cancelling it ends that. For lanes whose jobs only read.
    void waitForServer();

  signals:
    void busyChanged(bool busy);
    /// The server cannot be reached, and jobs wait for it.
    void lost(const rewindow::Error& error);
    /// It can again.
    void regained();

  private:
    /// Answers, unless it returns the failure for which it is to run again. `isLast`: it is not.
    using Job = std::function<std::optional<Error>(Result<Store*>, bool isLast)>;
    void post(Job job, CancelToken cancel, AtEnd atEnd);
    void finished();

    struct Private;
    std::unique_ptr<Private> d;
};

template <class T>
CancelToken StoreLane::run(QObject* guard, std::function<Result<T>(Store&, const CancelToken&)> job,
                           std::function<void(Result<T>)> done, AtEnd atEnd) {
    CancelToken cancel;
    QPointer<QObject> alive(guard);
    auto work = [this, alive, cancel, job = std::move(job), done = std::move(done)](
                    Result<Store*> store, bool isLast) mutable -> std::optional<Error> {
        auto answer = std::make_shared<Result<T>>(fail(Error::Kind::Cancelled, {}));
        if (!cancel.isCancelled())
            *answer = store ? job(**store, cancel) : Result<T>(std::unexpected(store.error()));
        if (!isLast && !cancel.isCancelled() && !*answer &&
            answer->error().kind == Error::Kind::Unreachable)
            return answer->error();
        postTo(this, [this, alive, cancel, answer, done = std::move(done)] {
            finished();
            if (alive && !cancel.isCancelled())
                done(std::move(*answer));
        });
        return std::nullopt;
    };
    post(std::move(work), cancel, atEnd);
    return cancel;
}

} // namespace rewindow
