// A transaction of a MariaDB session, or a part of one.
#pragma once

#include "base/error.h"

#include <QString>

#include <utility>

namespace rewindow {

class MariaConnection;

/// Rolls back when it is destroyed uncommitted.
class MariaTransaction {
  public:
    /// Over a new connection where the old one turns out to be gone.
    static Result<MariaTransaction> begin(MariaConnection& connection);
    /// A part of the transaction the connection is in, as a savepoint: commit() leaves what it
    /// wrote to the whole, and without it only what it wrote is taken back.
    static Result<MariaTransaction> beginPart(MariaConnection& connection);
    MariaTransaction(MariaTransaction&& other) noexcept
        : m_connection(std::exchange(other.m_connection, nullptr))
        , m_savepoint(std::move(other.m_savepoint)) {}
    MariaTransaction& operator=(MariaTransaction&&) = delete;
    ~MariaTransaction();

    /// A failure that leaves the connection lost leaves open whether it was committed.
    Result<void> commit();

  private:
    MariaTransaction(MariaConnection& connection, QString savepoint)
        : m_connection(&connection)
        , m_savepoint(std::move(savepoint)) {}
    MariaConnection* m_connection;
    QString m_savepoint; ///< empty: the whole transaction
};

} // namespace rewindow
