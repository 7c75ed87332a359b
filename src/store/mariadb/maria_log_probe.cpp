// What a MariaDB server knows of writers that are under way.
#include "store/mariadb/maria_log_probe.h"

#include "store/recorded_event.h"

#include <QDateTime>
#include <QThread>

namespace rewindow {

namespace {

/// How long a writer is given that cannot be seen.
constexpr qint64 kAssumedDeadAfterSeconds = 10;
/// The server keeps its list of transactions for 0.1 s, for whoever asks.
constexpr qint64 kListIsKeptMs = 110;
constexpr int kTries = 20;

} // namespace

Result<std::vector<GlobalPosition>> MariaLogProbe::positionsAfter(GlobalPosition after,
                                                                  qint64 limit) {
    const auto answer = m_connection.execute(m_sql.positionsAfter(after, limit));
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<GlobalPosition> positions;
    positions.reserve(static_cast<std::size_t>(answer->rows()));
    for (int row = 0; row < answer->rows(); ++row)
        positions.emplace_back(answer->integer(row, 0));
    return positions;
}

Result<GlobalPosition> MariaLogProbe::lastPosition() {
    const auto answer = m_connection.execute(m_sql.headPosition());
    if (!answer)
        return std::unexpected(answer.error());
    return GlobalPosition(answer->rows() > 0 ? answer->integer(0, 0) : 0);
}

Result<bool> MariaLogProbe::maySeeOthers() {
    if (m_seesOthers)
        return *m_seesOthers;
    const auto answer = m_connection.execute(
        QStringLiteral("SELECT EXISTS(SELECT 1 FROM information_schema.user_privileges WHERE "
                       "privilege_type='PROCESS' AND grantee=concat('''',replace("
                       "current_user(),'@','''@'''),'''')),@@global.read_only"));
    if (!answer)
        return std::unexpected(answer.error());
    // What a replica applies is no statement of a session.
    m_seesOthers = answer->boolean(0, 0) && !answer->boolean(0, 1);
    return *m_seesOthers;
}

Result<QHash<QString, qint64>> MariaLogProbe::statements() {
    const auto answer = m_connection.execute(
        QStringLiteral("SELECT id,query_id FROM information_schema.processlist "
                       "WHERE command<>'Sleep' AND command<>'Daemon' AND "
                       "command<>'Binlog Dump' AND id<>connection_id()"));
    if (!answer)
        return std::unexpected(answer.error());
    QHash<QString, qint64> running;
    for (int row = 0; row < answer->rows(); ++row)
        running.insert(QStringLiteral("statement %1 of %2")
                           .arg(answer->integer(row, 1))
                           .arg(answer->integer(row, 0)),
                       answer->integer(row, 0));
    return running;
}

Result<QHash<qint64, QString>> MariaLogProbe::transactions() {
    for (int attempt = 0; attempt < kTries; ++attempt) {
        // The list is as of now if this very question stands in it.
        const QString mark = QStringLiteral("look %1").arg(++m_looks);
        if (const auto begun =
                m_connection.run(QStringLiteral("START TRANSACTION WITH CONSISTENT SNAPSHOT"));
            !begun)
            return std::unexpected(begun.error());
        const auto answer = m_connection.execute(
            {QStringLiteral("SELECT trx_mysql_thread_id,trx_id,trx_started,"
                            "trx_mysql_thread_id=connection_id(),instr(trx_query,'%1') "
                            "FROM information_schema.innodb_trx")
                 .arg(mark),
             {}});
        const auto ended = m_connection.run(QStringLiteral("ROLLBACK"));
        if (!answer)
            return std::unexpected(answer.error());
        if (!ended)
            return std::unexpected(ended.error());
        bool isFresh = false;
        QHash<qint64, QString> open;
        for (int row = 0; row < answer->rows(); ++row) {
            if (answer->boolean(row, 3)) {
                isFresh = isFresh || answer->boolean(row, 4);
                continue;
            }
            open.insert(answer->integer(row, 0),
                        QStringLiteral("transaction %1 of %2 since %3")
                            .arg(toQString(answer->text(row, 1)), toQString(answer->text(row, 0)),
                                 toQString(answer->text(row, 2))));
        }
        if (isFresh)
            return open;
        QThread::msleep(kListIsKeptMs);
    }
    return fail(
        Error::Kind::Storage,
        QStringLiteral("%1 does not tell which transactions are open").arg(m_connection.name()));
}

Result<QSet<QString>> MariaLogProbe::underWay() {
    const auto mayLook = maySeeOthers();
    if (!mayLook)
        return std::unexpected(mayLook.error());
    QSet<QString> names;
    if (!*mayLook) {
        // Each of the last seconds counts as a transaction that may be under way.
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        for (qint64 second = now - kAssumedDeadAfterSeconds; second <= now; ++second)
            names.insert(QStringLiteral("second %1").arg(second));
        return names;
    }
    const auto running = statements();
    if (!running)
        return std::unexpected(running.error());
    const auto open = transactions();
    if (!open)
        return std::unexpected(open.error());
    for (auto statement = running->begin(); statement != running->end(); ++statement) {
        names.insert(statement.key());
        m_running[statement.key()].session = *statement;
    }
    for (auto known = m_running.begin(); known != m_running.end();) {
        if (running->contains(known.key())) {
            ++known;
            continue;
        }
        // What a statement has begun goes on under its name.
        const QString now = open->value(known->session);
        const bool goesOn =
            !now.isEmpty() && (known->transaction.isEmpty() || known->transaction == now);
        if (!goesOn) {
            known = m_running.erase(known);
            continue;
        }
        known->transaction = now;
        names.insert(known.key());
        ++known;
    }
    for (const QString& transaction : *open)
        names.insert(transaction);
    return names;
}

} // namespace rewindow
