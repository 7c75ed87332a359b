// Opening a store on a PostgreSQL server: recognised by its tables, described for its reader.
#include "store/postgres/postgres_store.h"

#include "store/postgres/pg_catalogue.h"
#include "store/postgres/pg_event_reader.h"
#include "store/postgres/pg_event_writer.h"
#include "store/postgres/pg_own_schema.h"
#include "store/postgres/pg_view_tables.h"

namespace rewindow {

namespace {

const ServerKind kKind{QStringLiteral("postgresql"), QStringLiteral("PostgreSQL")};

/// The one that the address names, or else the one where new tables go.
QString schemaFor(const StoreUrl& url, const PgConnection& connection) {
    const QString named = url.server().option(QStringLiteral("schema"));
    return named.isEmpty() ? connection.searchedSchemas().value(0, QStringLiteral("public"))
                           : named;
}

} // namespace

PostgresStore::PostgresStore(std::unique_ptr<PgConnection> reading,
                             std::unique_ptr<EventReader> reader, QString schema)
    : ServerStore(std::move(reading), std::move(reader))
    , m_schema(std::move(schema)) {}

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(const StoreUrl& url, Access access,
                                                           const CancelToken& cancel) {
    auto connection = PgConnection::open(url, PgConnection::Purpose::Read, cancel);
    if (!connection)
        return std::unexpected(connection.error());
    const QString wanted = url.server().option(QStringLiteral("schema"));
    auto schemas = readSchemas(**connection, wanted);
    if (!schemas)
        return std::unexpected(schemas.error());
    std::vector<Error> problems;
    const std::vector<Profile> profiles = Profile::all(&problems);
    for (PgSchema& schema : *schemas) {
        const Profile* profile = recognise(profiles, kKind.inProfiles, schema.catalogue());
        if (profile == nullptr)
            continue;
        const QString name = schema.name;
        auto reader = std::make_unique<PgEventReader>(
            **connection, *profile, std::make_shared<const PgDialect>(std::move(schema)));
        std::unique_ptr<PostgresStore> store(
            new PostgresStore(std::move(*connection), std::move(reader), name));
        if (const auto described = store->describe(url, kKind, *profile, access); !described)
            return std::unexpected(described.error());
        return store;
    }
    const QString everySchema =
        wanted.isEmpty()
            ? QString()
            : QStringLiteral(", or leave ?schema=… out, to have every schema looked at");
    return std::unexpected(
        noKnownTables((*connection)->name(), kKind, profiles, problems, everySchema));
}

Result<void> PostgresStore::make(const StoreUrl& url, const QString& domain,
                                 const QString& storeId) {
    const auto connection = PgConnection::open(url, PgConnection::Purpose::Write);
    if (!connection)
        return std::unexpected(connection.error());
    return createPgOwnSchema(**connection, schemaFor(url, **connection), domain, storeId);
}

Result<void> PostgresStore::discard(const StoreUrl& url, const QString& storeId) {
    const auto connection = PgConnection::open(url, PgConnection::Purpose::Write);
    if (!connection)
        return std::unexpected(connection.error());
    return dropPgOwnSchema(**connection, schemaFor(url, **connection), storeId);
}

Result<QString> PostgresStore::unwritableReason() {
    const auto may = reading().execute(
        {QStringLiteral("SELECT pg_is_in_recovery(),has_table_privilege(?,'INSERT')"),
         {quotedIdentifier(m_schema) + QStringLiteral(".events")}});
    if (!may)
        return std::unexpected(may.error());
    if (may->boolean(0, 0))
        return QStringLiteral("%1 is a standby, which can only be read; name its primary to write "
                              "to the store.")
            .arg(info().url.displayName());
    if (!may->boolean(0, 1))
        return QStringLiteral("%1 can only be read: the server lets you add no events.")
            .arg(info().url.displayName());
    return QString();
}

Result<OwnSchemaMeta> PostgresStore::readMeta() {
    return readPgOwnSchemaMeta(reading(), m_schema);
}

std::unique_ptr<EventWriter> PostgresStore::makeWriter() {
    return makePgEventWriter(writing(), m_schema);
}

std::unique_ptr<ViewTables> PostgresStore::makeViews(PgConnection& connection, bool writable) {
    return makePgViewTables(connection, m_schema, writable);
}

} // namespace rewindow
