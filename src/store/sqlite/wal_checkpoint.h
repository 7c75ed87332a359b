// Moving the write-ahead log into the database file, one process at a time.
#pragma once

#include "base/error.h"

#include <memory>

struct sqlite3;

namespace rewindow {

class SqliteConnection;

/// While it lives, a commit on its connection that leaves more than about 16 MB in the write-ahead
/// log checkpoints it, unless another process is doing so; and at its end, if there was a commit,
/// so that the database file is whole without its log. The event writer and writable view tables
/// hold it themselves. Durability never depends on it.
///
/// A checkpoint runs under a lock file beside the database (`FILE-checkpoint`) and under the
/// database's write lock. Never two at once, and no commit while one runs: SQLite before 3.51.3 can
/// lose commits when one resets the log just as a checkpoint begins. Both locks are the operating
/// system's and go with their holder, however that ends.
class WalCheckpoints : public std::enable_shared_from_this<WalCheckpoints> {
  public:
    /// The one of this connection, which must outlive it.
    static std::shared_ptr<WalCheckpoints> of(SqliteConnection& connection);
    WalCheckpoints(const WalCheckpoints&) = delete;
    WalCheckpoints& operator=(const WalCheckpoints&) = delete;
    ~WalCheckpoints();

    /// Outside any transaction.
    void runIfDue();

  private:
    explicit WalCheckpoints(sqlite3* handle) : m_handle(handle) {}
    static int committed(void* self, sqlite3* handle, const char* schema, int frames);

    sqlite3* m_handle;
    int m_frames = 0;      ///< in the log after the last commit; 0: there was none
    int m_framesTried = 0; ///< in the log when it was last tried
};

/// Runs a checkpoint if one is due on this connection; costs nothing if not. Outside any
/// transaction.
Result<void> checkpointWal(SqliteConnection& connection);

} // namespace rewindow
