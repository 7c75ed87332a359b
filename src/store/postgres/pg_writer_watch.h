// What a PostgreSQL server knows of writers that are under way.
#pragma once

#include "store/postgres/pg_connection.h"
#include "store/profile.h"
#include "store/tail/settled_log.h"

#include <optional>

namespace rewindow {

/// Who draws a position from a sequence holds a lock on it to the end of his transaction, as he
/// does on the table once he has inserted. On a standby no such lock is known; there a gap is
/// assumed dead after a while, when no transaction that was known to be in progress is left.
class PgWriterWatch final : public WriterWatch {
  public:
    /// The connection must outlive it.
    PgWriterWatch(PgConnection& connection, const Profile& profile, const QString& schema);

    Result<UnderWay> underWay() override;

  private:
    /// Looks up what is locked by whoever draws a position.
    Result<void> findLocked();
    Result<UnderWay> holders();
    Result<UnderWay> inProgressOnStandby();

    PgConnection& m_connection;
    const QString m_table;
    const QString m_position;
    const QString m_schema;
    std::optional<QString> m_locked; ///< the relations, as an array of the server
    bool m_hasSequence = false;
};

} // namespace rewindow
