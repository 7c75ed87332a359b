// Where a store is: a file, or a server.
#pragma once

#include "base/error.h"
#include "store/server_address.h"

#include <QString>

namespace rewindow {

/// A parsed, normalised address of a store.
class StoreUrl {
  public:
    enum class Scheme {
        Sqlite,    ///< `sqlite:PATH`, or a path to a SQLite file
        JsonLines, ///< a path ending in .jsonl or .ndjson
        Postgres,  ///< `postgresql://…`
        MySql,     ///< `mysql://…`
    };

    StoreUrl() = default;
    /// From what a person types: a path, absolute or relative, or a URL. Fails with Usage.
    static Result<StoreUrl> parse(const QString& text);
    static StoreUrl sqliteFile(const QString& path);

    Scheme scheme() const { return m_scheme; }
    bool isFile() const { return m_scheme == Scheme::Sqlite || m_scheme == Scheme::JsonLines; }
    /// Absolute; of files only, else empty.
    QString path() const { return isFile() ? m_path : QString(); }
    /// Of servers only.
    const ServerAddress& server() const { return m_server; }
    /// Of a server: what stood in the text it was parsed from. It is for connecting alone, and no
    /// part of what is shown, kept or compared.
    const QString& password() const { return m_password; }
    /// The same, without the password.
    StoreUrl withoutPassword() const;
    /// The same, with another.
    StoreUrl withPassword(const QString& password) const;
    /// Of a server: who speaks to it, "postgresql://ann@db.example.org". One password belongs to
    /// it.
    QString account() const;
    QString toString() const;    ///< reads back the same; never holds a password
    QString displayName() const; ///< short, for a title: "orders.db"
    bool isEmpty() const { return m_path.isEmpty(); }

    bool operator==(const StoreUrl& other) const {
        return m_scheme == other.m_scheme && m_path == other.m_path;
    }

  private:
    static Result<StoreUrl> onServer(Scheme scheme, const QString& prefix,
                                     const QString& afterScheme);

    Scheme m_scheme = Scheme::Sqlite;
    QString m_path; ///< of a server: its URL, without the password
    ServerAddress m_server;
    QString m_password;
};

} // namespace rewindow
