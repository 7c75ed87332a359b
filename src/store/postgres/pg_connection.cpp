// Connecting, asking, waiting, and giving up.
#include "store/postgres/pg_connection.h"

#include "store/postgres/pg_session.h"

#include <QElapsedTimer>
#include <QLoggingCategory>

#include <libpq-fe.h>

#include <poll.h>

#include <algorithm>
#include <array>

namespace rewindow {

namespace {

Q_LOGGING_CATEGORY(serverLog, "rewindow.postgresql")

constexpr Oid kInt8 = 20;
/// How long a cancelled question is waited for between two looks at its token.
constexpr int kLookMs = 20;
/// Beyond the server's own limit for any statement.
constexpr qint64 kNeverAnsweredMs = qint64(11) * 60 * 1000;

void takeNotice(void*, const PGresult* result) {
    qCWarning(serverLog, "%s", qPrintable(shownServerText(PQresultErrorMessage(result))));
}

/// The values of a statement as libpq takes them.
class Parameters {
  public:
    explicit Parameters(const BoundSql::Values& values) {
        for (const auto& value : values) {
            if (const auto* number = std::get_if<qint64>(&value)) {
                m_texts.emplace_back(QByteArray::number(*number));
                m_types.push_back(kInt8);
            } else {
                const auto* utf8 = std::get_if<std::string>(&value);
                const auto* text = std::get_if<QString>(&value);
                m_texts.emplace_back(utf8 != nullptr ? QByteArray::fromStdString(*utf8)
                                     : text != nullptr && !text->isNull() ? text->toUtf8()
                                                                          : QByteArray());
                m_types.push_back(0);
            }
            // What is bound ends at a NUL, and no text of this database holds one.
            m_hasNul = m_hasNul || m_texts.back().contains('\0');
        }
        for (const QByteArray& text : m_texts)
            m_values.push_back(text.constData());
    }

    bool hasNul() const { return m_hasNul; }
    int count() const { return static_cast<int>(m_values.size()); }
    const Oid* types() const { return m_types.data(); }
    const char* const* values() const { return m_values.data(); }

  private:
    std::vector<QByteArray> m_texts;
    std::vector<Oid> m_types;
    std::vector<const char*> m_values;
    bool m_hasNul = false;
};

} // namespace

PgConnection::PgConnection(const StoreUrl& url, Purpose purpose) : m_url(url), m_purpose(purpose) {}

PgConnection::~PgConnection() = default;

Result<std::unique_ptr<PgConnection>> PgConnection::open(const StoreUrl& url, Purpose purpose,
                                                         const CancelToken& cancel) {
    std::unique_ptr<PgConnection> connection(new PgConnection(url, purpose));
    if (const auto connected = connection->connect(cancel); !connected)
        return std::unexpected(connected.error());
    return connection;
}

Result<void> PgConnection::connect(const CancelToken& cancel) {
    auto connected = connectToPg(m_url, cancel);
    if (!connected)
        return std::unexpected(connected.error());
    m_connection = std::move(*connected);
    PQsetNoticeReceiver(m_connection.get(), &takeNotice, nullptr);
    return setUpSession();
}

Result<void> PgConnection::setUpSession() {
    const auto schemas = executeOnce(
        {QStringLiteral("SELECT s FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) s"),
         {}},
        CancelToken());
    if (!schemas)
        return std::unexpected(schemas.error());
    m_searchedSchemas.clear();
    for (int row = 0; row < schemas->rows(); ++row) {
        const std::string_view schema = schemas->text(row, 0);
        m_searchedSchemas << QString::fromUtf8(schema.data(), qsizetype(schema.size()));
    }
    for (const QString& statement : sessionStatements(m_purpose))
        if (const auto done = executeOnce({statement, {}}, CancelToken()); !done)
            return std::unexpected(done.error());
    return {};
}

Result<void> PgConnection::reconnect(const CancelToken& cancel) {
    ++m_generation;
    return connect(cancel);
}

bool PgConnection::isInTransaction() const {
    return PQtransactionStatus(m_connection.get()) != PQTRANS_IDLE &&
           PQtransactionStatus(m_connection.get()) != PQTRANS_UNKNOWN;
}

bool PgConnection::isLost() const {
    return PQstatus(m_connection.get()) != CONNECTION_OK;
}

Error PgConnection::failure(const QString& message) const {
    return Error{isLost() ? Error::Kind::Unreachable : Error::Kind::Storage,
                 isLost() ? QStringLiteral("the connection to %1 is gone: %2").arg(name(), message)
                          : QStringLiteral("%1 answers: %2").arg(name(), message),
                 {},
                 {}};
}

Result<PgResult> PgConnection::execute(const BoundSql& sql, const CancelToken& cancel) {
    const bool wasInTransaction = isInTransaction();
    if (isLost())
        if (const auto connected = reconnect(cancel); !connected)
            return std::unexpected(connected.error());
    auto answer = executeOnce(sql, cancel);
    if (answer || !isLost() || wasInTransaction || m_purpose != Purpose::Read)
        return answer;
    if (const auto connected = reconnect(cancel); !connected)
        return std::unexpected(connected.error());
    return executeOnce(sql, cancel);
}

Result<PgResult> PgConnection::executeOnce(const BoundSql& sql, const CancelToken& cancel) {
    const Parameters parameters(sql.values);
    if (parameters.hasNul())
        return fail(Error::Kind::Usage,
                    QStringLiteral("%1 can hold no text with a NUL character").arg(name()));
    const auto message = [this] { return shownServerText(PQerrorMessage(m_connection.get())); };
    pg_conn* connection = m_connection.get();
    if (PQsendQueryParams(connection, numberedParameters(sql.text).constData(), parameters.count(),
                          parameters.types(), parameters.values(), nullptr, nullptr, 0) == 0) {
        // A connection that turns out to be gone when it is written to says so when it is read.
        PQconsumeInput(connection);
        return std::unexpected(failure(message()));
    }
    std::optional<PgResult> last;
    std::optional<Error> error;
    while (true) {
        if (const auto answered = awaitAnswer(cancel); !answered)
            return std::unexpected(answered.error());
        PGresult* result = PQgetResult(connection);
        if (result == nullptr)
            break;
        const ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
            last.emplace(result);
            continue;
        }
        const PgResult failed(result);
        error = failure(shownServerText(PQresultErrorMessage(result)));
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
            break;
    }
    if (cancel.isCancelled() && error)
        return fail(Error::Kind::Cancelled, QStringLiteral("reading was cancelled"));
    if (error)
        return std::unexpected(*error);
    if (!last)
        return std::unexpected(failure(message()));
    return std::move(*last);
}

