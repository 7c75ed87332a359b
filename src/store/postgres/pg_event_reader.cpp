// Reading the events of a PostgreSQL store, by cursors.
#include "store/postgres/pg_event_reader.h"

#include "store/postgres/pg_own_schema.h"
#include "store/postgres/pg_writer_watch.h"

#include <algorithm>

namespace rewindow {

namespace {

/// What a portion of an answer is to take in memory, and how many rows it has at the most.
constexpr quint64 kPortionBytes = quint64(1024) * 1024;
constexpr qint64 kPortionRows = 2000;
constexpr qint64 kFirstPortionRows = 100;

} // namespace

PgEventReader::PgEventReader(PgConnection& connection, const Profile& profile,
                             std::shared_ptr<const PgDialect> dialect)
    : ServerEventReader(profile, dialect)
    , m_connection(connection)
    , m_dialect(std::move(dialect)) {
    setWatch(
        std::make_unique<PgWriterWatch>(connection, this->profile(), m_dialect->schema().name));
}

bool PgEventReader::canHoldId(const QString& id) const {
    return m_dialect->canHold(profile().table, profile().id.name, id);
}

Result<void> PgEventReader::forEachOfFew(const BoundSql& sql, const CancelToken& cancel,
                                         const RowVisitor& visit) {
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
    const auto answer = m_connection.execute(sql, cancel);
    if (!answer)
        return std::unexpected(answer.error());
    for (int row = 0; row < answer->rows(); ++row) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
        if (!visit(PgRow(*answer, row)))
            break;
    }
    return {};
}

Result<void> PgEventReader::forEachRow(const BoundSql& sql, const CancelToken& cancel,
                                       const RowVisitor& visit) {
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
    // A cursor lives in a transaction; that of a call around this one is as good.
    if (m_connection.isInTransaction())
        return forEachFetched(sql, cancel, visit);
    if (const auto begun =
            m_connection.execute(QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
        !begun)
        return std::unexpected(begun.error());
    auto done = forEachFetched(sql, cancel, visit);
    if (!m_connection.isInTransaction())
        return done;
    const auto ended = m_connection.execute(QStringLiteral("ROLLBACK"));
    return done && !ended ? std::unexpected(ended.error()) : done;
}

Result<void> PgEventReader::forEachFetched(const BoundSql& sql, const CancelToken& cancel,
                                           const RowVisitor& visit) {
    const QString cursor = QStringLiteral("rewindow_%1").arg(++m_cursors);
    const auto declared = m_connection.execute(
        {QStringLiteral("DECLARE %1 NO SCROLL CURSOR FOR %2").arg(cursor, sql.text), sql.values},
        cancel);
    if (!declared)
        return std::unexpected(declared.error());
    qint64 wanted = kFirstPortionRows;
    while (true) {
        const auto portion = m_connection.execute(
            {QStringLiteral("FETCH %1 FROM %2").arg(wanted).arg(cursor), {}}, cancel);
        if (!portion)
            return std::unexpected(portion.error());
        for (int row = 0; row < portion->rows(); ++row) {
            if (cancel.isCancelled())
                return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
            if (!visit(PgRow(*portion, row)))
                wanted = 0;
            if (wanted == 0)
                break;
        }
        if (portion->rows() < wanted || wanted == 0)
            break;
        const auto rowBytes = std::max<quint64>(portion->bytes() / quint64(wanted), 1);
        wanted = std::clamp<qint64>(qint64(kPortionBytes / rowBytes), 1, kPortionRows);
    }
    const auto closed = m_connection.execute(QStringLiteral("CLOSE ") + cursor);
    return closed ? Result<void>() : std::unexpected(closed.error());
}

bool PgEventReader::awaitAppend(int milliseconds, const CancelToken& cancel) {
    return profile().writable
               ? m_connection.awaitNotification(kAppendsChannel, milliseconds, cancel)
               : EventReader::awaitAppend(milliseconds, cancel);
}

Result<qint64> PgEventReader::dataVersion() {
    // Which transactions a snapshot sees changes with each that ends, also on a standby.
    const auto version = number(
        {QStringLiteral("SELECT hashtextextended(CAST(txid_current_snapshot() AS TEXT),0)"), {}});
    if (!version)
        return std::unexpected(version.error());
    if (!isBeforeGap())
        return version->value_or(0);
    // Who had a position and takes it back without having written anything changes no snapshot.
    const auto end = completeUpTo();
    if (!end)
        return std::unexpected(end.error());
    return version->value_or(0) ^ (*end).value_or(GlobalPosition(0)).value();
}

} // namespace rewindow
