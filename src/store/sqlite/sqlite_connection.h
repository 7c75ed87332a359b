// A connection to one SQLite database, through Qt and through its native handle.
#pragma once

#include "base/error.h"
#include "store/open_files.h"

#include <QSqlDatabase>
#include <QString>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace rewindow {

/// Opened as a QSqlDatabase of a name of its own; belongs to the thread that opened it. The native
/// handle is that same connection, for bulk reading.
class SqliteConnection {
  public:
    enum class Mode {
        ReadOnly,  ///< `mode=ro`: honours a live write-ahead log
        Immutable, ///< `immutable=1`: touches nothing beside the file
        ColdLog,   ///< reads a write-ahead log that nobody has open; touches nothing
        ReadWrite, ///< an existing file
        Create,    ///< a file that may not exist yet
    };

    /// Read-write connections are set to WAL, `synchronous=FULL`, no automatic checkpoint and none
    /// on close, foreign keys on, and a busy timeout of 30 s; all connections distrust the schema
    /// (`trusted_schema=OFF`, defensive). Fails with Storage, naming the file.
    static Result<std::unique_ptr<SqliteConnection>> open(const QString& path, Mode mode);
    ~SqliteConnection();

    /// The same again, in another mode or after the file was replaced, at the same address. Every
    /// SqliteStatement must be gone; a QSqlQuery is only made inactive. After a failure it is
    /// closed.
    Result<void> reopen(Mode mode) { return reopen(mode, m_path); }
    Result<void> reopen(Mode mode, const QString& path);

    QSqlDatabase database() const;
    sqlite3* handle() const { return m_handle; }
    const QString& path() const { return m_path; }

    /// Whether commits are flushed before they return (`synchronous` FULL or NORMAL), from the next
    /// transaction on. Outside any transaction.
    Result<void> setFlushesCommits(bool flushes);
    bool isInTransaction() const;
    /// `BEGIN IMMEDIATE` and `COMMIT`; compiled once, for every transaction says them.
    Result<void> beginImmediate();
    Result<void> commit();
    /// One statement without parameters.
    Result<void> execute(const QString& sql);
    /// The database's own last error as ours, naming the file and what was being done.
    Error lastError(const QString& doing) const;

  private:
    SqliteConnection() = default;
    Result<void> openAs(Mode mode);
    void close();
    int stepCompiled(sqlite3_stmt*& statement, const char* sql);

    QString m_name;
    QString m_path;
    sqlite3* m_handle = nullptr;
    sqlite3_stmt* m_begin = nullptr;
    sqlite3_stmt* m_commit = nullptr;
    bool m_flushesCommits = true;
    OpenFileLease m_lease;
};

} // namespace rewindow
