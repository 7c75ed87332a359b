// The events of JSON Lines files in private SQLite stores, which follow the files.
#pragma once

#include "base/error.h"
#include "store/sqlite/sqlite_files.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <map>
#include <mutex>

namespace rewindow {

/// The files read in so far, and where to. Deleted with its folder when the process ends. May be
/// used from any thread.
class JsonLinesStaging {
  public:
    static JsonLinesStaging& instance();

    /// The path of the store that holds the events of the file at `path`, as it is now: what was
    /// appended to the file is read on into the same store, while a file that was changed in any
    /// other way is read into another. Fails with BadInput, naming file and line, where a line is
    /// no event; an unfinished line at the end of what was appended waits until it is whole.
    Result<QString> staged(const QString& path);

  private:
    struct Staged {
        SqliteFiles::File file; ///< as it was when it was read last
        QString store;
        qint64 bytes = 0;  ///< of the file that were read
        qint64 lines = 0;  ///< that end there
        QByteArray before; ///< the last of those bytes, to know them again
    };

    /// From the file's begin, into a new store.
    static Result<Staged> readIn(const QString& path, const QString& store);
    /// Whether the file has what was read of it, and maybe more.
    static bool isContinued(const QString& path, const Staged& staged,
                            const SqliteFiles::File& now);
    static Result<void> readOn(const QString& path, Staged& staged);

    std::mutex m_mutex;
    QTemporaryDir m_folder;
    std::map<QString, Staged> m_staged;
    int m_made = 0;
};

} // namespace rewindow
