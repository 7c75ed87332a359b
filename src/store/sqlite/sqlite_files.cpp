// Deciding how a SQLite file is read without a trace.
#include "store/sqlite/sqlite_files.h"

#include "store/open_files.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rewindow {

namespace {

SqliteFiles::File fileAt(const QString& path) {
    struct stat status {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    return {true, status.st_dev, status.st_ino, status.st_size,
            status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
}

/// A journal whose first byte is zero was finished with and only not deleted.
bool isJournalInUse(const QString& path) {
    char first = 0;
    lookInto(path, [&first](int descriptor) {
        if (::pread(descriptor, &first, 1, 0) != 1)
            first = 0;
    });
    return first != 0;
}

/// Whether a writer that is alive holds the byte which SQLite locks while it changes a database.
bool isBeingWritten(const QString& path) {
    constexpr off_t kReservedByte = 0x40000001;
    bool locked = false;
    lookInto(path, [&locked](int descriptor) {
        struct flock lock {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = kReservedByte;
        lock.l_len = 1;
        locked = ::fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    });
    return locked;
}

} // namespace

SqliteFiles SqliteFiles::of(const QString& path) {
    return {fileAt(path), fileAt(path + QStringLiteral("-wal")),
            fileAt(path + QStringLiteral("-shm")), fileAt(path + QStringLiteral("-journal"))};
}

Result<SqliteConnection::Mode> tracelessMode(const QString& path, const SqliteFiles& files,
                                             bool walMode) {
    using Mode = SqliteConnection::Mode;
    if (files.journal.size > 0 && isJournalInUse(path + QStringLiteral("-journal")) &&
        !isBeingWritten(path))
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 was left in the middle of a transaction: its hot journal "
                                   "%1-journal has to be rolled back, which would write to it")
                        .arg(path),
                    QStringLiteral("let the program it belongs to open it once, or copy both files "
                                   "and open the copy with sqlite3 first"));
    if (files.log.exists && files.logIndex.exists)
        return Mode::ReadOnly; // takes part in the locks of whoever has it open
    if (files.log.size > 0)
        return Mode::ColdLog;
    return walMode || files.log.exists ? Mode::Immutable : Mode::ReadOnly;
}

} // namespace rewindow
