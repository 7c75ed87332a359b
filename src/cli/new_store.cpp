#include "cli/new_store.h"

#include <QFile>

namespace rewindow::cli {

Result<NewStore> NewStore::create(const StoreUrl& url, const QString& domain,
                                  const QString& storeId) {
    auto store = Store::create(url, domain, storeId);
    if (!store)
        return std::unexpected(store.error());
    return NewStore(std::move(*store), url.path());
}

NewStore::~NewStore() {
    if (!m_store || m_kept || m_path.isEmpty())
        return;
    m_store.reset();
    for (const char* suffix : {"", "-wal", "-shm", "-checkpoint"})
        QFile::remove(m_path + QLatin1String(suffix));
}

} // namespace rewindow::cli
