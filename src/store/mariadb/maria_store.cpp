// Opening a store on a MariaDB server: recognised by its tables, described for its reader.
#include "store/mariadb/maria_store.h"

#include "store/mariadb/maria_catalogue.h"
#include "store/mariadb/maria_event_reader.h"
#include "store/mariadb/maria_event_writer.h"
#include "store/mariadb/maria_own_schema.h"
#include "store/mariadb/maria_view_tables.h"

#include <QLoggingCategory>

namespace rewindow {

namespace {

Q_LOGGING_CATEGORY(serverLog, "rewindow.mariadb")

const ServerKind kKind{QStringLiteral("mariadb"), QStringLiteral("MariaDB")};

} // namespace

Result<std::unique_ptr<MariaStore>> MariaStore::open(const StoreUrl& url, Access access,
                                                     const CancelToken& cancel) {
    auto connection = MariaConnection::open(url, MariaConnection::Purpose::Read, cancel);
    if (!connection)
        return std::unexpected(connection.error());
    auto schema = readSchema(**connection);
    if (!schema)
        return std::unexpected(schema.error());
    std::vector<Error> problems;
    const std::vector<Profile> profiles = Profile::all(&problems);
    const Profile* profile = recognise(profiles, kKind.inProfiles, schema->catalogue());
    if (profile == nullptr)
        return std::unexpected(noKnownTables((*connection)->name(), kKind, profiles, problems));
    auto reader = std::make_unique<MariaEventReader>(
        **connection, *profile, std::make_shared<const MariaDialect>(std::move(*schema)));
    std::unique_ptr<MariaStore> store(new MariaStore(std::move(*connection), std::move(reader)));
    if (const auto described = store->describe(url, kKind, *profile, access); !described)
        return std::unexpected(described.error());
    return store;
}

Result<void> MariaStore::make(const StoreUrl& url, const QString& domain, const QString& storeId) {
    const auto connection = MariaConnection::open(url, MariaConnection::Purpose::Write);
    if (!connection)
        return std::unexpected(connection.error());
    return createMariaOwnSchema(**connection, domain, storeId);
}

Result<void> MariaStore::discard(const StoreUrl& url, const QString& storeId) {
    const auto connection = MariaConnection::open(url, MariaConnection::Purpose::Write);
    if (!connection)
        return std::unexpected(connection.error());
    return dropMariaOwnSchema(**connection, storeId);
}

Result<QString> MariaStore::unwritableReason() {
    const auto may = reading().execute(QStringLiteral("SELECT @@global.read_only"));
    if (!may)
        return std::unexpected(may.error());
    if (may->boolean(0, 0))
        return QStringLiteral(
                   "%1 is on a server that can only be read, such as a replica; name its "
                   "primary to write to the store.")
            .arg(info().url.displayName());
    return QString();
}

Result<void> MariaStore::writingBegins() {
    const auto flushes =
        writing().execute(QStringLiteral("SELECT @@global.innodb_flush_log_at_trx_commit"));
    if (!flushes)
        return std::unexpected(flushes.error());
    if (flushes->integer(0, 0) != 1)
        qCWarning(serverLog,
                  "%s acknowledges events that are not on its disk yet: its "
                  "innodb_flush_log_at_trx_commit is %lld, not 1. A crash of it may lose the last "
                  "second.",
                  qPrintable(info().url.displayName()), flushes->integer(0, 0));
    return {};
}

Result<OwnSchemaMeta> MariaStore::readMeta() {
    return readMariaOwnSchemaMeta(reading());
}

std::unique_ptr<EventWriter> MariaStore::makeWriter() {
    return makeMariaEventWriter(writing());
}

std::unique_ptr<ViewTables> MariaStore::makeViews(MariaConnection& connection, bool writable) {
    return makeMariaViewTables(connection, writable);
}

} // namespace rewindow
