// Reading view tables and their histories in PostgreSQL.
#pragma once

#include "store/sql/server_view_queries.h"

namespace rewindow {

class PgConnection;

/// Belongs to the connection's thread and must not outlive it.
class PgViewQueries final : public ServerViewQueries<PgConnection> {
  public:
    PgViewQueries(PgConnection& connection, const QString& schema);

    QString schema() const;                             ///< quoted
    QString named(const QString& table) const override; ///< with its schema
    QString checkpointsTable() const override;

  private:
    BoundSql tableCalled(const QString& table) const override;
    BoundSql columnsOf(const QString& table) const override;
    std::string_view integerType() const override { return "int8"; }
    QString latest(const QString& history, const QString& further) const override;
    QString cellAsOf(int column) const override;

    QString m_schema;
};

} // namespace rewindow
