// A lock of a MariaDB server that goes by a name.
#include "store/mariadb/maria_named_lock.h"

#include "store/mariadb/maria_connection.h"

#include <QCryptographicHash>

namespace rewindow {

namespace {

constexpr qint64 kPatienceSeconds = 60;

} // namespace

Result<MariaNamedLock> MariaNamedLock::take(MariaConnection& connection, const QString& name) {
    // Such a name has 64 characters at most.
    const QByteArray hash =
        QCryptographicHash::hash((name + connection.database()).toUtf8(), QCryptographicHash::Sha1);
    const QString key = QStringLiteral("rewindow ") + QString::fromLatin1(hash.toHex());
    const auto taken =
        connection.execute({QStringLiteral("SELECT get_lock(?,?)"), {key, kPatienceSeconds}});
    if (!taken)
        return std::unexpected(taken.error());
    if (!taken->boolean(0, 0))
        return fail(Error::Kind::Storage,
                    QStringLiteral("another program is making tables in %1").arg(connection.name()),
                    QStringLiteral("try it again when it is done"));
    return MariaNamedLock(connection, key);
}

MariaNamedLock::~MariaNamedLock() {
    if (m_connection != nullptr && !m_connection->isLost())
        // Where this fails the session is gone, and the lock with it.
        [[maybe_unused]]
        const auto released =
            m_connection->execute({QStringLiteral("SELECT release_lock(?)"), {m_name}});
}

} // namespace rewindow
