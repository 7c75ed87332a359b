// A store on a PostgreSQL server: ours, or any that a profile describes.
#pragma once

#include "store/postgres/pg_connection.h"
#include "store/sql/server_store.h"

#include <memory>

namespace rewindow {

class PostgresStore final : public ServerStore<PgConnection> {
  public:
    static Result<std::unique_ptr<PostgresStore>> open(const StoreUrl& url, Access access,
                                                       const CancelToken& cancel = {});
    /// Makes the tables of an empty store of ours in the schema the address names, or else in that
    /// where new tables go.
    static Result<void> make(const StoreUrl& url, const QString& domain, const QString& storeId);
    static Result<void> discard(const StoreUrl& url, const QString& storeId);

  private:
    PostgresStore(std::unique_ptr<PgConnection> reading, std::unique_ptr<EventReader> reader,
                  QString schema);
    Result<OwnSchemaMeta> readMeta() override;
    Result<QString> unwritableReason() override;
    std::unique_ptr<EventWriter> makeWriter() override;
    std::unique_ptr<ViewTables> makeViews(PgConnection& connection, bool writable) override;

    QString m_schema;
};

} // namespace rewindow
