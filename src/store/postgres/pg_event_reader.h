// Reading the events of a PostgreSQL store.
#pragma once

#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_dialect.h"
#include "store/sql/server_event_reader.h"

namespace rewindow {

/// `connection` must outlive the reader. Calls may be made from within a visitor. Nothing is asked
/// that a hot standby refuses.
class PgEventReader final : public ServerEventReader<PgRow> {
  public:
    PgEventReader(PgConnection& connection, const Profile& profile,
                  std::shared_ptr<const PgDialect> dialect);

    Result<qint64> dataVersion() override;
    bool awaitAppend(int milliseconds, const CancelToken& cancel) override;

  private:
    Result<void> forEachRow(const BoundSql& sql, const CancelToken& cancel,
                            const RowVisitor& visit) override;
    Result<void> forEachOfFew(const BoundSql& sql, const CancelToken& cancel,
                              const RowVisitor& visit) override;
    /// A transaction that goes on reads from a snapshot of its own, in which nothing new appears.
    bool isStepping() const override { return m_connection.isInTransaction(); }
    bool canHoldId(const QString& id) const override;
    Result<void> forEachFetched(const BoundSql& sql, const CancelToken& cancel,
                                const RowVisitor& visit);

    PgConnection& m_connection;
    const std::shared_ptr<const PgDialect> m_dialect;
    qint64 m_cursors = 0; ///< opened so far, for a name of its own for each
};

} // namespace rewindow
