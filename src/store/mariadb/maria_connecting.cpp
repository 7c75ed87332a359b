// Reaching a MariaDB server, without waiting for ever, and why it failed.
#include "store/mariadb/maria_connecting.h"

#include "store/mariadb/maria_session.h"
#include "store/mariadb/maria_waiting.h"
#include "store/sql/server_text.h"

#include <mysql.h>
#include <mysqld_error.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

namespace rewindow {

namespace {

constexpr unsigned long kOldestVersion = 100'600;
/// After so long without an acknowledgement a connection counts as lost.
constexpr unsigned kUnansweredMs = 30'000;
constexpr qint64 kMsPerSecond = 1000;

std::unexpected<Error> unreachable(const QString& name, const char* message, unsigned number) {
    const QString what =
        QStringLiteral("%1 cannot be reached: %2").arg(name, shownServerText(message));
    switch (number) {
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
        return fail(Error::Kind::Password, what,
                    QStringLiteral("put user and password into ~/.my.cnf, under [client]"));
    case ER_BAD_DB_ERROR:
        return fail(Error::Kind::NotFound, what);
    case ER_DBACCESS_DENIED_ERROR:
        return fail(Error::Kind::Storage, what);
    default:
        return fail(Error::Kind::Unreachable, what);
    }
}

} // namespace

void MariaFinish::operator()(st_mysql* handle) const {
    mysql_close(handle);
}

Result<MariaHandle> connectToMaria(const StoreUrl& url, const ServerAddress::Host& host,
                                   const CancelToken& cancel) {
    const QString name = url.displayName();
    MariaHandle handle(mysql_init(nullptr));
    if (const auto prepared = prepare(handle.get(), url); !prepared)
        return std::unexpected(prepared.error());
    const bool isSocket = host.name.startsWith(u'/');
    const QByteArray place = host.name.toUtf8();
    const QByteArray database = url.server().database().toUtf8();
    const MariaLogin login = loginFor(url);
    const auto orNull = [](const QByteArray& text) {
        return text.isEmpty() ? nullptr : text.constData();
    };
    MYSQL* connected = nullptr;
    const int wanted = mysql_real_connect_start(
        &connected, handle.get(), isSocket ? nullptr : place.constData(), orNull(login.user),
        orNull(login.password), database.constData(), static_cast<unsigned>(host.port),
        isSocket ? place.constData() : nullptr, 0);
    const qint64 patience = url.server().connectTimeoutSeconds() * kMsPerSecond;
    bool isGivenUp = false;
    waitFor(
        handle.get(), wanted, patience,
        [&](int ready) { return mysql_real_connect_cont(&connected, handle.get(), ready); },
        [&] {
            if (cancel.isCancelled() && !std::exchange(isGivenUp, true))
                ::shutdown(mysql_get_socket(handle.get()), SHUT_RDWR);
        });
    if (connected == nullptr)
        return isGivenUp ? fail(Error::Kind::Cancelled, QStringLiteral("connecting was cancelled"))
                         : unreachable(name, mysql_error(handle.get()), mysql_errno(handle.get()));
    const char* kind = nullptr;
    std::size_t version = 0;
    mariadb_get_infov(handle.get(), MARIADB_CONNECTION_SERVER_TYPE, static_cast<void*>(&kind));
    mariadb_get_infov(handle.get(), MARIADB_CONNECTION_SERVER_VERSION_ID, &version);
    if (qstrcmp(kind, "MariaDB") != 0 || version < kOldestVersion)
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 is on a server of another kind (%2)")
                        .arg(name, shownServerText(mysql_get_server_info(handle.get()))),
                    QStringLiteral("this version reads MariaDB, 10.6 or later"));
    if (needsEncryption(url) && mysql_get_ssl_cipher(handle.get()) == nullptr)
        return fail(Error::Kind::Storage, QStringLiteral("%1 offers no encryption").arg(name),
                    QStringLiteral("if the way to it is safe, say ?sslmode=disable"));
    ::setsockopt(mysql_get_socket(handle.get()), IPPROTO_TCP, TCP_USER_TIMEOUT, &kUnansweredMs,
                 sizeof kUnansweredMs);
    return handle;
}

} // namespace rewindow
