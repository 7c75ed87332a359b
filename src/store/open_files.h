// Which files SQLite has open in this process, so that a look into one does not drop its locks.
#pragma once

#include <QString>

#include <functional>
#include <utility>

namespace rewindow {

/// POSIX gives up all locks a process has on a file as soon as it closes any descriptor of it. So
/// whoever lets SQLite open a file holds a lease on it, and whoever reads it otherwise does so
/// through lookInto().
class OpenFileLease {
  public:
    OpenFileLease() = default;
    /// On the file at `path`; holds nothing where there is none.
    explicit OpenFileLease(const QString& path);
    OpenFileLease(OpenFileLease&& other) noexcept { swap(other); }
    OpenFileLease& operator=(OpenFileLease&& other) noexcept {
        swap(other);
        return *this;
    }
    ~OpenFileLease();

    bool isHeld() const { return m_held; }

  private:
    void swap(OpenFileLease& other) noexcept {
        std::swap(m_held, other.m_held);
        std::swap(m_device, other.m_device);
        std::swap(m_inode, other.m_inode);
    }
    bool m_held = false;
    quint64 m_device = 0;
    quint64 m_inode = 0;
};

/// Calls `look` with a descriptor to pread() from; its file offset is not to be used. The
/// descriptor is closed only when no lease is left on the file. Returns 0, or the errno of a failed
/// open.
int lookInto(const QString& path, const std::function<void(int descriptor)>& look);

} // namespace rewindow
