// A store made for a subcommand, which must not outlive a failure of it.
#pragma once

#include "base/error.h"
#include "store/store.h"

#include <memory>

namespace rewindow::cli {

/// Takes the store away again, its files or its tables, unless keep() was called.
class NewStore {
  public:
    static Result<NewStore> create(const StoreUrl& url, const QString& domain,
                                   const QString& storeId = {});
    /// One that was left unfinished, and is to be gone on with: nothing of it is ever taken away.
    static NewStore unfinished(std::unique_ptr<Store> store);
    NewStore(NewStore&&) = default;
    NewStore& operator=(NewStore&&) = delete;
    ~NewStore();

    Store& operator*() const { return *m_store; }
    Store* operator->() const { return m_store.get(); }
    void keep() { m_kept = true; }

  private:
    explicit NewStore(std::unique_ptr<Store> store) : m_store(std::move(store)) {}
    std::unique_ptr<Store> m_store; ///< null once moved from
    bool m_kept = false;
};

} // namespace rewindow::cli
