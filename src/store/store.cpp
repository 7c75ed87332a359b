// Opening whatever lies at an address, and making what does not lie there yet.
#include "store/store.h"

#include "store/file_sniffer.h"
#include "store/json_lines_store.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/new_store_file.h"
#include "store/sqlite/sqlite_store.h"

#include <QUuid>

namespace rewindow {

Result<std::unique_ptr<Store>> Store::open(const StoreUrl& url, Access access) {
    if (url.scheme() == StoreUrl::Scheme::Postgres)
        return PostgresStore::open(url, access);
    if (!url.isFile())
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 cannot be opened: this version reads no MySQL or MariaDB "
                                   "server")
                        .arg(url.toString()),
                    QStringLiteral("open a file, or a PostgreSQL server"));
    const auto sniffed = sniffFile(url.path());
    if (!sniffed)
        return std::unexpected(sniffed.error());
    if (sniffed->kind == SniffedFile::Kind::JsonLines)
        return openJsonLinesStore(url);
    return SqliteStore::open(url, access);
}

Result<std::unique_ptr<Store>> Store::create(const StoreUrl& url, const QString& domain,
                                             const QString& storeId) {
    const bool isPostgres = url.scheme() == StoreUrl::Scheme::Postgres;
    if (url.scheme() != StoreUrl::Scheme::Sqlite && !isPostgres)
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 cannot be made: a new store is a SQLite file, or lies in a "
                                   "PostgreSQL database")
                        .arg(url.toString()),
                    QStringLiteral("give it a name that ends in .db"));
    const QString id =
        storeId.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : storeId;
    const auto made = isPostgres ? PostgresStore::make(url, domain, id)
                                 : makeNewStoreFile(url.path(), domain, id);
    if (!made)
        return std::unexpected(made.error());
    return open(url, Access::ReadWrite);
}

} // namespace rewindow
