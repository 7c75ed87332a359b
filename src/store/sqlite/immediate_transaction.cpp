// A writing transaction that states how durable its commit has to be.
#include "store/sqlite/immediate_transaction.h"

#include "store/sqlite/gathered_wal.h"
#include "store/sqlite/sqlite_connection.h"

#include <sqlite3.h>

namespace rewindow {

Result<ImmediateTransaction> ImmediateTransaction::begin(SqliteConnection& connection,
                                                         Durability durability) {
    // Without, a commit in WAL mode does not flush; it cannot change inside a transaction.
    if (const auto set = connection.setFlushesCommits(durability == Durability::OnCommit); !set)
        return std::unexpected(set.error());
    if (const auto begun = connection.beginImmediate(); !begun)
        return std::unexpected(begun.error());
    if (durability == Durability::OnCommit)
        gatherWalWrites(connection);
    return ImmediateTransaction(connection, false);
}

Result<ImmediateTransaction> ImmediateTransaction::beginPart(SqliteConnection& connection) {
    if (sqlite3_exec(connection.handle(), "SAVEPOINT part", nullptr, nullptr, nullptr) != SQLITE_OK)
        return std::unexpected(connection.lastError(QStringLiteral("beginning to write")));
    return ImmediateTransaction(connection, true);
}

ImmediateTransaction::~ImmediateTransaction() {
    // Some errors make SQLite roll back by itself.
    if (m_connection && m_connection->isInTransaction())
        sqlite3_exec(m_connection->handle(),
                     m_isPart ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK", nullptr, nullptr,
                     nullptr);
    if (m_connection && !m_isPart) // nothing is gathered any more, so that this cannot fail
        [[maybe_unused]]
        const auto ended = endGathering(*m_connection);
}

Result<void> ImmediateTransaction::commit() {
    if (const auto committed = m_isPart ? m_connection->execute(QStringLiteral("RELEASE part"))
                                        : m_connection->commit();
        !committed)
        return committed;
    SqliteConnection* connection = std::exchange(m_connection, nullptr);
    return m_isPart ? Result<void>() : endGathering(*connection);
}

} // namespace rewindow
