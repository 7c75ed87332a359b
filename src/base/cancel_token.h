// Asking long work to stop, from another thread.
#pragma once

#include <atomic>
#include <memory>

namespace rewindow {

/// Copies share one flag: whoever holds one may ask; the work looks at it now and then.
class CancelToken {
  public:
    CancelToken() : m_flag(std::make_shared<std::atomic<bool>>(false)) {}

    void cancel() const { m_flag->store(true, std::memory_order_relaxed); }
    bool isCancelled() const { return m_flag->load(std::memory_order_relaxed); }

  private:
    std::shared_ptr<std::atomic<bool>> m_flag;
};

} // namespace rewindow
