// A lock of a MariaDB server that goes by a name and no transaction ends.
#pragma once

#include "base/error.h"

#include <QString>

#include <utility>

namespace rewindow {

class MariaConnection;

/// One session has it at a time; it ends with the session at the latest.
class MariaNamedLock {
  public:
    /// Waits for it, but not for ever. `name` and the connection's database name it. The connection
    /// must outlive it.
    static Result<MariaNamedLock> take(MariaConnection& connection, const QString& name);
    MariaNamedLock(MariaNamedLock&& other) noexcept
        : m_connection(std::exchange(other.m_connection, nullptr))
        , m_name(std::move(other.m_name)) {}
    MariaNamedLock& operator=(MariaNamedLock&&) = delete;
    ~MariaNamedLock();

  private:
    MariaNamedLock(MariaConnection& connection, QString name)
        : m_connection(&connection)
        , m_name(std::move(name)) {}
    MariaConnection* m_connection;
    QString m_name;
};

} // namespace rewindow
