// Handing a piece of work to the thread an object lives on.
#pragma once

#include <QMetaObject>
#include <QObject>

#include <utility>

#ifdef __SANITIZE_THREAD__
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace rewindow {

namespace detail {

// Qt's event queue is locked, but ThreadSanitizer does not see through Qt's own locks: it is told
// of what they order.
#ifdef __SANITIZE_THREAD__
inline char handOver;
inline void releaseHandOver() {
    __tsan_release(&handOver);
}
inline void acquireHandOver() {
    __tsan_acquire(&handOver);
}
#else
inline void releaseHandOver() {}
inline void acquireHandOver() {}
#endif

} // namespace detail

/// Runs `work` by the event loop of the thread `receiver` lives on, unless it is gone by then.
/// `receiver` must outlive the call; `work` is destroyed on its thread.
template <class Work>
void postTo(QObject* receiver, Work work) {
    detail::releaseHandOver();
    QMetaObject::invokeMethod(
        receiver,
        [work = std::move(work)]() mutable {
            detail::acquireHandOver();
            work();
        },
        Qt::QueuedConnection);
}

} // namespace rewindow
