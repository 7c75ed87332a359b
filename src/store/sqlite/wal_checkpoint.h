// Moving the write-ahead log into the database file, one process at a time.
#pragma once

#include "base/error.h"

namespace rewindow {

class SqliteConnection;

/// From now on, a commit on this connection that leaves more than 4 MB in the write-ahead log
/// checkpoints it, unless another process is doing so already. The writer and writable view tables
/// install this themselves.
///
/// Checkpoints run under a lock file beside the database (`FILE-checkpoint`), so that never two run
/// at once: SQLite before 3.51.3 can lose commits when a checkpoint meets another that resets the
/// log. The lock is the operating system's and goes with its holder, however that ends.
void checkpointAfterCommits(SqliteConnection& connection);

/// Moves all of the log into the database file now and empties it, as far as readers allow; waits
/// for another process's checkpoint. Outside any transaction. Costs a few disk flushes: meant for
/// the end of an import or a demo, not for every command; never needed for durability.
Result<void> checkpointWal(SqliteConnection& connection);

} // namespace rewindow
