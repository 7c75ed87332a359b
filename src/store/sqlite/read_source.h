// A SQLite file open for reading, however it has to be opened, and opened anew when it has to be.
#pragma once

#include "base/error.h"
#include "store/file_sniffer.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_files.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace rewindow {

/// Owns the connection, which keeps its address. Belongs to one thread.
class ReadSource {
  public:
    /// Opened for reading, so that nothing beside the file is made, changed or deleted. `sniffed`
    /// is what was seen of it a moment ago, if anything was.
    static Result<ReadSource> openForReading(const QString& path,
                                             const std::optional<SniffedFile>& sniffed = {});

    /// Tells where the file lies that is to be read; it may bring that up to date.
    using Locate = std::function<Result<QString>()>;
    /// For a file that stands in for another one: from now on `locate` is asked at each look, and
    /// reading fails while it does.
    void follow(Locate locate) { m_locate = std::move(locate); }

    SqliteConnection& connection() { return *m_connection; }
    /// From now on read-write: nothing is watched any more, as SQLite does that itself then.
    Result<void> makeWritable();

    /// Whether both have the same file open, and not two that were at its path one after another.
    bool isOfSameFile(const ReadSource& other) const;
    /// Whether the file changed on disk in a way that the connection cannot see.
    bool isStale() const;
    /// After isStale(): opens the file again, the way it has to be opened now. Every statement on
    /// the connection must be gone.
    Result<void> reopen();
    /// How often the file was opened again.
    qint64 generation() const { return m_generation; }

  private:
    ReadSource() = default;

    QString m_path;
    Locate m_locate; ///< empty where the file stands for itself
    std::unique_ptr<SqliteConnection> m_connection;
    SqliteConnection::Mode m_mode = SqliteConnection::Mode::ReadOnly;
    SqliteFiles m_files;
    qint64 m_generation = 0;
    bool m_failed = false; ///< the last reopen(), so that the next call tries again
};

} // namespace rewindow
