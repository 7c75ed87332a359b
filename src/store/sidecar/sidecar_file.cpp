// Reading, mapping and appending on the file system's own interface.
#include "store/sidecar/sidecar_file.h"

#include "store/sidecar/sidecar_hash.h"

#include <QDir>
#include <QFile>
#include <QTemporaryFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rewindow {

using sidecar::FileHeader;
using sidecar::SegmentHeader;

namespace {

constexpr mode_t kMode = 0600; // what a log is about is nobody else's business

quint64 checksumOf(const FileHeader& header) {
    return sidecarHash({reinterpret_cast<const char*>(&header), offsetof(FileHeader, checksum)}, 0);
}

std::unexpected<Error> failed(const QString& path, const QString& doing) {
    const QString why = QString::fromLocal8Bit(std::strerror(errno));
    return fail(Error::Kind::Storage,
                QStringLiteral("the index %1 cannot be %2: %3").arg(path, doing, why),
                QStringLiteral("check the folder and the space left there, or set "
                               "REWINDOW_DATA_HOME to another folder"));
}

} // namespace

SidecarLock::SidecarLock(const QString& path)
    : m_file(::open(QFile::encodeName(path + QStringLiteral(".lock")).constData(),
                    O_RDWR | O_CREAT | O_CLOEXEC, kMode)) {
    m_isHeld = m_file.isOpen() && ::flock(m_file.number(), LOCK_EX | LOCK_NB) == 0;
}

SidecarFile SidecarFile::open(const QString& path, quint64 store, bool forAppending) {
    SidecarFile file;
    file.m_path = path;
    FileDescriptor opened(::open(QFile::encodeName(path).constData(),
                                 (forAppending ? O_RDWR : O_RDONLY) | O_CLOEXEC));
    struct stat status {};
    FileHeader header;
    if (!opened.isOpen() || ::fstat(opened.number(), &status) != 0 || !S_ISREG(status.st_mode) ||
        ::pread(opened.number(), &header, sizeof header, 0) != ssize_t(sizeof header) ||
        header.magic != sidecar::kMagic || header.format != sidecar::kFormat ||
        header.byteOrder != sidecar::kByteOrder || header.checksum != checksumOf(header) ||
        header.store != store)
        return file;
    file.m_file = std::make_shared<const FileDescriptor>(std::move(opened));
    file.m_seed = header.seed;
    file.m_chain = header.checksum;
    file.m_end = sizeof header;
    file.readSegments(static_cast<std::size_t>(status.st_size));
    return file;
}

void SidecarFile::readSegments(std::size_t size) {
    const auto all = mapped(0, size);
    qint64 rows = 0;
    while (all && m_end < size) {
        auto segment = SidecarSegment::read(std::shared_ptr<const char>(all, all.get() + m_end),
                                            size - m_end, m_chain, {m_file, m_end});
        if (!segment || segment->firstRow() != rows)
            return;
        rows = segment->endRow();
        m_chain = segment->header().checksum;
        m_end += segment->size();
        m_segments.push_back(std::move(*segment));
    }
}

Result<SidecarFile> SidecarFile::replace(const QString& path, quint64 store, quint64 seed) {
    SidecarFile file;
    file.m_path = path;
    const QByteArray name = QFile::encodeName(path);
    const QByteArray made = name + ".new";
    FileDescriptor opened(::open(made.constData(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, kMode));
    if (!opened.isOpen())
        return failed(path, QStringLiteral("made"));
    file.m_file = std::make_shared<const FileDescriptor>(std::move(opened));
    if (auto begun = file.begin(store, seed); !begun)
        return std::unexpected(begun.error());
    if (::rename(made.constData(), name.constData()) != 0)
        return failed(path, QStringLiteral("put in its place"));
    return file;
}

Result<SidecarFile> SidecarFile::makePrivate(quint64 store, quint64 seed) {
    SidecarFile file;
    QTemporaryFile temporary(QDir::tempPath() + QStringLiteral("/rewindow-index"));
    file.m_path = temporary.fileTemplate();
    if (!temporary.open())
        return fail(
            Error::Kind::Storage,
            QStringLiteral("no temporary file can be made: %1").arg(temporary.errorString()),
            QStringLiteral("set TMPDIR to a folder you may write to"));
    FileDescriptor opened(::fcntl(temporary.handle(), F_DUPFD_CLOEXEC, 0));
    if (!opened.isOpen())
        return failed(file.m_path, QStringLiteral("made"));
    file.m_file = std::make_shared<const FileDescriptor>(std::move(opened));
    if (auto begun = file.begin(store, seed); !begun)
        return std::unexpected(begun.error());
    return file;
}

Result<void> SidecarFile::begin(quint64 store, quint64 seed) {
    FileHeader header;
    header.store = store;
    header.seed = seed;
    header.checksum = checksumOf(header);
    if (auto written = write(reinterpret_cast<const char*>(&header), sizeof header); !written)
        return written;
    m_end = sizeof header;
    m_seed = seed;
    m_chain = header.checksum;
    return {};
}

Result<void> SidecarFile::write(const char* bytes, std::size_t size) const {
    for (std::size_t done = 0; done < size;) {
        const ssize_t written =
            ::pwrite(m_file->number(), bytes + done, size - done, off_t(m_end + done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return failed(m_path, QStringLiteral("written"));
        done += std::size_t(written);
    }
    return {};
}

bool SidecarFile::isWhole() const {
    const auto size = m_file->size();
    return size && *size >= m_end;
}

Result<void> SidecarFile::append(const QByteArray& segment) {
    const auto size = static_cast<std::size_t>(segment.size());
    if (auto written = write(segment.constData(), size); !written)
        return written;
    auto bytes = mapped(m_end, m_end + size);
    if (!bytes)
        return failed(m_path, QStringLiteral("read"));
    auto read = SidecarSegment::read(std::move(bytes), size, m_chain, {m_file, m_end});
    if (!read)
        return fail(Error::Kind::Storage,
                    QStringLiteral("the index %1 does not hold what was written to it").arg(m_path),
                    QStringLiteral("check the disk"));
    m_chain = read->header().checksum;
    m_end += size;
    m_segments.push_back(std::move(*read));
    return {};
}

std::shared_ptr<const char> SidecarFile::mapped(std::size_t from, std::size_t to) const {
    static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t start = from / page * page;
    const std::size_t size = to - start;
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, m_file->number(), off_t(start));
    if (address == MAP_FAILED)
        return nullptr;
    const std::shared_ptr<const char> whole(
        static_cast<const char*>(address),
        [address, size](const char*) { ::munmap(address, size); });
    return {whole, whole.get() + (from - start)};
}

} // namespace rewindow
