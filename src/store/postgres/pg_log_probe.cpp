// What a PostgreSQL server knows of writers that are under way.
#include "store/postgres/pg_log_probe.h"

#include "store/recorded_event.h"

#include <QDateTime>

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

PgLogProbe::PgLogProbe(PgConnection& connection, const EventSql& sql, const Profile& profile,
                       const QString& schema)
    : m_connection(connection)
    , m_sql(sql)
    , m_table(profile.table)
    , m_position(profile.position.name)
    , m_schema(schema) {}

Result<std::vector<GlobalPosition>> PgLogProbe::positionsAfter(GlobalPosition after, qint64 limit) {
    const auto answer = m_connection.execute(m_sql.positionsAfter(after, limit));
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<GlobalPosition> positions;
    positions.reserve(static_cast<std::size_t>(answer->rows()));
    for (int row = 0; row < answer->rows(); ++row)
        positions.emplace_back(answer->integer(row, 0));
    return positions;
}

Result<GlobalPosition> PgLogProbe::lastPosition() {
    const auto answer = m_connection.execute(m_sql.headPosition());
    if (!answer)
        return std::unexpected(answer.error());
    return GlobalPosition(answer->rows() > 0 ? answer->integer(0, 0) : 0);
}

Result<void> PgLogProbe::findLocked() {
    const auto answer = m_connection.execute({kLocked, {m_schema, m_table, m_position}});
    if (!answer)
        return std::unexpected(answer.error());
    m_locked = toQString(answer->text(0, 0));
    m_hasSequence = answer->boolean(0, 1);
    return {};
}

Result<QSet<QString>> PgLogProbe::underWay() {
    const auto recovers = m_connection.execute(QStringLiteral("SELECT pg_is_in_recovery()"));
    if (!recovers)
        return std::unexpected(recovers.error());
    return recovers->boolean(0, 0) ? inProgressOnStandby() : holders();
}

Result<QSet<QString>> PgLogProbe::holders() {
    if (!m_locked)
        if (const auto found = findLocked(); !found)
            return std::unexpected(found.error());
    // Where it is not known what positions are drawn from, any transaction may have drawn one.
    BoundSql sql{QStringLiteral("SELECT DISTINCT virtualtransaction FROM pg_locks "
                                "WHERE pid IS DISTINCT FROM pg_backend_pid()"),
                 {}};
    if (m_hasSequence) {
        sql.text += QStringLiteral(" AND mode='RowExclusiveLock' AND "
                                   "database=(SELECT oid FROM pg_database WHERE "
                                   "datname=current_database()) AND "
                                   "relation=ANY(CAST(? AS oid[]))");
        sql.values.emplace_back(*m_locked);
    }
    const auto answer = m_connection.execute(sql);
    if (!answer)
        return std::unexpected(answer.error());
    QSet<QString> names;
    for (int row = 0; row < answer->rows(); ++row)
        names.insert(toQString(answer->text(row, 0)));
    return names;
}

Result<QSet<QString>> PgLogProbe::inProgressOnStandby() {
    const auto answer = m_connection.execute(
        QStringLiteral("SELECT CAST(txid_snapshot_xip(txid_current_snapshot()) AS TEXT)"));
    if (!answer)
        return std::unexpected(answer.error());
    QSet<QString> names;
    for (int row = 0; row < answer->rows(); ++row)
        names.insert(toQString(answer->text(row, 0)));
    // Each of the last seconds counts as a transaction that may be under way.
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    for (qint64 second = now - kAssumedDeadAfterSeconds; second <= now; ++second)
        names.insert(QStringLiteral("second %1").arg(second));
    return names;
}

} // namespace rewindow
