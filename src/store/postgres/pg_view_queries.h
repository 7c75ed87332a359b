// Reading view tables and their histories in PostgreSQL.
#pragma once

#include "base/error.h"
#include "store/sql/bound_sql.h"
#include "store/view_tables.h"

#include <QString>

#include <optional>
#include <vector>

namespace rewindow {

class PgConnection;
class PgResult;

/// Belongs to the connection's thread and must not outlive it.
class PgViewQueries {
  public:
    PgViewQueries(PgConnection& connection, const QString& schema);

    PgConnection& connection() { return m_connection; }
    QString schema() const; ///< quoted
    /// A table's name with its schema, quoted.
    QString named(const QString& table) const;

    /// Of the views that have a checkpoint here, by name.
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

    PgConnection& m_connection;
    QString m_schema;
};

} // namespace rewindow
