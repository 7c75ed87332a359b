// A store on a MariaDB server: ours, or any that a profile describes.
#pragma once

#include "store/mariadb/maria_connection.h"
#include "store/mariadb/maria_event_reader.h"
#include "store/store.h"
#include "store/workspace.h"

#include <memory>

namespace rewindow {

class MariaStore final : public Store {
  public:
    static Result<std::unique_ptr<MariaStore>> open(const StoreUrl& url, Access access,
                                                    const CancelToken& cancel = {});
    /// Makes the tables of an empty store of ours.
    static Result<void> make(const StoreUrl& url, const QString& domain, const QString& storeId);
    static Result<void> discard(const StoreUrl& url, const QString& storeId);
    ~MariaStore() override;

    const StoreInfo& info() const override { return m_info; }
    EventReader& reader() override { return *m_reader; }
    Result<EventWriter*> writer() override;
    ViewTables& views() override;
    Result<Workspace*> workspace() override;
    Result<void> checkpoint() override { return {}; } ///< the server's own affair

  private:
    MariaStore(std::unique_ptr<MariaConnection> reading, const Profile& profile,
               MariaSchema schema);
    Result<void> describeOwn(Access access);
    Result<void> describeForeign(const Profile& profile);
    /// Why a store of ours cannot be written here; empty where it can.
    Result<QString> unwritableReason();
    /// Tells where the server acknowledges before what it has is on disk.
    Result<void> warnOfLoss();

    StoreInfo m_info;
    std::unique_ptr<MariaConnection> m_reading;
    std::unique_ptr<MariaConnection> m_writing; ///< of a store that may be written
    std::unique_ptr<MariaEventReader> m_reader;
    std::unique_ptr<EventWriter> m_writer;
    std::unique_ptr<ViewTables> m_views; ///< where they lie in the store itself, or are unavailable
    std::unique_ptr<Workspace> m_workspace;
};

} // namespace rewindow
