// Opening a store on a MariaDB server: recognised by its tables, described for its reader.
#include "store/mariadb/maria_store.h"

#include "store/mariadb/maria_catalogue.h"
#include "store/mariadb/maria_event_writer.h"
#include "store/mariadb/maria_own_schema.h"
#include "store/mariadb/maria_view_tables.h"
#include "store/store_identity.h"
#include "store/unavailable_views.h"

#include <QLoggingCategory>
#include <QStringList>

namespace rewindow {

namespace {

Q_LOGGING_CATEGORY(serverLog, "rewindow.mariadb")

const QString kDatabase = QStringLiteral("mariadb");

std::unexpected<Error> unknownSchema(const MariaConnection& connection,
                                     const std::vector<Profile>& profiles,
                                     const std::vector<Error>& problems) {
    QStringList known;
    for (const Profile& profile : profiles)
        if (profile.databases.contains(kDatabase))
            known << profile.name;
    QString wayOut = QStringLiteral("describe it in a profile of your own in %1 (docs/profiles.md)")
                         .arg(Profile::userFolder());
    if (!problems.empty())
        wayOut += QStringLiteral("; of the profiles there, one is broken: ") +
                  problems.front().sentence();
    return fail(
        Error::Kind::NoStore,
        QStringLiteral("%1 is a MariaDB database, but none of its tables that you may read are "
                       "those of an event store that is known (%2)")
            .arg(connection.name(), known.join(QStringLiteral(", "))),
        wayOut);
}

} // namespace

MariaStore::MariaStore(std::unique_ptr<MariaConnection> reading, const Profile& profile,
                       MariaSchema schema)
    : m_reading(std::move(reading))
    , m_reader(std::make_unique<MariaEventReader>(
          *m_reading, profile, std::make_shared<const MariaDialect>(std::move(schema)))) {}

MariaStore::~MariaStore() = default;

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
    const Profile* profile = recognise(profiles, kDatabase, schema->catalogue());
    if (profile == nullptr)
        return unknownSchema(**connection, profiles, problems);
    std::unique_ptr<MariaStore> store(
        new MariaStore(std::move(*connection), *profile, std::move(*schema)));
    store->m_info.url = url;
    store->m_info.profile = profile->name;
    store->m_info.database = QStringLiteral("MariaDB");
    store->m_info.hasPositions = profile->position.isPresent();
    const auto described =
        profile->writable ? store->describeOwn(access) : store->describeForeign(*profile);
    if (!described)
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
    const auto may = m_reading->execute(QStringLiteral("SELECT @@global.read_only"));
    if (!may)
        return std::unexpected(may.error());
    if (may->boolean(0, 0))
        return QStringLiteral(
                   "%1 is on a server that can only be read, such as a replica; name its "
                   "primary to write to the store.")
            .arg(m_info.url.displayName());
    return QString();
}

Result<void> MariaStore::warnOfLoss() {
    const auto flushes =
        m_writing->execute(QStringLiteral("SELECT @@global.innodb_flush_log_at_trx_commit"));
    if (!flushes)
        return std::unexpected(flushes.error());
    if (flushes->integer(0, 0) != 1)
        qCWarning(serverLog,
                  "%s acknowledges events that are not on its disk yet: its "
                  "innodb_flush_log_at_trx_commit is %lld, not 1. A crash of it may lose the last "
                  "second.",
                  qPrintable(m_info.url.displayName()), flushes->integer(0, 0));
    return {};
}

Result<void> MariaStore::describeOwn(Access access) {
    const auto meta = readMariaOwnSchemaMeta(*m_reading);
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
    auto writing = MariaConnection::open(m_info.url, MariaConnection::Purpose::Write);
    if (!writing)
        return std::unexpected(writing.error());
    m_writing = std::move(*writing);
    return warnOfLoss();
}

Result<void> MariaStore::describeForeign(const Profile& profile) {
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

Result<EventWriter*> MariaStore::writer() {
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
        m_writer = makeMariaEventWriter(*m_writing);
    return m_writer.get();
}

ViewTables& MariaStore::views() {
    if (m_views)
        return *m_views;
    if (m_info.ownSchema) {
        m_views = makeMariaViewTables(m_writing ? *m_writing : *m_reading, m_writing != nullptr);
        return *m_views;
    }
    const auto remembered = workspace();
    if (remembered)
        return (*remembered)->views();
    m_views = makeUnavailableViews(remembered.error());
    return *m_views;
}

Result<Workspace*> MariaStore::workspace() {
    if (!m_workspace) {
        auto opened = Workspace::open(m_info.storeId);
        if (!opened)
            return std::unexpected(opened.error());
        m_workspace = std::move(*opened);
    }
    return m_workspace.get();
}

} // namespace rewindow
