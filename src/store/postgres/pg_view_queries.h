// Reading view tables and their histories in PostgreSQL.
#pragma once

#include "store/sql/server_view_queries.h"

namespace rewindow {

class PgConnection;
class PgResult;

/// Belongs to the connection's thread and must not outlive it.
class PgViewQueries final : public ServerViewQueries<PgConnection> {
  public:
    PgViewQueries(PgConnection& connection, const QString& schema);

    QString schema() const;                             ///< quoted
    QString named(const QString& table) const override; ///< with its schema

    /// Of the views that have a checkpoint here, by name.
    Result<std::vector<ViewStatus>> checkpoints();
    /// The columns `table` has. Nothing: there is no such table.
    Result<std::optional<ViewSchema>> shape(const QString& view, const QString& table);
    Result<bool> hasTable(const QString& table);

  private:
    QString latest(const QString& history, const QString& further) const override;
    QString cellAsOf(int column) const override;

    QString m_schema;
};

} // namespace rewindow
