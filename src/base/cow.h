// A value that copies share until one of them changes it.
#pragma once

#include <QtGlobal>

#include <atomic>
#include <utility>

namespace rewindow {

/// Copying is counting; edit() copies the value when others hold it. Thread-safe as a value.
template <class T>
class Cow {
  public:
    Cow() : m_block(new Block) {}
    explicit Cow(T value) : m_block(new Block{.value = std::move(value)}) {}
    Cow(const Cow& other) noexcept : m_block(other.m_block) {
        m_block->refs.fetch_add(1, std::memory_order_relaxed);
    }
    Cow(Cow&& other) : Cow() { std::swap(m_block, other.m_block); }
    Cow& operator=(Cow other) noexcept {
        std::swap(m_block, other.m_block);
        return *this;
    }
    ~Cow() {
        if (m_block->refs.fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete m_block;
    }

    const T& operator*() const noexcept { return m_block->value; }
    const T* operator->() const noexcept { return &m_block->value; }
    bool isSharedWith(const Cow& other) const noexcept { return m_block == other.m_block; }

    T& edit() {
        if (m_block->refs.load(std::memory_order_acquire) != 1)
            *this = Cow(m_block->value);
        return m_block->value;
    }

  private:
    struct Block {
        std::atomic<quint32> refs{1};
        T value{};
    };
    Block* m_block;
};

} // namespace rewindow
