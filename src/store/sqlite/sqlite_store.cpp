// Opening a SQLite store: recognised by its tables, described for its reader.
#include "store/sqlite/sqlite_store.h"

#include "store/sqlite/own_schema.h"
#include "store/sqlite/read_only_views.h"
#include "store/sqlite/sqlite_catalogue.h"
#include "store/sqlite/sqlite_event_writer.h"
#include "store/sqlite/sqlite_view_tables.h"
#include "store/sqlite/wal_checkpoint.h"
#include "store/store_identity.h"
#include "store/unavailable_views.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <fcntl.h>
#include <unistd.h>

namespace rewindow {

namespace {

const QString kDatabase = QStringLiteral("sqlite");

std::unexpected<Error> unknownSchema(const QString& path, const std::vector<Profile>& profiles,
                                     const std::vector<Error>& problems) {
    QStringList known;
    for (const Profile& profile : profiles)
        known << profile.name;
    QString wayOut = QStringLiteral("describe it in a profile of your own in %1 (docs/profiles.md)")
                         .arg(Profile::userFolder());
    if (!problems.empty())
        wayOut += QStringLiteral("; of the profiles there, one is broken: ") +
                  problems.front().sentence();
    return fail(Error::Kind::Storage,
                QStringLiteral("%1 is a SQLite file, but its tables are not those of an event "
                               "store that is known (%2)")
                    .arg(path, known.join(QStringLiteral(", "))),
                wayOut);
}

/// Why a store of ours cannot be written, for reasons of the file system; empty where it can.
QString unwritableReason(const QString& path) {
    const auto isWritable = [](const QString& name) {
        return ::faccessat(AT_FDCWD, QFile::encodeName(name).constData(), W_OK, AT_EACCESS) == 0;
    };
    if (!isWritable(path))
        return QStringLiteral("%1 can only be read: you may not write to the file.").arg(path);
    if (!isWritable(QFileInfo(path).absolutePath()))
        return QStringLiteral("%1 can only be read: you may not write to its folder, where SQLite "
                              "keeps its log.")
            .arg(path);
    return {};
}

} // namespace

SqliteStore::SqliteStore(ReadSource source, const Profile& profile)
    : m_source(std::move(source))
    , m_reader(std::make_unique<SqliteEventReader>(m_source, profile)) {}

SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const StoreUrl& url, Access access,
                                                       const std::optional<SniffedFile>& sniffed) {
    auto source = ReadSource::openForReading(url.path(), sniffed);
    if (!source)
        return std::unexpected(source.error());
    std::vector<Error> problems;
    const std::vector<Profile> profiles = Profile::all(&problems);
    const auto catalogue = readCatalogue(source->connection(), tablesAskedFor(profiles, kDatabase));
    if (!catalogue)
        return std::unexpected(catalogue.error());
    const Profile* profile = recognise(profiles, kDatabase, *catalogue);
    if (profile == nullptr)
        return unknownSchema(url.path(), profiles, problems);

    std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(*source), *profile));
    store->m_info.url = url;
    store->m_info.profile = profile->name;
    store->m_info.database = QStringLiteral("SQLite");
    store->m_info.hasPositions = profile->position.isPresent();
    const auto described =
        profile->writable ? store->describeOwn(access) : store->describeForeign(*profile);
    if (!described)
        return std::unexpected(described.error());
    return store;
}

Result<void> SqliteStore::describeOwn(Access access) {
    const auto meta = readOwnSchemaMeta(m_source.connection());
    if (!meta)
        return std::unexpected(meta.error());
    const SchemaAge age = schemaAge(*meta);
    if (age == SchemaAge::Older)
        return std::unexpected(migrationNeeded(*meta, m_info.url.path()));
    m_info.ownSchema = true;
    m_info.storeId = meta->storeId;
    m_info.domain = meta->domain;
    m_info.readOnlyReason =
        age == SchemaAge::Newer ? newerSchemaReason(*meta) : unwritableReason(m_info.url.path());
    m_info.readOnly = !m_info.readOnlyReason.isEmpty();
    if (access == Access::Read || m_info.readOnly)
        return {};
    m_writable = true;
    return m_source.makeWritable();
}

Result<void> SqliteStore::describeForeign(const Profile& profile) {
    m_info.readOnly = true;
    m_info.readOnlyReason =
        QStringLiteral("%1 is a store of another system (%2), and Rewindow never writes to a store "
                       "that is not its own.")
            .arg(m_info.url.path(), profile.title);
    auto storeId = storeIdentity(*m_reader, m_info.profile, m_info.url.path());
    if (!storeId)
        return std::unexpected(storeId.error());
    m_info.storeId = *storeId;
    return {};
}

Result<void> SqliteStore::presentAs(const StoreUrl& url, const QString& profile,
                                    const QString& database, const QString& readOnlyReason,
                                    ReadSource::Locate locate) {
    m_source.follow(std::move(locate));
    m_info.url = url;
    m_info.profile = profile;
    m_info.database = database;
    m_info.readOnly = true;
    m_info.readOnlyReason = readOnlyReason;
    m_info.ownSchema = false;
    m_info.domain.clear();
    auto storeId = storeIdentity(*m_reader, m_info.profile, m_info.url.path());
    if (!storeId)
        return std::unexpected(storeId.error());
    m_info.storeId = *storeId;
    return {};
}

Result<EventWriter*> SqliteStore::writer() {
    if (!m_writable)
        return fail(Error::Kind::ReadOnly,
                    m_info.readOnly
                        ? m_info.readOnlyReason
                        : QStringLiteral("%1 was opened for reading only").arg(m_info.url.path()),
                    m_info.ownSchema
                        ? QString()
                        : QStringLiteral("to send commands, make a store of your own with "
                                         "rewindow demo, or copy this one's events into one: "
                                         "rewindow export, then rewindow import"));
    if (!m_writer)
        m_writer = makeSqliteEventWriter(m_source.connection());
    return m_writer.get();
}

ViewTables& SqliteStore::views() {
    if (m_views)
        return *m_views;
    if (m_info.ownSchema) {
        m_views = m_writable ? makeSqliteViewTables(m_source.connection(), true)
                             : makeReadOnlyViews(m_source, *m_reader);
        return *m_views;
    }
    const auto remembered = workspace();
    if (remembered)
        return (*remembered)->views();
    m_views = makeUnavailableViews(remembered.error());
    return *m_views;
}

Result<Workspace*> SqliteStore::workspace() {
    if (!m_workspace) {
        auto opened = Workspace::open(m_info.storeId);
        if (!opened)
            return std::unexpected(opened.error());
        m_workspace = std::move(*opened);
    }
    return m_workspace.get();
}

Result<void> SqliteStore::checkpoint() {
    return m_writable ? checkpointWal(m_source.connection()) : Result<void>();
}

} // namespace rewindow
