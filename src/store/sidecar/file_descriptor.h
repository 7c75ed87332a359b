// An open file of the operating system.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

namespace rewindow {

/// Closes with its owner.
class FileDescriptor {
  public:
    FileDescriptor() = default;
    explicit FileDescriptor(int number) : m_number(number) {}
    FileDescriptor(FileDescriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~FileDescriptor();

    bool isOpen() const { return m_number >= 0; }
    int number() const { return m_number; }
    /// In bytes, as it is now; nothing where that cannot be told.
    std::optional<std::size_t> size() const;

  private:
    int m_number = -1;
};

} // namespace rewindow
