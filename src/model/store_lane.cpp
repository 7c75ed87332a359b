// A thread of its own with a store open on it: where SQL and folding happen.

#include "model/store_lane.h"

#include "base/deep_stack.h"

#include <QThread>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace rewindow {

namespace {
constexpr std::chrono::milliseconds kBetweenAttempts{300};
}

struct StoreLane::Private : QThread {
    struct Work {
        Job job;
        CancelToken cancel;
        AtEnd atEnd;
        bool isLast = false; ///< the lane ends: it is not tried again
    };

    Private(StoreLane& itsLane, StoreUrl itsUrl, Store::Access itsAccess)
        : lane(itsLane)
        , url(std::move(itsUrl))
        , access(itsAccess) {}

    void run() override {
        std::unique_ptr<Store> store;
        bool isLost = false;
        while (std::optional<Work> work = next()) {
            if (const auto failure = attempt(*work, store)) {
                if (!std::exchange(isLost, true))
                    postTo(&lane, [this, error = *failure] { emit lane.lost(error); });
                putOff(std::move(*work));
            } else if (isLost && nothingWaits()) {
                isLost = false;
                postTo(&lane, [this] { emit lane.regained(); });
            }
        }
    }

    /// The failure for which the work has to be tried again, if any.
    std::optional<Error> attempt(Work& work, std::unique_ptr<Store>& store) {
        if (work.cancel.isCancelled())
            return work.job(fail(Error::Kind::Cancelled, {}), true);
        const bool isLast = !isPatient || work.isLast;
        if (!store) {
            Result<std::unique_ptr<Store>> opened = Store::open(url, access, work.cancel);
            if (!opened)
                return work.job(std::unexpected(opened.error()), isLast);
            store = std::move(*opened);
        }
        return work.job(store.get(), isLast);
    }

    /// What does not need the server, and comes later, gets on meanwhile.
    void putOff(Work work) {
        const std::lock_guard lock(mutex);
        waiting.push_back(std::move(work));
        again = std::chrono::steady_clock::now() + kBetweenAttempts;
    }

    bool nothingWaits() {
        const std::lock_guard lock(mutex);
        again = {}; // where one was served, the others are not kept waiting
        return waiting.empty();
    }

    /// Waits for the next job; nothing when the lane is to end and none is left.
    std::optional<Work> next() {
        std::unique_lock lock(mutex);
        running.reset();
        const auto hasWork = [this] { return isEnding || !queue.empty(); };
        if (waiting.empty())
            wake.wait(lock, hasWork);
        else
            wake.wait_until(lock, again, hasWork);
        std::deque<Work>& from = queue.empty() ? waiting : queue;
        if (from.empty())
            return std::nullopt;
        Work work = std::move(from.front());
        from.pop_front();
        work.isLast = isEnding;
        if (work.atEnd == AtEnd::Dropped)
            running = work.cancel;
        return work;
    }

    StoreLane& lane;
    const StoreUrl url;
    const Store::Access access;
    std::atomic<bool> isPatient = false;

    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Work> queue;                      ///< guarded by the mutex, as are the next four
    std::deque<Work> waiting;                    ///< for the server
    std::chrono::steady_clock::time_point again; ///< when they are tried
    std::optional<CancelToken> running; ///< of the job that runs now, if it may be cancelled
    bool isEnding = false;

    int pending = 0; ///< of the lane's owner's thread alone
};

StoreLane::StoreLane(StoreUrl url, Store::Access access, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(url), access)) {
    d->setObjectName(QStringLiteral("StoreLane"));
    d->setStackSize(kDeepStackBytes);
}

StoreLane::~StoreLane() {
    {
        const std::lock_guard lock(d->mutex);
        d->isEnding = true;
        if (d->running)
            d->running->cancel();
        for (const auto* works : {&d->queue, &d->waiting})
            for (const Private::Work& work : *works)
                if (work.atEnd == AtEnd::Dropped)
                    work.cancel.cancel();
    }
    d->wake.notify_one();
    d->wait();
}

int StoreLane::pending() const {
    return d->pending;
}

void StoreLane::waitForServer() {
    d->isPatient = true;
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
