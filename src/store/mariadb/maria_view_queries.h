// Reading view tables and their histories in MariaDB.
#pragma once

#include "base/error.h"
#include "store/sql/bound_sql.h"
#include "store/view_tables.h"

#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

class MariaConnection;

/// Belongs to the connection's thread and must not outlive it.
class MariaViewQueries {
  public:
    explicit MariaViewQueries(MariaConnection& connection) : m_connection(connection) {}

    MariaConnection& connection() { return m_connection; }
    /// Of the views that have a checkpoint here, by name. One that is being put in place has none
    /// yet; see MariaViewTransaction.
    Result<std::vector<ViewStatus>> checkpoints();
    /// The columns `table` has. Nothing: there is no such table.
    Result<std::optional<ViewSchema>> shape(const QString& view, const QString& table);
    Result<bool> hasTable(const QString& table);

    Result<std::vector<ViewRow>> rows(const ViewSchema& schema, const QString& table,
                                      const RowQuery& query);
    Result<qint64> rowCount(const QString& table, std::optional<GlobalPosition> at);
    Result<std::optional<GlobalPosition>> setBy(const QString& table, const QString& id, int column,
                                                std::optional<GlobalPosition> at);

  private:
    Result<std::vector<ViewRow>> liveRows(const ViewSchema& schema, const QString& table,
                                          const RowQuery& query);
    Result<std::vector<ViewRow>> rowsAsOf(const ViewSchema& schema, const QString& table,
                                          const RowQuery& query);

    MariaConnection& m_connection;
};

} // namespace rewindow
