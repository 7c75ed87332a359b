// Reaching a PostgreSQL server: host by host, without waiting for ever, and why it failed.
#include "store/postgres/pg_connecting.h"

#include "store/postgres/pg_session.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <libpq-fe.h>

#include <poll.h>

namespace rewindow {

namespace {

/// How long is waited between two looks at the token.
constexpr int kLookMs = 20;
constexpr qint64 kMsPerSecond = 1000;

/// What the server or libpq said, in any language, with its code where it was the server.
struct Refusal {
    QString text;
    QString code;
};

/// Of a text that tells the code and the place in the server's sources as well.
Refusal refusalIn(const char* message) {
    static const QRegularExpression place(QStringLiteral("\\n\\S+: +\\w+, [\\w.]+:\\d+\\s*$"));
    // A code has a digit, and so is no word such as FATAL.
    static const QRegularExpression code(QStringLiteral(": +((?=[A-Z]*[0-9])[0-9A-Z]{5}): "));
    QString text = QString::fromUtf8(message).remove(place);
    const auto told = code.match(text);
    if (told.hasMatch())
        text.replace(told.capturedStart(), told.capturedLength(), QStringLiteral(": "));
    return {shownServerText(text.toUtf8().constData()), told.captured(1)};
}

std::unexpected<Error> failure(const StoreUrl& url, pg_conn* connection) {
    const Refusal refusal = refusalIn(PQerrorMessage(connection));
    const QString what =
        QStringLiteral("%1 cannot be reached: %2").arg(url.displayName(), refusal.text);
    if (PQconnectionNeedsPassword(connection) != 0 || refusal.code == u"28P01")
        return fail(Error::Kind::Password, what,
                    QStringLiteral("put its password into ~/.pgpass, or into the file that "
                                   "PGPASSFILE names"));
    if (refusal.code == u"3D000")
        return fail(Error::Kind::NotFound, what);
    return fail(refusal.code.startsWith(u"28") ? Error::Kind::Storage : Error::Kind::Unreachable,
                what);
}

Result<PgHandle> connectTo(const StoreUrl& url, const ServerAddress::Host& host,
                           const QString& session, const CancelToken& cancel) {
    const PgKeywords keywords = connectionKeywords(url, host, session);
    std::vector<const char*> keys;
    std::vector<const char*> values;
    for (const auto& [key, value] : keywords.pairs) {
        keys.push_back(key);
        values.push_back(value.constData());
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    QElapsedTimer waited;
    waited.start();
    // Not expanded: a database's name is a name, and no list of options.
    PgHandle handle(PQconnectStartParams(keys.data(), values.data(), 0));
    if (!handle || PQstatus(handle.get()) == CONNECTION_BAD)
        return failure(url, handle.get());
    PQsetErrorVerbosity(handle.get(), PQERRORS_VERBOSE); // only this tells the code
    const qint64 patience = url.server().connectTimeoutSeconds() * kMsPerSecond;
    PostgresPollingStatusType wants = PGRES_POLLING_WRITING;
    while (wants == PGRES_POLLING_READING || wants == PGRES_POLLING_WRITING) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled, QStringLiteral("connecting was cancelled"));
        if (waited.elapsed() > patience)
            return fail(Error::Kind::Unreachable,
                        QStringLiteral("%1 cannot be reached: timeout, no answer within %2 seconds")
                            .arg(url.displayName())
                            .arg(url.server().connectTimeoutSeconds()));
        pollfd socket{PQsocket(handle.get()),
                      static_cast<short>(wants == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
        if (::poll(&socket, 1, kLookMs) > 0)
            wants = PQconnectPoll(handle.get());
    }
    if (wants != PGRES_POLLING_OK)
        return failure(url, handle.get());
    PQsetErrorVerbosity(handle.get(), PQERRORS_DEFAULT);
    return handle;
}

} // namespace

void PgFinish::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

Result<PgHandle> connectToPg(const StoreUrl& url, const CancelToken& cancel) {
    const QString wanted = url.server().option(QStringLiteral("target_session_attrs"));
    const QStringList inTurn = wanted == u"prefer-standby"
                                   ? QStringList{QStringLiteral("standby"), QStringLiteral("any")}
                                   : QStringList{wanted};
    Result<PgHandle> outcome;
    for (const QString& session : inTurn) {
        for (const ServerAddress::Host& host : url.server().hosts()) {
            outcome = connectTo(url, host, session, cancel);
            // Who was asked for a password, or stopped, is not served by the next host.
            if (outcome || outcome.error().kind == Error::Kind::Password ||
                outcome.error().kind == Error::Kind::Cancelled)
                return outcome;
        }
    }
    return outcome;
}

} // namespace rewindow
