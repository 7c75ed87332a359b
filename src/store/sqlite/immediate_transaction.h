// A writing transaction that states how durable its commit has to be.
#pragma once

#include "base/error.h"

#include <utility>

namespace rewindow {

class SqliteConnection;

/// When a commit has to be on disk. Every transaction states it anew, so that none inherits a
/// weaker promise from the one before it.
enum class Durability {
    OnCommit, ///< flushed before commit() returns: what was acknowledged survives a power cut
    /// Written, but flushed only with the next OnCommit commit or checkpoint. Safe for what can be
    /// made again: the write-ahead log is one sequence with checksums, so that a power cut takes
    /// only a tail of it, always whole transactions and never one that was flushed. A view falls
    /// back together with its checkpoint, and catches up again.
    Redoable,
};

/// `BEGIN IMMEDIATE` to `COMMIT`; rolls back when destroyed uncommitted. Another writer is waited
/// for as long as the connection's busy timeout says; then it fails with Storage.
class ImmediateTransaction {
  public:
    static Result<ImmediateTransaction> begin(SqliteConnection& connection, Durability durability);
    /// A part of the transaction the connection is in, as a savepoint: commit() leaves what it
    /// wrote to the whole, and without it only what it wrote is taken back.
    static Result<ImmediateTransaction> beginPart(SqliteConnection& connection);
    ImmediateTransaction(ImmediateTransaction&& other) noexcept
        : m_connection(std::exchange(other.m_connection, nullptr))
        , m_isPart(other.m_isPart) {}
    ImmediateTransaction& operator=(ImmediateTransaction&&) = delete;
    ~ImmediateTransaction();

    Result<void> commit();

  private:
    ImmediateTransaction(SqliteConnection& connection, bool isPart)
        : m_connection(&connection)
        , m_isPart(isPart) {}
    SqliteConnection* m_connection;
    bool m_isPart;
};

} // namespace rewindow
