// One write for all that a commit adds to the write-ahead log.
#pragma once

#include "base/error.h"

namespace rewindow {

class SqliteConnection;

/// The name of a VFS that is SQLite's default one, but can gather what is written to a write-ahead
/// log. SQLite writes a log frame by frame, each in two calls; a small commit spends more time in
/// these dozens of calls than its data takes on the way to the disk. Registered by the first call.
const char* gatheringVfs();

/// From here on the connection's writes to its log are kept in memory and go to the file together:
/// when it is flushed, read or cut, when a write does not follow the one before it, and before they
/// are 128 KiB. A failed write is reported by the call that carried it out. In a transaction whose
/// commit flushes (`synchronous=FULL`) SQLite flushes the log before it lets anybody see the new
/// frames, so that nobody can look for one that is not in the file; in no other may writes be
/// gathered. What a transaction that is rolled back has gathered is dropped with it. Called within
/// the transaction; without effect on a connection that was not opened with gatheringVfs().
void gatherWalWrites(SqliteConnection& connection);

/// After the transaction: writes at once from here on. Fails with Storage where a commit left
/// something gathered that cannot be written.
Result<void> endGathering(SqliteConnection& connection);

} // namespace rewindow
