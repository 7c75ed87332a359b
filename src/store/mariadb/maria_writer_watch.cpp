// What a MariaDB server knows of writers that are under way.
#include "store/mariadb/maria_writer_watch.h"

#include "store/recorded_event.h"

#include <QDateTime>
#include <QThread>

#include <algorithm>

namespace rewindow {

namespace {

/// How long a writer is given that cannot be seen.
constexpr qint64 kAssumedDeadAfterSeconds = 10;
/// The server keeps its list of transactions for 0.1 s, for whoever asks.
constexpr qint64 kListIsKeptMs = 110;
constexpr int kTries = 20;

} // namespace

Result<MariaWriterWatch::Server> MariaWriterWatch::server() {
    const auto answer = m_connection.execute(
        QStringLiteral("SELECT concat(@@hostname,':',@@port),EXISTS(SELECT 1 FROM "
                       "information_schema.user_privileges WHERE privilege_type='PROCESS' AND "
                       "grantee=concat('''',replace(current_user(),'@','''@'''),'''')) "
                       "AND NOT @@global.read_only,"
                       "timestampdiff(MICROSECOND,'1970-01-01 00:00:00',utc_timestamp(6))"));
    if (!answer)
        return std::unexpected(answer.error());
    // What a replica applies is no statement of a session.
    return Server{toQString(answer->text(0, 0)), answer->boolean(0, 1),
                  Timestamp(answer->integer(0, 2))};
}

Result<QHash<QString, MariaWriterWatch::Seen>> MariaWriterWatch::statements() {
    const auto answer =
        m_connection.execute(QStringLiteral("SELECT id,query_id,CAST(time_ms*1000 AS SIGNED) "
                                            "FROM information_schema.processlist "
                                            "WHERE command<>'Sleep' AND command<>'Daemon' AND "
                                            "command<>'Binlog Dump' AND id<>connection_id()"));
    if (!answer)
        return std::unexpected(answer.error());
    QHash<QString, Seen> running;
    for (int row = 0; row < answer->rows(); ++row) {
        const QString session = toQString(answer->text(row, 0));
        const QString name =
            QStringLiteral("statement %1 of %2").arg(answer->integer(row, 1)).arg(session);
        running.insert(name, {name, session, answer->integer(row, 2)});
    }
    return running;
}

Result<QHash<QString, MariaWriterWatch::Seen>> MariaWriterWatch::transactions() {
    for (int attempt = 0; attempt < kTries; ++attempt) {
        // The list is as of now if this very question stands in it.
        const QString mark = QStringLiteral("look %1").arg(++m_looks);
        if (const auto begun =
                m_connection.run(QStringLiteral("START TRANSACTION WITH CONSISTENT SNAPSHOT"));
            !begun)
            return std::unexpected(begun.error());
        const auto answer = m_connection.execute(
            {QStringLiteral("SELECT trx_mysql_thread_id,trx_id,trx_started,"
                            "trx_mysql_thread_id=connection_id(),instr(trx_query,'%1'),"
                            "timestampdiff(MICROSECOND,trx_started,"
                            "convert_tz(utc_timestamp(6),'+00:00','SYSTEM')) "
                            "FROM information_schema.innodb_trx")
                 .arg(mark),
             {}});
        const auto ended = m_connection.run(QStringLiteral("ROLLBACK"));
        if (!answer)
            return std::unexpected(answer.error());
        if (!ended)
            return std::unexpected(ended.error());
        bool isFresh = false;
        QHash<QString, Seen> open;
        for (int row = 0; row < answer->rows(); ++row) {
            if (answer->boolean(row, 3)) {
                isFresh = isFresh || answer->boolean(row, 4);
                continue;
            }
            const QString session = toQString(answer->text(row, 0));
            open.insert(session, {QStringLiteral("transaction %1 of %2 since %3")
                                      .arg(toQString(answer->text(row, 1)), session,
                                           toQString(answer->text(row, 2))),
                                  session, answer->integer(row, 5)});
        }
        if (isFresh)
            return open;
        QThread::msleep(kListIsKeptMs);
    }
    return fail(
        Error::Kind::Storage,
        QStringLiteral("%1 does not tell which transactions are open").arg(m_connection.name()));
}

Result<UnderWay> MariaWriterWatch::underWay() {
    const auto server = this->server();
    if (!server)
        return std::unexpected(server.error());
    UnderWay all;
    all.isAll = server->tellsOfOthers;
    all.era = QStringLiteral("%1 %2").arg(server->name).arg(all.isAll);
    if (!all.isAll) {
        all.since = server->now;
        // Each of the last seconds counts as a transaction that may be under way.
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        for (qint64 second = now - kAssumedDeadAfterSeconds; second <= now; ++second)
            all.names.insert(QStringLiteral("second %1").arg(second));
        return all;
    }
    const auto running = statements();
    if (!running)
        return std::unexpected(running.error());
    const auto open = transactions();
    if (!open)
        return std::unexpected(open.error());
    qint64 age = 0;
    for (auto statement = running->begin(); statement != running->end(); ++statement) {
        all.names.insert(statement.key());
        age = std::max(age, statement->age);
        m_running[statement.key()].session = statement->session;
    }
    for (auto known = m_running.begin(); known != m_running.end();) {
        if (running->contains(known.key())) {
            ++known;
            continue;
        }
        // What a statement has begun goes on under its name.
        const QString now = open->value(known->session).name;
        const bool goesOn =
            !now.isEmpty() && (known->transaction.isEmpty() || known->transaction == now);
        if (!goesOn) {
            known = m_running.erase(known);
            continue;
        }
        known->transaction = now;
        all.names.insert(known.key());
        ++known;
    }
    for (const Seen& transaction : *open) {
        all.names.insert(transaction.name);
        age = std::max(age, transaction.age);
    }
    all.since = Timestamp(server->now.microseconds() - age);
    return all;
}

} // namespace rewindow
