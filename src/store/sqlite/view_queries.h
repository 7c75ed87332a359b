// Reading view tables and their histories.
#pragma once

#include "base/error.h"
#include "store/view_tables.h"

#include <QHash>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rewindow {

class SqliteConnection;

/// The queries on view tables, each prepared once. Belongs to the connection's thread and must not
/// outlive it.
class ViewQueries {
  public:
    explicit ViewQueries(SqliteConnection& connection) : m_connection(connection) {}

    /// Names of the views that have a checkpoint here; none where there are no views at all.
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
    /// Binds `values`, runs the query and calls `take` for each row, until it returns false or
    /// fails.
    Result<void> run(const QString& sql, const QVariantList& values,
                     const std::function<Result<bool>(const QSqlQuery&)>& take);
    Result<std::vector<ViewRow>> liveRows(const ViewSchema& schema, const QString& table,
                                          const RowQuery& query);
    Result<std::vector<ViewRow>> rowsAsOf(const ViewSchema& schema, const QString& table,
                                          const RowQuery& query);

    SqliteConnection& m_connection;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_prepared;
    bool m_hasCheckpoints = false; ///< once there, their table stays
};

} // namespace rewindow
