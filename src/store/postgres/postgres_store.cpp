// Opening a store on a PostgreSQL server: recognised by its tables, described for its reader.
#include "store/postgres/postgres_store.h"

#include "store/postgres/pg_catalogue.h"
#include "store/postgres/pg_event_writer.h"
#include "store/postgres/pg_own_schema.h"
#include "store/postgres/pg_view_tables.h"
#include "store/store_identity.h"
#include "store/unavailable_views.h"

#include <QStringList>

namespace rewindow {

namespace {

const QString kDatabase = QStringLiteral("postgresql");

/// The one that the address names, or else the one where new tables go.
QString schemaFor(const StoreUrl& url, const PgConnection& connection) {
    const QString named = url.server().option(QStringLiteral("schema"));
    return named.isEmpty() ? connection.searchedSchemas().value(0, QStringLiteral("public"))
                           : named;
}

std::unexpected<Error> unknownSchema(const PgConnection& connection, const QString& schema,
                                     const std::vector<Profile>& profiles,
                                     const std::vector<Error>& problems) {
    QStringList known;
    for (const Profile& profile : profiles)
        if (profile.databases.contains(kDatabase))
            known << profile.name;
    QString wayOut = QStringLiteral("describe it in a profile of your own in %1 (docs/profiles.md)")
                         .arg(Profile::userFolder());
    if (!schema.isEmpty())
        wayOut += QStringLiteral(", or leave ?schema=… out, to have every schema looked at");
    if (!problems.empty())
        wayOut += QStringLiteral("; of the profiles there, one is broken: ") +
                  problems.front().sentence();
    return fail(
        Error::Kind::NoStore,
        QStringLiteral("%1 is a PostgreSQL database, but none of its tables that you may read are "
                       "those of an event store that is known (%2)")
            .arg(connection.name(), known.join(QStringLiteral(", "))),
        wayOut);
}

} // namespace

PostgresStore::PostgresStore(std::unique_ptr<PgConnection> reading, const Profile& profile,
                             PgSchema schema)
    : m_schema(schema.name)
    , m_reading(std::move(reading))
    , m_reader(std::make_unique<PgEventReader>(
          *m_reading, profile, std::make_shared<const PgDialect>(std::move(schema)))) {}

PostgresStore::~PostgresStore() = default;

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
        const Profile* profile = recognise(profiles, kDatabase, schema.catalogue());
        if (profile == nullptr)
            continue;
        std::unique_ptr<PostgresStore> store(
            new PostgresStore(std::move(*connection), *profile, std::move(schema)));
        store->m_info.url = url;
        store->m_info.profile = profile->name;
        store->m_info.database = QStringLiteral("PostgreSQL");
        store->m_info.hasPositions = profile->position.isPresent();
        const auto described =
            profile->writable ? store->describeOwn(access) : store->describeForeign(*profile);
        if (!described)
            return std::unexpected(described.error());
        return store;
    }
    return unknownSchema(**connection, wanted, profiles, problems);
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
    const auto may = m_reading->execute(
        {QStringLiteral("SELECT pg_is_in_recovery(),has_table_privilege(?,'INSERT')"),
         {quotedIdentifier(m_schema) + QStringLiteral(".events")}});
    if (!may)
        return std::unexpected(may.error());
    if (may->boolean(0, 0))
        return QStringLiteral("%1 is a standby, which can only be read; name its primary to write "
                              "to the store.")
            .arg(m_info.url.displayName());
    if (!may->boolean(0, 1))
        return QStringLiteral("%1 can only be read: the server lets you add no events.")
            .arg(m_info.url.displayName());
    return QString();
}

Result<void> PostgresStore::describeOwn(Access access) {
    const auto meta = readPgOwnSchemaMeta(*m_reading, m_schema);
    if (!meta)
        return std::unexpected(meta.error());
    const SchemaAge age = schemaAge(*meta);
    if (age == SchemaAge::Older)
        return std::unexpected(migrationNeeded(*meta, m_info.url.displayName()));
    m_info.ownSchema = true;
    m_info.storeId = meta->storeId;
    m_info.domain = meta->domain;
    const auto reason =
        age == SchemaAge::Newer ? Result<QString>(newerSchemaReason(*meta)) : unwritableReason();
    if (!reason)
        return std::unexpected(reason.error());
    m_info.readOnlyReason = *reason;
    m_info.readOnly = !reason->isEmpty();
    if (access == Access::Read || m_info.readOnly)
        return {};
    auto writing = PgConnection::open(m_info.url, PgConnection::Purpose::Write);
    if (!writing)
        return std::unexpected(writing.error());
    m_writing = std::move(*writing);
    return {};
}

Result<void> PostgresStore::describeForeign(const Profile& profile) {
    m_info.readOnly = true;
    m_info.readOnlyReason =
        QStringLiteral("%1 is a store of another system (%2), and Rewindow never writes to a store "
                       "that is not its own.")
            .arg(m_info.url.displayName(), profile.title);
    auto storeId = storeIdentity(*m_reader, m_info.profile, m_info.url.toString());
    if (!storeId)
        return std::unexpected(storeId.error());
    m_info.storeId = *storeId;
    return {};
}

Result<EventWriter*> PostgresStore::writer() {
    if (!m_writing)
        return fail(
            Error::Kind::ReadOnly,
            m_info.readOnly
                ? m_info.readOnlyReason
                : QStringLiteral("%1 was opened for reading only").arg(m_info.url.displayName()),
            m_info.ownSchema ? QString()
                             : QStringLiteral("to send commands, make a store of your own with "
                                              "rewindow demo, or copy this one's events into one: "
                                              "rewindow export, then rewindow import"));
    if (!m_writer)
        m_writer = makePgEventWriter(*m_writing, m_schema);
    return m_writer.get();
}

ViewTables& PostgresStore::views() {
    if (m_views)
        return *m_views;
    if (m_info.ownSchema) {
        m_views =
            makePgViewTables(m_writing ? *m_writing : *m_reading, m_schema, m_writing != nullptr);
        return *m_views;
    }
    const auto remembered = workspace();
    if (remembered)
        return (*remembered)->views();
    m_views = makeUnavailableViews(remembered.error());
    return *m_views;
}

Result<Workspace*> PostgresStore::workspace() {
    if (!m_workspace) {
        auto opened = Workspace::open(m_info.storeId);
        if (!opened)
            return std::unexpected(opened.error());
        m_workspace = std::move(*opened);
    }
    return m_workspace.get();
}

} // namespace rewindow
