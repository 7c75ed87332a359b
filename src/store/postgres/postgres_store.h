// A store on a PostgreSQL server: ours, or any that a profile describes.
#pragma once

#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_event_reader.h"
#include "store/store.h"
#include "store/workspace.h"

#include <memory>

namespace rewindow {

class PostgresStore final : public Store {
  public:
    static Result<std::unique_ptr<PostgresStore>> open(const StoreUrl& url, Access access,
                                                       const CancelToken& cancel = {});
    /// Makes the tables of an empty store of ours in the schema the address names, or else in that
    /// where new tables go.
    static Result<void> make(const StoreUrl& url, const QString& domain, const QString& storeId);
    static Result<void> discard(const StoreUrl& url, const QString& storeId);
    ~PostgresStore() override;

    const StoreInfo& info() const override { return m_info; }
    EventReader& reader() override { return *m_reader; }
    Result<EventWriter*> writer() override;
    ViewTables& views() override;
    Result<Workspace*> workspace() override;
    Result<void> checkpoint() override { return {}; } ///< the server's own affair

  private:
    PostgresStore(std::unique_ptr<PgConnection> reading, const Profile& profile, PgSchema schema);
    Result<void> describeOwn(Access access);
    Result<void> describeForeign(const Profile& profile);
    /// Why a store of ours cannot be written here; empty where it can.
    Result<QString> unwritableReason();

    StoreInfo m_info;
    QString m_schema;
    std::unique_ptr<PgConnection> m_reading;
    std::unique_ptr<PgConnection> m_writing; ///< of a store that may be written
    std::unique_ptr<PgEventReader> m_reader;
    std::unique_ptr<EventWriter> m_writer;
    std::unique_ptr<ViewTables> m_views; ///< where they lie in the store itself, or are unavailable
    std::unique_ptr<Workspace> m_workspace;
};

} // namespace rewindow
