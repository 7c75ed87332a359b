// Counting leases by inode, and keeping descriptors open until the last lease goes.
#include "store/open_files.h"

#include <QFile>

#include <cerrno>
#include <map>
#include <mutex>
#include <tuple>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rewindow {

namespace {

using FileKey = std::pair<quint64, quint64>; // device, inode

struct OpenFile {
    int leases = 0;
    std::vector<int> parked;
};

struct OpenFiles {
    std::mutex mutex;
    std::map<FileKey, OpenFile> files;
};

OpenFiles& openFiles() {
    static OpenFiles instance;
    return instance;
}

FileKey keyOf(const struct stat& status) {
    return {status.st_dev, status.st_ino};
}

} // namespace

OpenFileLease::OpenFileLease(const QString& path) {
    struct stat status {};
    OpenFiles& open = openFiles();
    const std::lock_guard lock(open.mutex);
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return;
    std::tie(m_device, m_inode) = keyOf(status);
    ++open.files[{m_device, m_inode}].leases;
    m_held = true;
}

OpenFileLease::~OpenFileLease() {
    if (!m_held)
        return;
    OpenFiles& open = openFiles();
    const std::lock_guard lock(open.mutex);
    const auto file = open.files.find({m_device, m_inode});
    if (--file->second.leases > 0)
        return;
    for (const int descriptor : file->second.parked)
        ::close(descriptor);
    open.files.erase(file);
}

int lookInto(const QString& path, const std::function<void(int descriptor)>& look) {
    const QByteArray name = QFile::encodeName(path);
    OpenFiles& open = openFiles();
    const std::lock_guard lock(open.mutex);

    struct stat status {};
    if (::stat(name.constData(), &status) != 0)
        return errno;
    if (const auto file = open.files.find(keyOf(status));
        file != open.files.end() && !file->second.parked.empty()) {
        look(file->second.parked.front());
        return 0;
    }
    // Not blocking: the path may name a pipe nobody writes to.
    const int descriptor = ::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return errno;
    look(descriptor);
    // The name may have come to mean another file since it was looked up.
    if (::fstat(descriptor, &status) == 0)
        if (const auto file = open.files.find(keyOf(status)); file != open.files.end()) {
            file->second.parked.push_back(descriptor);
            return 0;
        }
    ::close(descriptor);
    return 0;
}

} // namespace rewindow
