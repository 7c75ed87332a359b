// Reading the events of a MariaDB store, row by row as they come.
#include "store/mariadb/maria_event_reader.h"

#include "store/mariadb/maria_writer_watch.h"

#include <QHashFunctions>

namespace rewindow {

MariaEventReader::MariaEventReader(MariaConnection& connection, const Profile& profile,
                                   std::shared_ptr<const MariaDialect> dialect)
    : ServerEventReader(profile, dialect)
    , m_connection(connection)
    , m_checkpoints(profile.writable ? dialect->table(QStringLiteral("view_checkpoints"))
                                     : QString()) {
    setWatch(std::make_unique<MariaWriterWatch>(connection));
}

Result<void> MariaEventReader::forEachRow(const BoundSql& sql, const CancelToken& cancel,
                                          const RowVisitor& visit) {
    return m_connection.forEachRow(sql, cancel, visit);
}

Result<void> MariaEventReader::forEachOfFew(const BoundSql& sql, const CancelToken& cancel,
                                            const RowVisitor& visit) {
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
    const auto answer = m_connection.execute(sql, cancel);
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<std::string_view> cells;
    for (int row = 0; row < answer->rows(); ++row) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
        answer->copyRow(row, cells);
        if (!visit(MariaRow(cells)))
            break;
    }
    return {};
}

Result<qint64> MariaEventReader::dataVersion() {
    // No number of the server's changes with each commit; the ends of the log and of the views do.
    const auto end = head();
    if (!end)
        return std::unexpected(end.error());
    if (m_checkpoints.isEmpty()) {
        if (!isBeforeGap())
            return end->value();
        // What comes beyond the gap changes what is provisional.
        const auto last = lastPosition();
        if (!last)
            return std::unexpected(last.error());
        return static_cast<qint64>(qHashMulti(0, end->value(), last->value()));
    }
    const auto views =
        m_connection.execute(QStringLiteral("SELECT name,position,paused FROM ") + m_checkpoints);
    if (!views)
        return std::unexpected(views.error());
    size_t version = qHash(end->value());
    for (int row = 0; row < views->rows(); ++row)
        version += qHashMulti(
            0, QByteArrayView(views->text(row, 0).data(), qsizetype(views->text(row, 0).size())),
            views->integer(row, 1), views->integer(row, 2));
    return static_cast<qint64>(version);
}

} // namespace rewindow
