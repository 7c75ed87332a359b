// A store's first bytes, made in memory and given a name in one step.
#include "store/sqlite/new_store_file.h"

#include "store/sqlite/own_schema.h"
#include "store/sqlite/sqlite_connection.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rewindow {

namespace {

constexpr mode_t kPermissions = 0666; // less the umask

std::unexpected<Error> notMade(const QString& path, int error) {
    return fail(Error::Kind::Storage,
                QStringLiteral("%1 cannot be made: %2")
                    .arg(path, QString::fromLocal8Bit(std::strerror(error))),
                error == EACCES || error == EROFS
                    ? QStringLiteral("choose a folder you may write to")
                    : QStringLiteral("check the disk it lies on"));
}

std::unexpected<Error> inTheWay(const QString& path, const QString& there) {
    return fail(Error::Kind::Usage,
                QStringLiteral("%1 cannot be made: %2 exists already").arg(path, there),
                QStringLiteral("choose another name, or move that away"));
}

Result<QByteArray> emptyStore(const QString& domain, const QString& storeId) {
    auto memory =
        SqliteConnection::open(QStringLiteral(":memory:"), SqliteConnection::Mode::Create);
    if (!memory)
        return std::unexpected(memory.error());
    if (const auto made = createOwnSchema(**memory, domain, storeId); !made)
        return std::unexpected(made.error());
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize((*memory)->handle(), "main", &size, 0);
    if (bytes == nullptr)
        return std::unexpected((*memory)->lastError(QStringLiteral("making a store")));
    QByteArray image(reinterpret_cast<const char*>(bytes), size);
    sqlite3_free(bytes);
    // Read and write version 2: a database with a write-ahead log from its first transaction on,
    // so that nobody has to lock all others out to switch it over.
    image[18] = 2;
    image[19] = 2;
    return image;
}

/// 0, or an errno.
int writeOut(int descriptor, const QByteArray& bytes) {
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t written =
            ::write(descriptor, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (written < 0 && errno != EINTR)
            return errno;
        done += std::max<ssize_t>(written, 0);
    }
    return ::fsync(descriptor) == 0 ? 0 : errno;
}

/// A file without a name, which the system deletes however this program ends, then named.
int writeNameless(const QByteArray& folder, const QByteArray& path, const QByteArray& bytes) {
    const int descriptor =
        ::open(folder.constData(), O_TMPFILE | O_WRONLY | O_CLOEXEC, kPermissions);
    if (descriptor < 0)
        return errno;
    int error = writeOut(descriptor, bytes);
    const QByteArray name = "/proc/self/fd/" + QByteArray::number(descriptor);
    if (error == 0 &&
        ::linkat(AT_FDCWD, name.constData(), AT_FDCWD, path.constData(), AT_SYMLINK_FOLLOW) != 0)
        error = errno;
    ::close(descriptor);
    return error;
}

/// For file systems that know no nameless files.
int writeAndRename(const QByteArray& folder, const QByteArray& path, const QByteArray& bytes) {
    const QByteArray partial =
        folder + "/.rewindow-" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + ".part";
    const int descriptor =
        ::open(partial.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, kPermissions);
    if (descriptor < 0)
        return errno;
    int error = writeOut(descriptor, bytes);
    ::close(descriptor);
    if (error == 0 &&
        ::renameat2(AT_FDCWD, partial.constData(), AT_FDCWD, path.constData(), RENAME_NOREPLACE))
        error = errno;
    if (error != 0)
        ::unlink(partial.constData());
    return error;
}

void flushFolder(const QByteArray& folder) {
    const int descriptor = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

Result<void> makeNewStoreFile(const QString& path, const QString& domain, const QString& storeId) {
    // What is left of another store beside a new file would be taken for its log.
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
        const QString there = path + QLatin1String(ending);
        struct stat status {};
        if (::lstat(QFile::encodeName(there).constData(), &status) == 0)
            return inTheWay(path, there);
    }
    const QString folder = QFileInfo(path).absolutePath();
    if (!QFileInfo(folder).isDir())
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 cannot be made: there is no folder %2").arg(path, folder),
                    QStringLiteral("make the folder first, or choose another"));
    const auto image = emptyStore(domain, storeId);
    if (!image)
        return std::unexpected(image.error());

    const QByteArray folderName = QFile::encodeName(folder);
    const QByteArray fileName = QFile::encodeName(path);
    int error = writeNameless(folderName, fileName, *image);
    if (error == EOPNOTSUPP || error == EISDIR || error == ENOENT)
        error = writeAndRename(folderName, fileName, *image);
    if (error == EEXIST)
        return inTheWay(path, path);
    if (error != 0)
        return notMade(path, error);
    flushFolder(folderName);
    return {};
}

} // namespace rewindow
