// How a session with a PostgreSQL server is opened and set up.
#pragma once

#include "store/postgres/pg_connection.h"
#include "store/sql/server_text.h"

#include <QByteArray>

#include <vector>

namespace rewindow {

/// Key words and values for libpq; each value lives as long as this.
struct PgKeywords {
    std::vector<std::pair<const char*, QByteArray>> pairs;
};
/// For one of the address's hosts; `session` is what is asked of it: `target_session_attrs`.
PgKeywords connectionKeywords(const StoreUrl& url, const ServerAddress::Host& host,
                              const QString& session = {});

/// What is said first in every session, one statement a line.
QStringList sessionStatements(PgConnection::Purpose purpose);

/// `?` for parameters, as BoundSql has them, as `$1`, `$2`, …; what is quoted is left as it is.
QByteArray numberedParameters(const QString& sql);

} // namespace rewindow
