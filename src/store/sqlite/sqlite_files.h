// What lies on the disk for a SQLite database, and how it may be opened without leaving a trace.
#pragma once

#include "base/error.h"
#include "store/sqlite/sqlite_connection.h"

#include <QString>

namespace rewindow {

/// A file and those SQLite keeps beside it, as the file system shows them; nothing is opened.
struct SqliteFiles {
    struct File {
        bool exists = false;
        quint64 device = 0;
        quint64 inode = 0;
        qint64 size = 0;
        qint64 changedNs = 0; ///< of the content, in nanoseconds since 1970
        bool operator==(const File&) const = default;
    };
    File database, log, logIndex, journal; ///< FILE, FILE-wal, FILE-shm, FILE-journal

    static SqliteFiles of(const QString& path);
    bool operator==(const SqliteFiles&) const = default;
};

/// The mode in which `path` can be read with its newest events shown and nothing beside it made,
/// changed or deleted. `walMode`: its header says so. Fails with Storage where a transaction was
/// left half done, which only a writer may undo.
Result<SqliteConnection::Mode> tracelessMode(const QString& path, const SqliteFiles& files,
                                             bool walMode);

} // namespace rewindow
