// A store made for a subcommand, which must not outlive a failure of it.
#pragma once

#include "base/error.h"
#include "store/store.h"

#include <memory>

namespace rewindow::cli {

/// Removes the store's files again unless keep() was called. On a server nothing is removed.
class NewStore {
  public:
    static Result<NewStore> create(const StoreUrl& url, const QString& domain,
                                   const QString& storeId = {});
    NewStore(NewStore&&) = default;
    NewStore& operator=(NewStore&&) = delete;
    ~NewStore();

    Store& operator*() const { return *m_store; }
    Store* operator->() const { return m_store.get(); }
    void keep() { m_kept = true; }

  private:
    NewStore(std::unique_ptr<Store> store, QString path)
        : m_store(std::move(store))
        , m_path(std::move(path)) {}
    std::unique_ptr<Store> m_store; ///< null once moved from
    QString m_path;
    bool m_kept = false;
};

} // namespace rewindow::cli
