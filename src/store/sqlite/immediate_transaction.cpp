// A writing transaction that states how durable its commit has to be.
#include "store/sqlite/immediate_transaction.h"

#include "store/sqlite/sqlite_connection.h"

#include <sqlite3.h>

namespace rewindow {

Result<ImmediateTransaction> ImmediateTransaction::begin(SqliteConnection& connection,
                                                         Durability durability) {
    // With NORMAL a commit in WAL mode does not flush; the level cannot change inside a
    // transaction.
    const char* const begin = durability == Durability::OnCommit
                                  ? "PRAGMA synchronous=FULL; BEGIN IMMEDIATE"
                                  : "PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE";
    if (sqlite3_exec(connection.handle(), begin, nullptr, nullptr, nullptr) != SQLITE_OK)
        return std::unexpected(connection.lastError(QStringLiteral("beginning to write")));
    return ImmediateTransaction(connection);
}

ImmediateTransaction::~ImmediateTransaction() {
    if (m_connection && sqlite3_get_autocommit(m_connection->handle()) == 0)
        sqlite3_exec(m_connection->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> ImmediateTransaction::commit() {
    if (sqlite3_exec(m_connection->handle(), "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK)
        return std::unexpected(m_connection->lastError(QStringLiteral("committing")));
    m_connection = nullptr;
    return {};
}

} // namespace rewindow
