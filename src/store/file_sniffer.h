// What a file is, by its first bytes, before any database opens it.
#pragma once

#include "base/error.h"

#include <QString>

namespace rewindow {

struct SniffedFile {
    enum class Kind { Sqlite, JsonLines };
    Kind kind = Kind::Sqlite;
    bool walMode = false; ///< of SQLite: its header says that it uses a write-ahead log
};

/// Fails with NotFound where there is no file, with Storage where it is none that could be a store
/// or cannot be read, each in a sentence that says what it is and what to do.
Result<SniffedFile> sniffFile(const QString& path);

} // namespace rewindow
