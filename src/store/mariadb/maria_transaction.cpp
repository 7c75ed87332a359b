// A transaction of a MariaDB session, or a part of one.
#include "store/mariadb/maria_transaction.h"

#include "store/mariadb/maria_connection.h"

namespace rewindow {

Result<MariaTransaction> MariaTransaction::begin(MariaConnection& connection) {
    const QString begin = QStringLiteral("START TRANSACTION");
    auto begun = connection.run(begin);
    if (!begun && connection.isLost())
        begun = connection.run(begin);
    if (!begun)
        return std::unexpected(begun.error());
    return MariaTransaction(connection, {});
}

Result<MariaTransaction> MariaTransaction::beginPart(MariaConnection& connection) {
    const QString savepoint = QStringLiteral("rewindow_part");
    if (const auto begun = connection.run(QStringLiteral("SAVEPOINT ") + savepoint); !begun)
        return std::unexpected(begun.error());
    return MariaTransaction(connection, savepoint);
}

MariaTransaction::~MariaTransaction() {
    if (m_connection == nullptr || !m_connection->isInTransaction())
        return;
    if (m_savepoint.isEmpty()) {
        // Where this fails the session is gone, and the transaction with it.
        [[maybe_unused]] const auto ended = m_connection->run(QStringLiteral("ROLLBACK"));
        return;
    }
    [[maybe_unused]] const auto undone =
        m_connection->run(QStringLiteral("ROLLBACK TO ") + m_savepoint);
    [[maybe_unused]] const auto released =
        m_connection->run(QStringLiteral("RELEASE SAVEPOINT ") + m_savepoint);
}

Result<void> MariaTransaction::commit() {
    // After a deadlock the server has taken back the whole, and would run what follows by itself.
    if (!m_connection->isInTransaction() && !m_connection->isLost())
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 took the transaction back").arg(m_connection->name()),
                    QStringLiteral("try it again"));
    const auto done = m_connection->run(m_savepoint.isEmpty()
                                            ? QStringLiteral("COMMIT")
                                            : QStringLiteral("RELEASE SAVEPOINT ") + m_savepoint);
    if (done)
        m_connection = nullptr;
    return done;
}

} // namespace rewindow
