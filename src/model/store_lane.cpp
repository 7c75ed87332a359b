// A thread of its own with a store open on it: where SQL and folding happen.

#include "model/store_lane.h"

#include "base/deep_stack.h"

#include <QThread>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace rewindow {

struct StoreLane::Private : QThread {
    Private(StoreUrl itsUrl, Store::Access itsAccess) : url(std::move(itsUrl)), access(itsAccess) {}

    void run() override {
        std::unique_ptr<Store> store;
        while (std::optional<Work> work = next()) {
            if (work->cancel.isCancelled()) {
                work->job(fail(Error::Kind::Cancelled, {}));
                continue;
            }
            if (!store) {
                Result<std::unique_ptr<Store>> opened = Store::open(url, access);
                if (!opened) {
                    work->job(std::unexpected(opened.error()));
                    continue;
                }
                store = std::move(*opened);
            }
            work->job(store.get());
        }
    }

    struct Work {
        Job job;
        CancelToken cancel;
        AtEnd atEnd;
    };

    /// Waits for the next job; nothing when the lane is to end and none is left.
    std::optional<Work> next() {
        std::unique_lock lock(mutex);
        running.reset();
        wake.wait(lock, [this] { return isEnding || !queue.empty(); });
        if (queue.empty())
            return std::nullopt;
        Work work = std::move(queue.front());
        queue.pop_front();
        if (work.atEnd == AtEnd::Dropped)
            running = work.cancel;
        return work;
    }

    const StoreUrl url;
    const Store::Access access;

    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Work> queue;             ///< guarded by the mutex, as are the next two
    std::optional<CancelToken> running; ///< of the job that runs now, if it may be cancelled
    bool isEnding = false;

    int pending = 0; ///< of the lane's owner's thread alone
};

StoreLane::StoreLane(StoreUrl url, Store::Access access, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(url), access)) {
    d->setObjectName(QStringLiteral("StoreLane"));
    d->setStackSize(kDeepStackBytes);
}

StoreLane::~StoreLane() {
    {
        const std::lock_guard lock(d->mutex);
        d->isEnding = true;
        if (d->running)
            d->running->cancel();
        for (const Private::Work& work : d->queue)
            if (work.atEnd == AtEnd::Dropped)
                work.cancel.cancel();
    }
    d->wake.notify_one();
    d->wait();
}

int StoreLane::pending() const {
    return d->pending;
}

void StoreLane::post(Job job, CancelToken cancel, AtEnd atEnd) {
    {
        const std::lock_guard lock(d->mutex);
        d->queue.push_back({.job = std::move(job), .cancel = std::move(cancel), .atEnd = atEnd});
    }
    d->wake.notify_one();
    if (!d->isRunning())
        d->start();
    if (++d->pending == 1)
        emit busyChanged(true);
}

void StoreLane::finished() {
    if (--d->pending == 0)
        emit busyChanged(false);
}

} // namespace rewindow
