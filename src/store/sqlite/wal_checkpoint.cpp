// Moving the write-ahead log into the database file, one process at a time.
#include "store/sqlite/wal_checkpoint.h"

#include "store/sqlite/sqlite_connection.h"

#include <QByteArray>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

namespace rewindow {

namespace {

/// Pages in the log from which on it is due, and after how many more it is tried again when readers
/// kept it from being finished. More between checkpoints means fewer writes of pages that change
/// often; less means a shorter log to recover.
constexpr int kDueFrames = 4000;
constexpr int kRetryFrames = 1000;
constexpr int kWriterPatienceMs = 100;
constexpr int kReaderPatienceMs = 2000;

/// `FILE-checkpoint`, locked. Never deleted: a lock on a deleted file excludes nobody.
class LockFile {
  public:
    LockFile(const QByteArray& database, bool wait)
        : m_file(
              ::open((database + "-checkpoint").constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
        if (m_file < 0)
            return;
        int locked = -1;
        do {
            locked = ::flock(m_file, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
        } while (locked != 0 && errno == EINTR);
        m_isLocked = locked == 0;
    }
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;
    ~LockFile() {
        if (m_file >= 0)
            ::close(m_file);
    }
    bool isLocked() const { return m_isLocked; }

  private:
    int m_file;
    bool m_isLocked = false;
};

/// A second connection to the same file, for what the first cannot do beside its own work.
class Companion {
  public:
    Companion(const char* path, int patienceMs) {
        m_isOpen = sqlite3_open_v2(path, &m_handle, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK;
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        sqlite3_wal_autocheckpoint(m_handle, 0);
        sqlite3_busy_timeout(m_handle, patienceMs);
    }
    Companion(const Companion&) = delete;
    Companion& operator=(const Companion&) = delete;
    ~Companion() { sqlite3_close(m_handle); }

    bool isOpen() const { return m_isOpen; }
    sqlite3* handle() const { return m_handle; }
    /// Keeps every writer out until this is closed.
    bool holdsWriteLock() {
        return m_isOpen &&
               sqlite3_exec(m_handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
    }

  private:
    sqlite3* m_handle = nullptr;
    bool m_isOpen = false;
};

} // namespace

std::shared_ptr<WalCheckpoints> WalCheckpoints::of(SqliteConnection& connection) {
    sqlite3* handle = connection.handle();
    // SQLite hands back the argument of the hook it replaces: the one that is there already.
    if (void* present = sqlite3_wal_hook(handle, &WalCheckpoints::committed, nullptr)) {
        sqlite3_wal_hook(handle, &WalCheckpoints::committed, present);
        return static_cast<WalCheckpoints*>(present)->shared_from_this();
    }
    const std::shared_ptr<WalCheckpoints> made(new WalCheckpoints(handle));
    sqlite3_wal_hook(handle, &WalCheckpoints::committed, made.get());
    return made;
}

WalCheckpoints::~WalCheckpoints() {
    sqlite3_wal_hook(m_handle, nullptr, nullptr);
}

int WalCheckpoints::committed(void* self, sqlite3* handle, const char* schema, int frames) {
    auto* checkpoints = static_cast<WalCheckpoints*>(self);
    if (frames < checkpoints->m_framesTried)
        checkpoints->m_framesTried = 0;
    const bool due = frames >= kDueFrames && frames >= checkpoints->m_framesTried + kRetryFrames;
    const char* path = sqlite3_db_filename(handle, schema);
    if (!due || path == nullptr)
        return SQLITE_OK;
    const LockFile lock(path, false);
    if (!lock.isLocked())
        return SQLITE_OK;
    checkpoints->m_framesTried = frames;
    Companion writer(path, kWriterPatienceMs);
    // What keeps it from finishing now keeps it from nothing later: the log is whole as it is, and
    // the commit that led here has succeeded, so no failure is reported.
    if (writer.holdsWriteLock())
        sqlite3_wal_checkpoint_v2(handle, schema, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return SQLITE_OK;
}

Result<void> checkpointWal(SqliteConnection& connection) {
    const QByteArray path = QFile::encodeName(connection.path());
    const LockFile lock(path, true);
    if (!lock.isLocked())
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1-checkpoint cannot be locked: %2")
                        .arg(connection.path(), qt_error_string(errno)),
                    QStringLiteral("check the permissions of that folder"));
    // Of its own, so that statements still open on the first do not stand in the way.
    const Companion companion(path.constData(), kReaderPatienceMs);
    const int code = companion.isOpen()
                         ? sqlite3_wal_checkpoint_v2(companion.handle(), "main",
                                                     SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr)
                         : SQLITE_CANTOPEN;
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        return fail(
            Error::Kind::Storage,
            QStringLiteral("the write-ahead log of %1 cannot be moved into it: %2")
                .arg(connection.path(), QString::fromUtf8(sqlite3_errmsg(companion.handle()))));
    return {};
}

} // namespace rewindow
