// Connecting, asking, waiting, and giving up.
#include "store/mariadb/maria_connection.h"

#include "store/mariadb/maria_connecting.h"
#include "store/mariadb/maria_session.h"
#include "store/mariadb/maria_statement.h"
#include "store/mariadb/maria_waiting.h"
#include "store/sql/server_text.h"

#include <QScopeGuard>

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>

#include <sys/socket.h>

#include <mutex>

namespace rewindow {

namespace {

/// Beyond the server's own limit for any statement.
constexpr qint64 kNeverAnsweredMs = 660'000;
/// As long as a portion of a long answer may take.
constexpr qint64 kNextRowMs = 120'000;
constexpr qint64 kMsPerSecond = 1000;
constexpr std::size_t kMostStatements = 100;

bool losesConnection(unsigned number) {
    return number == CR_SERVER_GONE_ERROR || number == CR_SERVER_LOST ||
           number == CR_CONNECTION_ERROR || number == CR_CONN_HOST_ERROR ||
           number == ER_CONNECTION_KILLED || number == ER_SERVER_SHUTDOWN ||
           number == CR_MALFORMED_PACKET;
}

/// So that the server learns of it at once and ends what it is sending. Shut down alone, a
/// connection whose window is full says nothing until the server tries again, which after a long
/// pause is minutes later; one that is dissolved is reset.
void hangUp(int socket) {
    const sockaddr nowhere{.sa_family = AF_UNSPEC, .sa_data = {}};
    ::connect(socket, &nowhere, sizeof nowhere);
    ::shutdown(socket, SHUT_RDWR); // of a local socket this is all it takes
}

std::unexpected<Error> cancelled() {
    return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
}

} // namespace

MariaConnection::MariaConnection(const StoreUrl& url, Purpose purpose)
    : m_url(url)
    , m_purpose(purpose) {
    static std::once_flag once;
    std::call_once(once, [] { mysql_library_init(0, nullptr, nullptr); });
}

MariaConnection::~MariaConnection() {
    m_statements.clear();
}

Result<std::unique_ptr<MariaConnection>> MariaConnection::open(const StoreUrl& url, Purpose purpose,
                                                               const CancelToken& cancel) {
    std::unique_ptr<MariaConnection> connection(new MariaConnection(url, purpose));
    if (const auto connected = connection->connect(cancel); !connected)
        return std::unexpected(connected.error());
    return connection;
}

Result<void> MariaConnection::connect(const CancelToken& cancel) {
    m_statements.clear();
    m_handle.reset();
    m_isLost = true;
    const QString wanted = m_url.server().option(QStringLiteral("target_session_attrs"));
    if (!wanted.isEmpty() && wanted != u"any" && wanted != u"read-write" && wanted != u"read-only")
        return fail(Error::Kind::Usage,
                    QStringLiteral("target_session_attrs can be any, read-write or read-only, not "
                                   "\"%1\"")
                        .arg(wanted));
    Result<void> done;
    for (const ServerAddress::Host& host : m_url.server().hosts()) {
        auto handle = connectToMaria(m_url, host, cancel);
        if (!handle) {
            done = std::unexpected(handle.error());
            // Who was asked for a password, or stopped, is not served by the next host.
            if (done.error().kind == Error::Kind::Password ||
                done.error().kind == Error::Kind::Cancelled)
                return done;
            continue;
        }
        m_handle = std::move(*handle);
        m_host = host;
        m_isLost = false;
        done = setUpSession();
        if (!done)
            continue;
        if (wanted.isEmpty() || wanted == u"any")
            return done;
        const auto readOnly = executeOnce({QStringLiteral("SELECT @@global.read_only"), {}}, {});
        if (readOnly && readOnly->boolean(0, 0) == (wanted == u"read-only"))
            return done;
        done =
            fail(Error::Kind::Storage, QStringLiteral("no server of %1 is %2").arg(name(), wanted));
        m_statements.clear();
    }
    if (!done)
        m_isLost = true;
    return done;
}

Result<void> MariaConnection::setUpSession() {
    for (const QString& statement : sessionStatements(m_purpose))
        if (const auto done = run(statement); !done)
            return done;
    return {};
}

Result<void> MariaConnection::reconnect(const CancelToken& cancel) {
    return connect(cancel);
}

bool MariaConnection::isInTransaction() const {
    unsigned status = 0;
    if (m_handle)
        mariadb_get_infov(m_handle.get(), MARIADB_CONNECTION_SERVER_STATUS, &status);
    return !m_isLost && (status & SERVER_STATUS_IN_TRANS) != 0;
}

bool MariaConnection::hadToGiveWay() const {
    return m_lastError == ER_LOCK_DEADLOCK || m_lastError == ER_LOCK_WAIT_TIMEOUT;
}

unsigned long MariaConnection::sessionId() const {
    return m_handle ? mysql_thread_id(m_handle.get()) : 0;
}

Error MariaConnection::failure(const char* message, unsigned number) {
    m_lastError = number;
    if (losesConnection(number))
        m_isLost = true;
    const QString text = shownServerText(message);
    return Error{m_isLost ? Error::Kind::Unreachable : Error::Kind::Storage,
                 m_isLost ? QStringLiteral("the connection to %1 is gone: %2").arg(name(), text)
                          : QStringLiteral("%1 answers: %2").arg(name(), text),
                 {},
                 {}};
}

Error MariaConnection::failureOf(MariaStatement& statement) {
    if (const unsigned number = mysql_stmt_errno(statement.handle()); number != 0)
        return failure(mysql_stmt_error(statement.handle()), number);
    // An answer that breaks off is told by the connection, if by anything.
    if (mysql_errno(m_handle.get()) != 0)
        return lastFailure();
    return failure("it broke off in the middle of an answer", CR_SERVER_LOST);
}

Error MariaConnection::lastFailure() {
    return failure(mysql_error(m_handle.get()), mysql_errno(m_handle.get()));
}

void MariaConnection::drive(st_mysql* handle, int wanted, const Patience& patience,
                            const std::function<int(int)>& goOn) {
    bool isAskedToStop = false;
    waitFor(handle, wanted, patience.milliseconds, goOn, [&] {
        if (patience.cancel.isCancelled() && !isAskedToStop) {
            askToStop();
            isAskedToStop = true;
        }
    });
}

void MariaConnection::askToStop() {
    const auto other = connectToMaria(m_url, m_host, {});
    if (!other)
        return;
    const QByteArray kill = "KILL QUERY " + QByteArray::number(quint64(sessionId()));
    int failed = 0;
    const int wanted = mysql_real_query_start(&failed, other->get(), kill.constData(),
                                              static_cast<unsigned long>(kill.size()));
    drive(other->get(), wanted, {{}, m_url.server().connectTimeoutSeconds() * kMsPerSecond},
          [&](int ready) { return mysql_real_query_cont(&failed, other->get(), ready); });
}

Result<void> MariaConnection::run(const QString& statement) {
    if (m_isVisiting) {
        const auto other = aside();
        return other ? (*other)->run(statement) : std::unexpected(other.error());
    }
    if (m_isLost)
        if (const auto connected = reconnect(); !connected)
            return connected;
    const QByteArray text = statement.toUtf8();
    int failed = 0;
    const int wanted = mysql_real_query_start(&failed, m_handle.get(), text.constData(),
                                              static_cast<unsigned long>(text.size()));
    drive(m_handle.get(), wanted, {{}, kNeverAnsweredMs},
          [&](int ready) { return mysql_real_query_cont(&failed, m_handle.get(), ready); });
    if (failed != 0)
        return std::unexpected(lastFailure());
    // What answers with rows all the same leaves the session free for the next statement.
    if (MYSQL_RES* rows = mysql_store_result(m_handle.get()))
        mysql_free_result(rows);
    return {};
}

Result<void> MariaConnection::prepare(MariaStatement& statement, const QString& text,
                                      const CancelToken& cancel) {
    const QByteArray utf8 = text.toUtf8();
    int failed = 0;
    const int wanted = mysql_stmt_prepare_start(&failed, statement.handle(), utf8.constData(),
                                                static_cast<unsigned long>(utf8.size()));
    drive(m_handle.get(), wanted, {cancel, kNeverAnsweredMs},
          [&](int ready) { return mysql_stmt_prepare_cont(&failed, statement.handle(), ready); });
    if (failed != 0)
        return std::unexpected(failureOf(statement));
    return {};
}

Result<MariaStatement*> MariaConnection::prepared(const QString& text, const CancelToken& cancel) {
    if (const auto kept = m_statements.find(text); kept != m_statements.end())
        return kept->second.get();
    auto statement = std::make_unique<MariaStatement>(m_handle.get());
    if (const auto done = prepare(*statement, text, cancel); !done)
        return std::unexpected(done.error());
    if (m_statements.size() >= kMostStatements)
        m_statements.clear();
    return m_statements.emplace(text, std::move(statement)).first->second.get();
}

Result<void> MariaConnection::ask(MariaStatement& statement, const BoundSql& sql,
                                  const CancelToken& cancel) {
    if (!statement.bind(sql.values))
        return fail(
            Error::Kind::Usage,
            QStringLiteral("a statement for %1 has other parameters than values").arg(name()));
    int failed = 0;
    const int wanted = mysql_stmt_execute_start(&failed, statement.handle());
    drive(m_handle.get(), wanted, {cancel, kNeverAnsweredMs},
          [&](int ready) { return mysql_stmt_execute_cont(&failed, statement.handle(), ready); });
    if (failed == 0)
        return {};
    const Error error = failureOf(statement);
    return cancel.isCancelled() ? cancelled() : std::unexpected(error);
}

Result<bool> MariaConnection::fetch(MariaStatement& statement, const CancelToken& cancel) {
    int outcome = 0;
    const int wanted = mysql_stmt_fetch_start(&outcome, statement.handle());
    drive(m_handle.get(), wanted, {cancel, kNextRowMs},
          [&](int ready) { return mysql_stmt_fetch_cont(&outcome, statement.handle(), ready); });
    if (outcome == 0 || outcome == MYSQL_DATA_TRUNCATED)
        return true;
    if (outcome == MYSQL_NO_DATA)
        return false;
    const Error error = failureOf(statement);
    return cancel.isCancelled() ? cancelled() : std::unexpected(error);
}

Result<MariaConnection*> MariaConnection::aside() {
    if (!m_aside) {
        auto opened = open(m_url, m_purpose);
        if (!opened)
            return std::unexpected(opened.error());
        m_aside = std::move(*opened);
    }
    return m_aside.get();
}

Result<MariaResult> MariaConnection::execute(const BoundSql& sql, const CancelToken& cancel) {
    if (m_isVisiting) {
        const auto other = aside();
        return other ? (*other)->execute(sql, cancel) : std::unexpected(other.error());
    }
    const bool wasInTransaction = isInTransaction();
    if (m_isLost)
        if (const auto connected = reconnect(cancel); !connected)
            return std::unexpected(connected.error());
    auto answer = executeOnce(sql, cancel);
    if (answer || !m_isLost || wasInTransaction || m_purpose != Purpose::Read)
        return answer;
    if (const auto connected = reconnect(cancel); !connected)
        return std::unexpected(connected.error());
    return executeOnce(sql, cancel);
}

Result<MariaResult> MariaConnection::executeOnce(const BoundSql& sql, const CancelToken& cancel) {
    const auto statement = prepared(sql.text, cancel);
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto asked = ask(**statement, sql, cancel); !asked)
        return std::unexpected(asked.error());
    MariaResult result((*statement)->beginRows());
    if (mysql_stmt_field_count((*statement)->handle()) == 0) {
        result.setTouched(static_cast<qint64>(mysql_stmt_affected_rows((*statement)->handle())));
        return result;
    }
    while (true) {
        const auto more = fetch(**statement, cancel);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return result;
        result.add((*statement)->row());
    }
}

