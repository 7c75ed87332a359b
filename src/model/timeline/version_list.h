// Ascending versions with a flag each, at eight bytes for a short list.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <cstddef>
#include <new>
#include <span>
#include <utility>

namespace rewindow {

/// The versions at which one place changed, each with whether something was there afterwards.
/// Of the pointers a long stream knows, most changed once or twice: those need no heap.
class VersionList {
  public:
    /// Versions above this cannot be told apart and must not be added.
    static constexpr qint64 kMaxVersion = 0x7fff'ffff;

    VersionList() noexcept : m_inline{} {}
    VersionList(VersionList&& other) noexcept
        : m_size(std::exchange(other.m_size, 0))
        , m_capacity(std::exchange(other.m_capacity, kInline)) {
        if (isInline())
            std::ranges::copy(other.m_inline, m_inline);
        else
            m_heap = other.m_heap;
    }
    VersionList& operator=(VersionList&&) = delete;
    ~VersionList() {
        if (!isInline())
            delete[] m_heap;
    }

    /// `version` is not below the last one; the same again replaces its flag.
    void add(quint32 version, bool present) {
        const quint32 entry = version * 2 + (present ? 1 : 0);
        if (m_size > 0 && data()[m_size - 1] / 2 == version) {
            data()[m_size - 1] = entry;
            return;
        }
        if (m_size == m_capacity)
            grow();
        data()[m_size++] = entry;
    }

    struct Entry {
        quint32 version;
        bool present;
    };
    /// The last entry at or before `version`; its version is 0 where there is none.
    Entry lastUpTo(quint32 version) const {
        const std::span all(data(), m_size);
        const auto after = std::upper_bound(all.begin(), all.end(), version,
                                            [](quint32 v, quint32 entry) { return v < entry / 2; });
        if (after == all.begin())
            return {0, false};
        const quint32 entry = *std::prev(after);
        return {entry / 2, (entry & 1) != 0};
    }

    std::size_t heapBytes() const { return isInline() ? 0 : m_capacity * sizeof(quint32); }

  private:
    static constexpr quint32 kInline = 2;

    bool isInline() const { return m_capacity == kInline; }
    quint32* data() { return isInline() ? m_inline : m_heap; }
    const quint32* data() const { return isInline() ? m_inline : m_heap; }
    void grow() {
        auto* const bigger = new quint32[m_capacity * 2];
        std::copy_n(data(), m_size, bigger);
        if (!isInline())
            delete[] m_heap;
        m_heap = bigger;
        m_capacity *= 2;
    }

    quint32 m_size = 0;
    quint32 m_capacity = kInline;
    union {
        quint32 m_inline[kInline];
        quint32* m_heap;
    };
};

} // namespace rewindow
