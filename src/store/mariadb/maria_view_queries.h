// Reading view tables and their histories in MariaDB.
#pragma once

#include "store/sql/server_view_queries.h"

namespace rewindow {

class MariaConnection;

/// Belongs to the connection's thread and must not outlive it.
class MariaViewQueries final : public ServerViewQueries<MariaConnection> {
  public:
    explicit MariaViewQueries(MariaConnection& connection) : ServerViewQueries(connection) {}

    QString named(const QString& table) const override;
    QString checkpointsTable() const override;

  private:
    /// A view that is being put in place has none that counts; see MariaViewTransaction.
    QString validCheckpoints() const override;
    BoundSql tableCalled(const QString& table) const override;
    BoundSql columnsOf(const QString& table) const override;
    std::string_view integerType() const override { return "bigint"; }
    QString latest(const QString& history, const QString& further) const override;
    QString cellAsOf(int column) const override;
};

} // namespace rewindow