Result<void> PgConnection::awaitAnswer(const CancelToken& cancel) {
    QElapsedTimer waited;
    waited.start();
    bool isAskedToStop = false;
    while (PQisBusy(m_connection.get()) != 0) {
        if (cancel.isCancelled() && !isAskedToStop) {
            askToStop();
            isAskedToStop = true;
        }
        if (waited.elapsed() > kNeverAnsweredMs) {
            m_connection.reset();
            return fail(Error::Kind::Unreachable,
                        QStringLiteral("%1 does not answer any more").arg(name()));
        }
        pollfd socket{PQsocket(m_connection.get()), POLLIN, 0};
        ::poll(&socket, 1, kLookMs);
        if (PQconsumeInput(m_connection.get()) == 0)
            return std::unexpected(failure(shownServerText(PQerrorMessage(m_connection.get()))));
    }
    return {};
}

bool PgConnection::awaitNotification(const QString& channel, int milliseconds,
                                     const CancelToken& cancel) {
    if (m_listeningSince != m_generation) {
        // Asked once of each connection: a standby refuses.
        m_listeningSince = m_generation;
        static_cast<void>(execute(QStringLiteral("LISTEN ") + quotedIdentifier(channel)));
    }
    QElapsedTimer waited;
    waited.start();
    bool isTold = false;
    while (true) {
        PQconsumeInput(m_connection.get());
        while (PGnotify* notification = PQnotifies(m_connection.get())) {
            isTold = true;
            PQfreemem(notification);
        }
        const qint64 left = milliseconds - waited.elapsed();
        if (isTold || left <= 0 || cancel.isCancelled())
            return isTold;
        // Without a connection there is nothing to poll, and it is only waited.
        pollfd socket{isLost() ? -1 : PQsocket(m_connection.get()), POLLIN, 0};
        ::poll(&socket, 1, static_cast<int>(std::min<qint64>(left, kLookMs)));
    }
}

void PgConnection::askToStop() {
    std::array<char, 256> why{};
    if (PGcancel* cancel = PQgetCancel(m_connection.get())) {
        PQcancel(cancel, why.data(), static_cast<int>(why.size()));
        PQfreeCancel(cancel);
    }
}

} // namespace rewindow
