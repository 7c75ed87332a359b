// What a MariaDB server knows of writers that are under way.
#pragma once

#include "store/mariadb/maria_connection.h"
#include "store/sql/event_sql.h"
#include "store/tail/settled_log.h"

#include <QHash>

namespace rewindow {

/// A position is drawn within a statement, before the server knows a transaction for it; so both
/// the statements that run and the transactions that are open count. Without the privilege PROCESS
/// neither can be seen; then a gap is assumed dead after a while.
class MariaLogProbe final : public LogProbe {
  public:
    /// Both must outlive it.
    MariaLogProbe(MariaConnection& connection, const EventSql& sql)
        : m_connection(connection)
        , m_sql(sql) {}

    Result<std::vector<GlobalPosition>> positionsAfter(GlobalPosition after, qint64 limit) override;
    Result<GlobalPosition> lastPosition() override;
    Result<QSet<QString>> underWay() override;

  private:
    struct Running {
        qint64 session = 0;
        QString transaction; ///< the one it has left behind, when it was seen to have ended
    };
    Result<bool> maySeeOthers();
    /// The statements of others that run, by a name that no other has; each with its session.
    Result<QHash<QString, qint64>> statements();
    /// The transactions of others that are open, by session.
    Result<QHash<qint64, QString>> transactions();

    MariaConnection& m_connection;
    const EventSql& m_sql;
    std::optional<bool> m_seesOthers;
    QHash<QString, Running> m_running; ///< statements that ran when they were looked at last
    qint64 m_looks = 0;
};

} // namespace rewindow
