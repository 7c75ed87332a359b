// Moving the write-ahead log into the database file, one process at a time.
#include "store/sqlite/wal_checkpoint.h"

#include "store/sqlite/sqlite_connection.h"

#include <QByteArray>

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
/// How long writers, and at the end readers too, are waited for.
constexpr int kPatienceMs = 100;

/// `FILE-checkpoint`, locked unless another process holds it. Never deleted: a lock on a deleted
/// file excludes nobody.
class LockFile {
  public:
    explicit LockFile(const char* database)
        : m_file(::open((QByteArray(database) + "-checkpoint").constData(),
                        O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
        if (m_file < 0)
            return;
        m_isLocked = ::flock(m_file, LOCK_EX | LOCK_NB) == 0;
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
        const int opened = sqlite3_open_v2(path, &m_handle, SQLITE_OPEN_READWRITE, nullptr);
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        sqlite3_wal_autocheckpoint(m_handle, 0);
        sqlite3_busy_timeout(m_handle, patienceMs);
        // A connection that has read nothing does not know of the log yet.
        m_isOpen = opened == SQLITE_OK && sqlite3_exec(m_handle, "PRAGMA schema_version", nullptr,
                                                       nullptr, nullptr) == SQLITE_OK;
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
    const char* path = sqlite3_db_filename(m_handle, "main");
    if (m_frames == 0 || path == nullptr)
        return;
    const LockFile lock(path);
    const Companion companion(path, kPatienceMs);
    if (lock.isLocked() && companion.isOpen())
        sqlite3_wal_checkpoint_v2(companion.handle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr);
}

int WalCheckpoints::committed(void* self, sqlite3*, const char*, int frames) {
    auto* checkpoints = static_cast<WalCheckpoints*>(self);
    checkpoints->m_frames = frames;
    checkpoints->runIfDue();
    return SQLITE_OK;
}

void WalCheckpoints::runIfDue() {
    if (m_frames < m_framesTried)
        m_framesTried = 0;
    const char* path = sqlite3_db_filename(m_handle, "main");
    if (m_frames < kDueFrames || m_frames < m_framesTried + kRetryFrames || path == nullptr)
        return;
    const LockFile lock(path);
    if (!lock.isLocked())
        return;
    m_framesTried = m_frames;
    Companion writer(path, kPatienceMs);
    // A failure is not reported: the log is whole as it is, and the commit that led here has
    // succeeded; the next one tries again.
    if (writer.holdsWriteLock())
        sqlite3_wal_checkpoint_v2(m_handle, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

Result<void> checkpointWal(SqliteConnection& connection) {
    WalCheckpoints::of(connection)->runIfDue();
    return {};
}

} // namespace rewindow
