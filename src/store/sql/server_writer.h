// Appending on a database server, and what a COMMIT did whose answer was lost.
#pragma once

#include "store/recorded_event.h"
#include "store/sql/appending_writer.h"
#include "store/sql/bound_sql.h"

#include <QThread>

#include <string>
#include <string_view>

namespace rewindow {

/// A Connection is one's session with a server: `execute()`, `isLost()` and `reconnect()`.
template <class Connection>
class ServerWriter : public AppendingWriter {
  protected:
    /// `connection` must outlive it. `eventsTable`: as a statement names it.
    ServerWriter(Connection& connection, QString eventsTable)
        : m_connection(connection)
        , m_eventsTable(std::move(eventsTable)) {}
    Connection& connection() { return m_connection; }
    const QString& eventsTable() const { return m_eventsTable; }

    /// A transaction of the server's that appends.
    template <class ServerTransaction>
    class Appending final : public Transaction {
      public:
        explicit Appending(ServerTransaction transaction) : m_transaction(std::move(transaction)) {}
        Result<void> commit() override { return m_transaction.commit(); }

      private:
        ServerTransaction m_transaction;
    };

    Result<bool> insert(const QString& stream, StreamVersion version, GlobalPosition position,
                        const NewEvent& event) override;

  private:
    /// A server that restarts is away for seconds.
    static constexpr int kReconnections = 60;
    static constexpr unsigned long kBetweenReconnectionsMs = 500;

    /// Ends an INSERT with the row of `cells`, the event's, unless there is one of its id.
    virtual void addUnlessPresent(BoundSql& sql, const QString& cells,
                                  const NewEvent& event) const = 0;

    Result<GlobalPosition> lastPosition() override;
    Result<StreamVersion> versionOf(const QString& stream) override;
    Result<std::optional<Present>> present(const QString& stream, const NewEvent& event) override;
    Result<AppendOutcome> whenCommitFailed(const Error& error, const QString& stream,
                                           std::span<const NewEvent> events) override;
    Result<qint64> number(const BoundSql& sql);
    static std::string utf8(const QByteArray& bytes) { return bytes.toStdString(); }
    Result<void> reconnect();

    Connection& m_connection;
    QString m_eventsTable;
};

template <class Connection>
Result<qint64> ServerWriter<Connection>::number(const BoundSql& sql) {
    const auto answer = m_connection.execute(sql);
    if (!answer)
        return std::unexpected(answer.error());
    return answer->rows() > 0 ? answer->integer(0, 0) : 0;
}

template <class Connection>
Result<GlobalPosition> ServerWriter<Connection>::lastPosition() {
    const auto last =
        number({QStringLiteral("SELECT coalesce(max(position),0) FROM ") + m_eventsTable, {}});
    if (!last)
        return std::unexpected(last.error());
    return GlobalPosition(*last);
}

template <class Connection>
Result<StreamVersion> ServerWriter<Connection>::versionOf(const QString& stream) {
    const auto version =
        number({QStringLiteral("SELECT coalesce(max(version),0) FROM %1 WHERE stream=?")
                    .arg(m_eventsTable),
                {stream}});
    if (!version)
        return std::unexpected(version.error());
    return StreamVersion(*version);
}

template <class Connection>
Result<std::optional<AppendingWriter::Present>>
ServerWriter<Connection>::present(const QString& stream, const NewEvent& event) {
    const auto there = m_connection.execute(
        {QStringLiteral("SELECT position,version,stream=? AND event_type=? AND data=? AND "
                        "coalesce(metadata,'')=? FROM %1 WHERE event_id=?")
             .arg(m_eventsTable),
         {stream, event.type, utf8(event.data), utf8(event.metadata), event.id}});
    if (!there)
        return std::unexpected(there.error());
    if (there->rows() == 0)
        return std::optional<Present>();
    return Present{GlobalPosition(there->integer(0, 0)), StreamVersion(there->integer(0, 1)),
                   there->boolean(0, 2)};
}

template <class Connection>
Result<bool> ServerWriter<Connection>::insert(const QString& stream, StreamVersion version,
                                              GlobalPosition position, const NewEvent& event) {
    const std::string name = utf8(stream.toUtf8());
    BoundSql sql{
        QStringLiteral("INSERT INTO %1(position,event_id,stream,aggregate_type,aggregate_id,"
                       "version,event_type,data,metadata,correlation_id,causation_id,recorded_at) ")
            .arg(m_eventsTable),
        {position.value(), event.id, stream, std::string(streamType(name)),
         std::string(streamId(name)), version.value(), event.type, utf8(event.data),
         utf8(event.metadata), event.correlationId.toStdString(), event.causationId.toStdString(),
         event.recordedAt.microseconds()}};
    addUnlessPresent(
        sql, QStringLiteral("?,?,?,?,?,?,?,?,nullif(?,''),nullif(?,''),nullif(?,''),?"), event);
    const auto inserted = m_connection.execute(sql);
    if (!inserted)
        return std::unexpected(inserted.error());
    return inserted->touched() == 1;
}

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
