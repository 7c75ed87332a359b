// What a PostgreSQL server knows of writers that are under way.
#pragma once

#include "store/postgres/pg_connection.h"
#include "store/profile.h"
#include "store/sql/event_sql.h"
#include "store/tail/settled_log.h"

#include <functional>

namespace rewindow {

/// Who draws a position from a sequence holds a lock on it to the end of his transaction, as he
/// does on the table once he has inserted. On a standby no such lock is known; there a gap is
/// assumed dead after a while, when no transaction that was known to be in progress is left.
class PgLogProbe final : public LogProbe {
  public:
    /// Everything must outlive it.
    PgLogProbe(PgConnection& connection, const EventSql& sql, const Profile& profile,
               const QString& schema);

    Result<std::vector<GlobalPosition>> positionsAfter(GlobalPosition after, qint64 limit) override;
    Result<GlobalPosition> lastPosition() override;
    Result<QSet<QString>> underWay() override;

  private:
    /// Looks up what is locked by whoever draws a position.
    Result<void> findLocked();
    Result<QSet<QString>> holders();
    Result<QSet<QString>> inProgressOnStandby();

    PgConnection& m_connection;
    const EventSql& m_sql;
    const QString m_table;
    const QString m_position;
    const QString m_schema;
    std::optional<QString> m_locked; ///< the relations, as an array of the server
    bool m_hasSequence = false;
};

} // namespace rewindow
