// A connection to one SQLite database, through Qt and through its native handle.
#pragma once

#include "base/error.h"

#include <QSqlDatabase>
#include <QString>

#include <memory>

struct sqlite3;

namespace rewindow {

/// Opened as a QSqlDatabase of a name of its own; belongs to the thread that opened it. The native
/// handle is that same connection, for bulk reading.
class SqliteConnection {
  public:
    enum class Mode {
        ReadOnly,  ///< `mode=ro`: honours a live write-ahead log
        Immutable, ///< `immutable=1`: touches nothing beside the file
        ReadWrite, ///< an existing file
        Create,    ///< a file that may not exist yet
    };

    /// Read-write connections are set to WAL, `synchronous=FULL`, no automatic checkpoint and none
    /// on close, foreign keys on, and a busy timeout of 30 s; all connections distrust the schema
    /// (`trusted_schema=OFF`, defensive). Fails with Storage, naming the file.
    static Result<std::unique_ptr<SqliteConnection>> open(const QString& path, Mode mode);
    ~SqliteConnection();

    QSqlDatabase database() const;
    sqlite3* handle() const { return m_handle; }
    const QString& path() const { return m_path; }

    /// One statement without parameters.
    Result<void> execute(const QString& sql);
    /// The database's own last error as ours, naming the file and what was being done.
    Error lastError(const QString& doing) const;

  private:
    SqliteConnection() = default;
    QString m_name;
    QString m_path;
    sqlite3* m_handle = nullptr;
};

} // namespace rewindow