Result<void> MariaConnection::forEachRow(const BoundSql& sql, const CancelToken& cancel,
                                         const RowVisitor& visit) {
    if (m_isVisiting) {
        const auto other = aside();
        return other ? (*other)->forEachRow(sql, cancel, visit) : std::unexpected(other.error());
    }
    if (cancel.isCancelled())
        return cancelled();
    bool hasRows = false;
    const auto noting = [&](const MariaRow& row) {
        hasRows = true;
        return visit(row);
    };
    if (m_isLost)
        if (const auto connected = reconnect(cancel); !connected)
            return connected;
    auto done = visitOnce(sql, cancel, noting);
    if (done || !m_isLost || hasRows)
        return done;
    if (const auto connected = reconnect(cancel); !connected)
        return connected;
    return visitOnce(sql, cancel, noting);
}

Result<void> MariaConnection::visitOnce(const BoundSql& sql, const CancelToken& cancel,
                                        const RowVisitor& visit) {
    m_isVisiting = true;
    const auto ended = qScopeGuard([this] { m_isVisiting = false; });
    MariaStatement statement(m_handle.get());
    // The time that a visitor takes is none of the statement's.
    if (const auto done =
            prepare(statement, QStringLiteral("SET STATEMENT max_statement_time=0 FOR ") + sql.text,
                    cancel);
        !done)
        return done;
    if (const auto asked = ask(statement, sql, cancel); !asked)
        return asked;
    statement.beginRows();
    while (true) {
        const auto more = fetch(statement, cancel);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            return {};
        const bool isCancelled = cancel.isCancelled();
        if (!isCancelled && visit(statement.row()))
            continue;
        // To take what is left of a long answer would last.
        hangUp(mysql_get_socket(m_handle.get()));
        m_isLost = true;
        return isCancelled ? cancelled() : Result<void>();
    }
}

} // namespace rewindow
