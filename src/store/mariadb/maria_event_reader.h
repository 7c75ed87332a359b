// Reading the events of a MariaDB store.
#pragma once

#include "store/mariadb/maria_connection.h"
#include "store/mariadb/maria_dialect.h"
#include "store/sql/server_event_reader.h"

namespace rewindow {

/// `connection` must outlive the reader. Calls may be made from within a visitor. Nothing is asked
/// that a replica refuses.
class MariaEventReader final : public ServerEventReader<MariaRow> {
  public:
    MariaEventReader(MariaConnection& connection, const Profile& profile,
                     std::shared_ptr<const MariaDialect> dialect);

    Result<qint64> dataVersion() override;

  private:
    Result<void> forEachRow(const BoundSql& sql, const CancelToken& cancel,
                            const RowVisitor& visit) override;
    Result<void> forEachOfFew(const BoundSql& sql, const CancelToken& cancel,
                              const RowVisitor& visit) override;
    bool isStepping() const override { return m_connection.isVisiting(); }

    MariaConnection& m_connection;
    const QString m_checkpoints; ///< of our own schema; else empty
};

} // namespace rewindow
