// JSON Lines files as read-only stores, by way of a store of our own.
#include "store/json_lines_store.h"

#include "store/json_lines_staging.h"
#include "store/sqlite/sqlite_store.h"

namespace rewindow {

Result<std::unique_ptr<Store>> openJsonLinesStore(const StoreUrl& url) {
    const auto locate = [path = url.path()] { return JsonLinesStaging::instance().staged(path); };
    const auto staged = locate();
    if (!staged)
        return std::unexpected(staged.error());
    auto store = SqliteStore::open(StoreUrl::sqliteFile(*staged), Store::Access::Read);
    if (!store)
        return std::unexpected(store.error());
    const auto presented = (*store)->presentAs(
        url, QStringLiteral("jsonl"), QStringLiteral("JSON Lines"),
        QStringLiteral("%1 is a JSON Lines file, which is read and never written.").arg(url.path()),
        locate);
    if (!presented)
        return std::unexpected(presented.error());
    return store;
}

} // namespace rewindow
