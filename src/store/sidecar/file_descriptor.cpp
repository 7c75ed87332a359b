// Asking the operating system, which knows a file by its number.
#include "store/sidecar/file_descriptor.h"

#include <sys/stat.h>
#include <unistd.h>

namespace rewindow {

FileDescriptor::~FileDescriptor() {
    if (m_number >= 0)
        ::close(m_number);
}

std::optional<std::size_t> FileDescriptor::size() const {
    struct stat status {};
    if (::fstat(m_number, &status) != 0)
        return std::nullopt;
    return static_cast<std::size_t>(status.st_size);
}

} // namespace rewindow
