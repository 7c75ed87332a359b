// Opening whatever lies at an address, and making what does not lie there yet.
#include "store/store.h"

#include "store/file_sniffer.h"
#include "store/json_lines_store.h"
#include "store/mariadb/maria_store.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/new_store_file.h"
#include "store/sqlite/sqlite_store.h"

#include <QFile>
#include <QUuid>

namespace rewindow {

Result<std::unique_ptr<Store>> Store::open(const StoreUrl& url, Access access,
                                           const CancelToken& cancel) {
    if (url.scheme() == StoreUrl::Scheme::Postgres)
        return PostgresStore::open(url, access, cancel);
    if (url.scheme() == StoreUrl::Scheme::MySql)
        return MariaStore::open(url, access, cancel);
    const auto sniffed = sniffFile(url.path());
    if (!sniffed)
        return std::unexpected(sniffed.error());
    if (sniffed->kind == SniffedFile::Kind::JsonLines)
        return openJsonLinesStore(url);
    return SqliteStore::open(url, access, *sniffed);
}

Result<std::unique_ptr<Store>> Store::create(const StoreUrl& url, const QString& domain,
                                             const QString& storeId) {
    if (url.scheme() == StoreUrl::Scheme::JsonLines)
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 cannot be made: a new store is a SQLite file, or lies in a "
                                   "PostgreSQL or MariaDB database")
                        .arg(url.toString()),
                    QStringLiteral("give it a name that ends in .db"));
    const QString id =
        storeId.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : storeId;
    const auto made =
        url.scheme() == StoreUrl::Scheme::Postgres ? PostgresStore::make(url, domain, id)
        : url.scheme() == StoreUrl::Scheme::MySql  ? MariaStore::make(url, domain, id)
                                                   : makeNewStoreFile(url.path(), domain, id);
    if (!made)
        return std::unexpected(made.error());
    return open(url, Access::ReadWrite);
}

Result<void> Store::discard(const StoreUrl& url, const QString& storeId) {
    if (url.scheme() == StoreUrl::Scheme::Postgres)
        return PostgresStore::discard(url, storeId);
    if (url.scheme() == StoreUrl::Scheme::MySql)
        return MariaStore::discard(url, storeId);
    for (const char* suffix : {"", "-wal", "-shm", "-checkpoint"})
        QFile::remove(url.path() + QLatin1String(suffix));
    return {};
}

} // namespace rewindow
