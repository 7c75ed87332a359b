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

  signals:
    void busyChanged(bool busy);

  private:
    using Job = std::function<void(Result<Store*>)>;
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
    auto work = [this, alive, cancel, job = std::move(job),
                 done = std::move(done)](Result<Store*> store) mutable {
        auto answer = std::make_shared<Result<T>>(fail(Error::Kind::Cancelled, {}));
        if (!cancel.isCancelled())
            *answer = store ? job(**store, cancel) : Result<T>(std::unexpected(store.error()));
        postTo(this, [this, alive, cancel, answer, done = std::move(done)] {
            finished();
            if (alive && !cancel.isCancelled())
                done(std::move(*answer));
        });
    };
    post(std::move(work), cancel, atEnd);
    return cancel;
}

} // namespace rewindow
