// A session with a PostgreSQL server, on libpq itself.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/postgres/pg_connecting.h"
#include "store/postgres/pg_result.h"
#include "store/sql/bound_sql.h"
#include "store/store_url.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace rewindow {

/// Belongs to one thread. What the server says is shown with its control characters escaped, and
/// never as anything but text.
class PgConnection {
  public:
    enum class Purpose {
        Read, ///< the server itself refuses to write in this session
        Write,
    };

    /// Off this machine the server's certificate must be that of its name, unless the address says
    /// otherwise. A password is one that this program was given (passwords::of()), `PGPASSWORD`, or
    /// from the file that `PGPASSFILE` names (`~/.pgpass`). Fails as connectToPg() does.
    static Result<std::unique_ptr<PgConnection>> open(const StoreUrl& url, Purpose purpose,
                                                      const CancelToken& cancel = {});
    ~PgConnection();
    Q_DISABLE_COPY_MOVE(PgConnection)

    /// One statement. What is not under way in a transaction is asked again over a new connection
    /// where the old one turns out to be gone, if it only reads. Cancelling asks the server to stop
    /// and fails with Cancelled.
    Result<PgResult> execute(const BoundSql& sql, const CancelToken& cancel = {});
    /// One without parameters.
    Result<PgResult> execute(const QString& sql) { return execute(BoundSql{sql, {}}); }

    /// Waits so long for what is told on a channel, outside any transaction; returns whether
    /// something was since it was last asked. A standby tells nothing.
    bool awaitNotification(const QString& channel, int milliseconds, const CancelToken& cancel);

    bool isInTransaction() const;
    /// Whether the connection is gone, as of the last answer.
    bool isLost() const;
    /// Connects anew and sets the session up as before; what was under way is lost.
    Result<void> reconnect(const CancelToken& cancel = {});

    /// "db.example.org/shop": for sentences.
    QString name() const { return m_url.displayName(); }
    /// The schemas that names without one were looked for in, before this session was set up.
    const QStringList& searchedSchemas() const { return m_searchedSchemas; }
    /// How often it was connected anew.
    qint64 generation() const { return m_generation; }

  private:
    PgConnection(const StoreUrl& url, Purpose purpose);
    Result<void> connect(const CancelToken& cancel);
    Result<void> setUpSession();
    Result<PgResult> executeOnce(const BoundSql& sql, const CancelToken& cancel);
    /// Waits until the server has answered. Fails with Cancelled, and where it never answers.
    Result<void> awaitAnswer(const CancelToken& cancel);
    void askToStop();
    Error failure(const QString& message) const;

    StoreUrl m_url;
    Purpose m_purpose;
    PgHandle m_connection;
    QStringList m_searchedSchemas;
    qint64 m_generation = 0;
    qint64 m_listeningSince = -1; ///< the generation that was asked to listen
};

} // namespace rewindow
