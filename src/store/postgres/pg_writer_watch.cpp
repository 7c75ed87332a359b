// What a PostgreSQL server knows of writers that are under way.
#include "store/postgres/pg_writer_watch.h"

#include "store/recorded_event.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

namespace rewindow {

namespace {

/// On a standby, how long a writer is given that has drawn a position and nothing else yet.
constexpr qint64 kAssumedDeadAfterSeconds = 10;

/// The table with its partitions, and the sequences its position is drawn from: by default, as an
/// identity, or as a serial.
const QString kLocked = QStringLiteral(
    "WITH RECURSIVE tables(oid) AS ("
    "SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace "
    "WHERE n.nspname=? AND c.relname=? "
    "UNION SELECT i.inhrelid FROM pg_inherits i JOIN tables t ON t.oid=i.inhparent), "
    "columns AS (SELECT a.attrelid,a.attnum FROM pg_attribute a JOIN tables t ON t.oid=a.attrelid "
    "WHERE a.attname=?), "
    "sequences AS ("
    "SELECT d.refobjid oid FROM pg_attrdef f JOIN columns c ON c.attrelid=f.adrelid AND "
    "c.attnum=f.adnum JOIN pg_depend d ON d.classid=CAST('pg_attrdef' AS regclass) AND "
    "d.objid=f.oid AND d.refclassid=CAST('pg_class' AS regclass) "
    "JOIN pg_class s ON s.oid=d.refobjid AND s.relkind='S' "
    "UNION SELECT d.objid FROM columns c JOIN pg_depend d ON "
    "d.refclassid=CAST('pg_class' AS regclass) AND d.refobjid=c.attrelid AND "
    "d.refobjsubid=c.attnum AND d.classid=CAST('pg_class' AS regclass) "
    "JOIN pg_class s ON s.oid=d.objid AND s.relkind='S') "
    "SELECT CAST(array(SELECT oid FROM tables UNION SELECT oid FROM sequences) AS TEXT),"
    "EXISTS(SELECT 1 FROM sequences)");

} // namespace

PgWriterWatch::PgWriterWatch(PgConnection& connection, const Profile& profile,
                             const QString& schema)
    : m_connection(connection)
    , m_table(profile.table)
    , m_position(profile.position.name)
    , m_schema(schema) {}

Result<void> PgWriterWatch::findLocked() {
    const auto answer = m_connection.execute({kLocked, {m_schema, m_table, m_position}});
    if (!answer)
        return std::unexpected(answer.error());
    m_locked = toQString(answer->text(0, 0));
    m_hasSequence = answer->boolean(0, 1);
    return {};
}

Result<UnderWay> PgWriterWatch::underWay() {
    const auto recovers = m_connection.execute(QStringLiteral("SELECT pg_is_in_recovery()"));
    if (!recovers)
        return std::unexpected(recovers.error());
    const bool isStandby = recovers->boolean(0, 0);
    auto all = isStandby ? inProgressOnStandby() : holders();
    // Another server, or this one in another role, names transactions otherwise.
    if (all)
        all->era = QStringLiteral("%1 %2").arg(m_connection.generation()).arg(isStandby);
    return all;
}

Result<UnderWay> PgWriterWatch::holders() {
    if (!m_locked)
        if (const auto found = findLocked(); !found)
            return std::unexpected(found.error());
    // Where it is not known what positions are drawn from, any transaction may have drawn one.
    BoundSql sql{QStringLiteral("SELECT l.virtualtransaction,"
                                "CAST(round(extract(epoch FROM a.xact_start)*1000000) AS BIGINT) "
                                "FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid=l.pid "
                                "WHERE l.pid IS DISTINCT FROM pg_backend_pid()"),
                 {}};
    if (m_hasSequence) {
        sql.text += QStringLiteral(" AND l.mode='RowExclusiveLock' AND "
                                   "l.database=(SELECT oid FROM pg_database WHERE "
                                   "datname=current_database()) AND "
                                   "l.relation=ANY(CAST(? AS oid[]))");
        sql.values.emplace_back(*m_locked);
    }
    const auto answer = m_connection.execute(sql);
    if (!answer)
        return std::unexpected(answer.error());
    UnderWay all;
    bool isSinceKnown = true;
    qint64 since = std::numeric_limits<qint64>::max();
    for (int row = 0; row < answer->rows(); ++row) {
        all.names.insert(toQString(answer->text(row, 0)));
        isSinceKnown = isSinceKnown && !answer->isNull(row, 1);
        since = std::min(since, answer->integer(row, 1));
    }
    if (isSinceKnown && !all.names.isEmpty())
        all.since = Timestamp(since);
    return all;
}

Result<UnderWay> PgWriterWatch::inProgressOnStandby() {
    const auto answer = m_connection.execute(QStringLiteral(
        "SELECT CAST(round(extract(epoch FROM clock_timestamp())*1000000) AS BIGINT),"
        "txid_snapshot_xmin(txid_current_snapshot()),txid_snapshot_xmax(txid_current_snapshot())"));
    if (!answer)
        return std::unexpected(answer.error());
    UnderWay all;
    all.isAll = false;
    all.since = Timestamp(answer->integer(0, 0));
    // In recovery a snapshot does not list who is under way, but knows the oldest of them.
    all.oldest = answer->integer(0, 1);
    all.next = answer->integer(0, 2);
    // Each of the last seconds counts as a transaction that may be under way.
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    for (qint64 second = now - kAssumedDeadAfterSeconds; second <= now; ++second)
        all.names.insert(QStringLiteral("second %1").arg(second));
    return all;
}

} // namespace rewindow
