// A store in a SQLite file: ours, or any that a profile describes.
#pragma once

#include "store/profile.h"
#include "store/sqlite/read_source.h"
#include "store/sqlite/sqlite_event_reader.h"
#include "store/store.h"
#include "store/workspace.h"

#include <memory>

namespace rewindow {

class SqliteStore final : public Store {
  public:
    /// `sniffed`: what was seen of the file a moment ago, if anything was.
    static Result<std::unique_ptr<SqliteStore>>
    open(const StoreUrl& url, Access access, const std::optional<SniffedFile>& sniffed = {});
    ~SqliteStore() override;

    const StoreInfo& info() const override { return m_info; }
    EventReader& reader() override { return *m_reader; }
    Result<EventWriter*> writer() override;
    ViewTables& views() override;
    Result<Workspace*> workspace() override;
    Result<void> checkpoint() override;

    /// For a store that stands in for a file of another format: makes it out to be `url`, which no
    /// one writes, and of that name. `locate` finds this store's file again when that one changes.
    Result<void> presentAs(const StoreUrl& url, const QString& profile, const QString& database,
                           const QString& readOnlyReason, ReadSource::Locate locate);

  private:
    SqliteStore(ReadSource source, const Profile& profile);
    Result<void> describeOwn(Access access);
    Result<void> describeForeign(const Profile& profile);

    StoreInfo m_info;
    ReadSource m_source;
    bool m_writable = false;
    std::unique_ptr<SqliteEventReader> m_reader;
    std::unique_ptr<EventWriter> m_writer;
    std::unique_ptr<ViewTables> m_views; ///< where they lie in the store itself, or are unavailable
    std::unique_ptr<Workspace> m_workspace;
};

} // namespace rewindow
