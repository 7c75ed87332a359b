// A store on a MariaDB server: ours, or any that a profile describes.
#pragma once

#include "store/mariadb/maria_connection.h"
#include "store/sql/server_store.h"

#include <memory>

namespace rewindow {

class MariaStore final : public ServerStore<MariaConnection> {
  public:
    static Result<std::unique_ptr<MariaStore>> open(const StoreUrl& url, Access access,
                                                    const CancelToken& cancel = {});
    /// Makes the tables of an empty store of ours.
    static Result<void> make(const StoreUrl& url, const QString& domain, const QString& storeId);
    static Result<void> discard(const StoreUrl& url, const QString& storeId);

  private:
    MariaStore(std::unique_ptr<MariaConnection> reading, std::unique_ptr<EventReader> reader)
        : ServerStore(std::move(reading), std::move(reader)) {}
    Result<OwnSchemaMeta> readMeta() override;
    Result<QString> unwritableReason() override;
    /// Tells where the server acknowledges before what it has is on disk.
    Result<void> writingBegins() override;
    std::unique_ptr<EventWriter> makeWriter() override;
    std::unique_ptr<ViewTables> makeViews(MariaConnection& connection, bool writable) override;
};

} // namespace rewindow
