// An open event store: one connection, used by one thread.
#pragma once

#include "base/error.h"
#include "store/event_reader.h"
#include "store/event_writer.h"
#include "store/store_url.h"
#include "store/view_tables.h"

#include <QString>

#include <memory>

namespace rewindow {

class Profile;
class Workspace;

/// What a store is, as found when it was opened. Whether it is read-only does not depend on the
/// access it was opened for, only on whether it could be written at all.
struct StoreInfo {
    StoreUrl url;
    QString profile;  ///< the profile's name: "rewindow", "emmett-sqlite", "jsonl"
    QString database; ///< "SQLite", "JSON Lines", …
    bool readOnly = true;
    QString readOnlyReason; ///< a sentence; empty when it can be written
    QString storeId;        ///< tells this store from others, for the workspace
    QString domain;         ///< what its metadata names; may be empty
    bool hasPositions = true;
    bool ownSchema = false;
};

class Store {
  public:
    enum class Access {
        Read,     ///< never writes, whatever the store
        ReadWrite ///< writes to a store of our own schema; any other opens read-only
    };

    /// Sniffs the file before any database opens it. Fails with NotFound or Storage in a sentence
    /// that names the file, what it is and what to do. On a server: with Unreachable, Password, or
    /// Cancelled soon after it is asked to stop connecting.
    static Result<std::unique_ptr<Store>> open(const StoreUrl& url, Access access,
                                               const CancelToken& cancel = {});

    /// A new, empty store with our own schema; fails with Usage where something is there already.
    /// A failed or unfinished creation leaves no file. `storeId` empty: a random one.
    static Result<std::unique_ptr<Store>> create(const StoreUrl& url, const QString& domain,
                                                 const QString& storeId = {});

    /// Takes away a store that create() has just made, and that was not finished; for who made it,
    /// and nobody else: on a server it stays where it does not say that it is `storeId`.
    static Result<void> discard(const StoreUrl& url, const QString& storeId);

    virtual ~Store() = default;
    virtual const StoreInfo& info() const = 0;
    virtual EventReader& reader() = 0;
    /// Fails with ReadOnly, with the reason as a sentence.
    virtual Result<EventWriter*> writer() = 0;
    virtual ViewTables& views() = 0;
    /// What is remembered of this store on this machine; opened when first asked for.
    virtual Result<Workspace*> workspace() = 0;
    /// Moves what lies in the write-ahead log into the database file where that is due; writers
    /// call it now and then, outside any transaction. Never needed for durability.
    virtual Result<void> checkpoint() = 0;
};

} // namespace rewindow
