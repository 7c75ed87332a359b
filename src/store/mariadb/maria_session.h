// How a session with a MariaDB server is opened and set up.
#pragma once

#include "store/mariadb/maria_connection.h"

#include <QByteArray>

namespace rewindow {

/// Who connects, as libmariadb takes it. What is empty is left to it.
struct MariaLogin {
    QByteArray user;
    QByteArray password;
};
/// The password is one that this program was given (passwords::of()), or else from the user's own
/// file of options, `~/.my.cnf`, of which nothing but user and password counts.
MariaLogin loginFor(const StoreUrl& url);
/// The same, from the text of such a file.
MariaLogin loginIn(const QByteArray& optionFile);

/// Sets what must be set before connecting. Fails with Usage for an option of the address that
/// means nothing.
Result<void> prepare(st_mysql* connection, const StoreUrl& url);
/// libmariadb goes on without encryption where a server offers none.
bool needsEncryption(const StoreUrl& url);

/// What is said first in every session, one statement a line.
QStringList sessionStatements(MariaConnection::Purpose purpose);

} // namespace rewindow
