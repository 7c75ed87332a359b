// Appending on a database server: what a COMMIT did whose answer was lost.
#pragma once

#include "store/sql/appending_writer.h"

#include <QThread>

namespace rewindow {

/// A Connection is one's session with a server: `isLost()` and `reconnect()`.
template <class Connection>
class ServerWriter : public AppendingWriter {
  protected:
    /// `connection` must outlive it.
    explicit ServerWriter(Connection& connection) : m_connection(connection) {}
    Connection& connection() { return m_connection; }

  private:
    /// A server that restarts is away for seconds.
    static constexpr int kReconnections = 60;
    static constexpr unsigned long kBetweenReconnectionsMs = 500;

    Result<AppendOutcome> whenCommitFailed(const Error& error, const QString& stream,
                                           std::span<const NewEvent> events) override;
    Result<void> reconnect();

    Connection& m_connection;
};

template <class Connection>
Result<void> ServerWriter<Connection>::reconnect() {
    Result<void> connected;
    for (int attempt = 0; attempt < kReconnections; ++attempt) {
        connected = m_connection.reconnect();
        if (connected)
            return connected;
        QThread::msleep(kBetweenReconnectionsMs);
    }
    return connected;
}

/// Whether a COMMIT whose answer was lost took place is told by the events' ids, once the session
/// it was sent in holds the writers' lock no more.
template <class Connection>
Result<AppendOutcome> ServerWriter<Connection>::whenCommitFailed(const Error& error,
                                                                 const QString& stream,
                                                                 std::span<const NewEvent> events) {
    if (!m_connection.isLost())
        return std::unexpected(error);
    const auto unknown = [&](const Error& why) {
        return fail(Error::Kind::Storage,
                    QStringLiteral("it is not known whether the events were appended to %1, as %2")
                        .arg(stream, why.what),
                    QStringLiteral("append them again under the same ids: that does nothing where "
                                   "they are there"));
    };
    if (const auto connected = reconnect(); !connected)
        return unknown(connected.error());
    const auto transaction = begin();
    if (!transaction)
        return unknown(transaction.error());
    const auto known = presentOutcome(stream, events);
    if (!known)
        return unknown(known.error());
    if (!*known)
        return fail(Error::Kind::Storage,
                    QStringLiteral("nothing was appended to %1: %2").arg(stream, error.what),
                    QStringLiteral("append it again"));
    if (const auto* appended = std::get_if<Appended>(&**known))
        return Appended{appended->version, appended->position, false};
    return **known;
}

} // namespace rewindow
