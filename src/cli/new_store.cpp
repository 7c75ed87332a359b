#include "cli/new_store.h"

#include "cli/output.h"
#include "cli/password_prompt.h"

namespace rewindow::cli {

Result<NewStore> NewStore::create(const StoreUrl& url, const QString& domain,
                                  const QString& storeId) {
    auto store = withPassword<std::unique_ptr<Store>>(
        url, [&] { return Store::create(url, domain, storeId); });
    if (!store)
        return std::unexpected(store.error());
    return NewStore(std::move(*store));
}

NewStore NewStore::unfinished(std::unique_ptr<Store> store) {
    NewStore begun(std::move(store));
    begun.keep();
    return begun;
}

NewStore::~NewStore() {
    if (!m_store || m_kept)
        return;
    const StoreInfo made = m_store->info();
    m_store.reset();
    if (const auto gone = Store::discard(made.url, made.storeId); !gone)
        remark(QStringLiteral("What was made so far is still in %1: %2")
                   .arg(made.url.displayName(), gone.error().sentence()));
}

} // namespace rewindow::cli
