// Where a store is: a file, or a server.
#pragma once

#include "base/error.h"

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
    QString toString() const;    ///< reads back the same; never holds a password
    QString displayName() const; ///< short, for a title: "orders.db"
    bool isEmpty() const { return m_path.isEmpty(); }

    bool operator==(const StoreUrl&) const = default;

  private:
    Scheme m_scheme = Scheme::Sqlite;
    QString m_path; ///< of a server: its URL, without the password
};

} // namespace rewindow
