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
    /// Of the views that have a checkpoint here, by name. One that is being put in place has none
    /// yet; see MariaViewTransaction.
    Result<std::vector<ViewStatus>> checkpoints();
    /// The columns `table` has. Nothing: there is no such table.
    Result<std::optional<ViewSchema>> shape(const QString& view, const QString& table);
    Result<bool> hasTable(const QString& table);

  private:
    QString latest(const QString& history, const QString& further) const override;
    QString cellAsOf(int column) const override;
};

} // namespace rewindow
