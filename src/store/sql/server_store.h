// A store on a database server: what is the same whichever server it is.
#pragma once

#include "store/profile.h"
#include "store/sqlite/own_schema.h"
#include "store/store.h"
#include "store/store_identity.h"
#include "store/unavailable_views.h"
#include "store/workspace.h"

#include <memory>
#include <vector>

namespace rewindow {

/// What a server is called.
struct ServerKind {
    QString inProfiles; ///< "postgresql"
    QString forAPerson; ///< "PostgreSQL"
};

/// Why there is no store in the database `name`: none of the profiles has its tables. `problems`
/// are those of profiles that cannot be read; `furtherWayOut` continues what can be done.
Error noKnownTables(const QString& name, const ServerKind& kind,
                    const std::vector<Profile>& profiles, const std::vector<Error>& problems,
                    const QString& furtherWayOut = {});

/// A Connection is one's session with a server: `open()`, for a Purpose.
template <class Connection>
class ServerStore : public Store {
  public:
    const StoreInfo& info() const final { return m_info; }
    EventReader& reader() final { return *m_reader; }
    Result<EventWriter*> writer() final;
    ViewTables& views() final;
    Result<Workspace*> workspace() final;
    Result<void> checkpoint() final { return {}; } ///< the server's own affair

  protected:
    /// `reader` reads through `reading`.
    ServerStore(std::unique_ptr<Connection> reading, std::unique_ptr<EventReader> reader)
        : m_reading(std::move(reading))
        , m_reader(std::move(reader)) {}

    /// Finds out what info() tells, before anything else is asked of it.
    Result<void> describe(const StoreUrl& url, const ServerKind& kind, const Profile& profile,
                          Access access);
    Connection& reading() { return *m_reading; }
    Connection& writing() { return *m_writing; } ///< of a store that may be written

  private:
    virtual Result<OwnSchemaMeta> readMeta() = 0;
    /// Why a store of ours cannot be written here; empty where it can.
    virtual Result<QString> unwritableReason() = 0;
    /// Once writing() is connected.
    virtual Result<void> writingBegins() { return {}; }
    virtual std::unique_ptr<EventWriter> makeWriter() = 0;
    /// Of a store of ours.
    virtual std::unique_ptr<ViewTables> makeViews(Connection& connection, bool writable) = 0;

    Result<void> describeOwn(Access access);
    Result<void> describeForeign(const Profile& profile);

    StoreInfo m_info;
    std::unique_ptr<Connection> m_reading;
    std::unique_ptr<Connection> m_writing;
    std::unique_ptr<EventReader> m_reader;
    std::unique_ptr<EventWriter> m_writer;
    std::unique_ptr<ViewTables> m_views; ///< where they lie in the store itself, or are unavailable
    std::unique_ptr<Workspace> m_workspace;
};

template <class Connection>
Result<void> ServerStore<Connection>::describe(const StoreUrl& url, const ServerKind& kind,
                                               const Profile& profile, Access access) {
    m_info.url = url;
    m_info.profile = profile.name;
    m_info.database = kind.forAPerson;
    m_info.hasPositions = profile.position.isPresent();
    return profile.writable ? describeOwn(access) : describeForeign(profile);
}

template <class Connection>
Result<void> ServerStore<Connection>::describeOwn(Access access) {
    const auto meta = readMeta();
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
    auto writing = Connection::open(m_info.url, Connection::Purpose::Write);
    if (!writing)
        return std::unexpected(writing.error());
    m_writing = std::move(*writing);
    return writingBegins();
}

template <class Connection>
Result<void> ServerStore<Connection>::describeForeign(const Profile& profile) {
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

template <class Connection>
Result<EventWriter*> ServerStore<Connection>::writer() {
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
        m_writer = makeWriter();
    return m_writer.get();
}

template <class Connection>
ViewTables& ServerStore<Connection>::views() {
    if (m_views)
        return *m_views;
    if (m_info.ownSchema) {
        m_views = makeViews(m_writing ? *m_writing : *m_reading, m_writing != nullptr);
        return *m_views;
    }
    const auto remembered = workspace();
    if (remembered)
        return (*remembered)->views();
    m_views = makeUnavailableViews(remembered.error());
    return *m_views;
}

template <class Connection>
Result<Workspace*> ServerStore<Connection>::workspace() {
    if (!m_workspace) {
        auto opened = Workspace::open(m_info.storeId);
        if (!opened)
            return std::unexpected(opened.error());
        m_workspace = std::move(*opened);
    }
    return m_workspace.get();
}

} // namespace rewindow
