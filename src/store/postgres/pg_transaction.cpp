// A transaction of a PostgreSQL session, or a part of one.
#include "store/postgres/pg_transaction.h"

#include "store/postgres/pg_connection.h"

namespace rewindow {

Result<PgTransaction> PgTransaction::begin(PgConnection& connection) {
    // What is read after waiting for a lock must be what the one before has committed.
    const QString begin = QStringLiteral("BEGIN ISOLATION LEVEL READ COMMITTED");
    auto begun = connection.execute(begin);
    if (!begun && connection.isLost())
        begun = connection.execute(begin);
    if (!begun)
        return std::unexpected(begun.error());
    return PgTransaction(connection, {});
}

Result<PgTransaction> PgTransaction::beginPart(PgConnection& connection) {
    const QString savepoint = QStringLiteral("rewindow_part");
    if (const auto begun = connection.execute(QStringLiteral("SAVEPOINT ") + savepoint); !begun)
        return std::unexpected(begun.error());
    return PgTransaction(connection, savepoint);
}

PgTransaction::~PgTransaction() {
    if (m_connection == nullptr || m_connection->isLost())
        return;
    if (m_savepoint.isEmpty()) {
        // Where this fails the session is gone, and the transaction with it.
        [[maybe_unused]] const auto ended = m_connection->execute(QStringLiteral("ROLLBACK"));
        return;
    }
    [[maybe_unused]] const auto undone =
        m_connection->execute(QStringLiteral("ROLLBACK TO ") + m_savepoint);
    [[maybe_unused]] const auto released =
        m_connection->execute(QStringLiteral("RELEASE ") + m_savepoint);
}

Result<void> PgTransaction::commit() {
    const auto done =
        m_connection->execute(m_savepoint.isEmpty() ? QStringLiteral("COMMIT")
                                                    : QStringLiteral("RELEASE ") + m_savepoint);
    if (!done)
        return std::unexpected(done.error());
    PgConnection* connection = std::exchange(m_connection, nullptr);
    // A transaction in which something failed is said to be ended, and nothing of it is kept.
    if (m_savepoint.isEmpty() && done->command() != "COMMIT")
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 took the transaction back").arg(connection->name()));
    return {};
}

} // namespace rewindow
