// A session with a MariaDB server, on libmariadb itself.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "store/mariadb/maria_connecting.h"
#include "store/mariadb/maria_result.h"
#include "store/sql/bound_sql.h"
#include "store/store_url.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>

namespace rewindow {

class MariaStatement;

/// Belongs to one thread. One statement at a time, its values apart from it. What the server says
/// is shown with its control characters escaped, and never as anything but text; a file of this
/// machine is never given to it.
class MariaConnection {
  public:
    enum class Purpose {
        Read, ///< the server itself refuses to write in this session
        Write,
    };

    /// Off this machine the server's certificate must be that of its name, unless the address says
    /// otherwise. A password is one that this program was given (passwords::of()), that of
    /// `~/.my.cnf`, or `MYSQL_PWD`. Fails with Unreachable; with Password where the server lets
    /// nobody in with the one it was given, or with none; with NotFound where it has no such
    /// database; with Cancelled soon after it is asked to stop.
    static Result<std::unique_ptr<MariaConnection>> open(const StoreUrl& url, Purpose purpose,
                                                         const CancelToken& cancel = {});
    ~MariaConnection();
    Q_DISABLE_COPY_MOVE(MariaConnection)

    /// A statement and its whole answer. What is not under way in a transaction is asked again over
    /// a new connection where the old one turns out to be gone, if it only reads. Cancelling asks
    /// the server to stop and fails with Cancelled.
    Result<MariaResult> execute(const BoundSql& sql, const CancelToken& cancel = {});
    /// One without parameters.
    Result<MariaResult> execute(const QString& sql) { return execute(BoundSql{sql, {}}); }
    /// One that answers with no rows, such as BEGIN.
    Result<void> run(const QString& statement);

    using RowVisitor = std::function<bool(const MariaRow&)>;
    /// Steps through an answer of any length, of which one row at a time is here. What is asked
    /// from within goes over a session of its own.
    Result<void> forEachRow(const BoundSql& sql, const CancelToken& cancel,
                            const RowVisitor& visit);

    /// Whether a call comes from within the visitor of forEachRow().
    bool isVisiting() const { return m_isVisiting; }
    bool isInTransaction() const;
    /// Whether the connection is gone, as of the last answer.
    bool isLost() const { return m_isLost; }
    /// Whether the last failure took back a transaction that may succeed when it is tried again.
    bool hadToGiveWay() const;
    /// Connects anew and sets the session up as before; what was under way is lost.
    Result<void> reconnect(const CancelToken& cancel = {});

    /// "db.example.org/shop": for sentences.
    QString name() const { return m_url.displayName(); }
    QString database() const { return m_url.server().database(); }
    unsigned long sessionId() const; ///< as the server numbers it

  private:
    /// What a call waits for, and for how long.
    struct Patience {
        CancelToken cancel;
        qint64 milliseconds;
    };

    MariaConnection(const StoreUrl& url, Purpose purpose);
    Result<void> connect(const CancelToken& cancel);
    Result<void> setUpSession();
    Result<MariaResult> executeOnce(const BoundSql& sql, const CancelToken& cancel);
    Result<void> visitOnce(const BoundSql& sql, const CancelToken& cancel, const RowVisitor& visit);
    /// A statement that is kept for the next time.
    Result<MariaStatement*> prepared(const QString& text, const CancelToken& cancel);
    Result<void> ask(MariaStatement& statement, const BoundSql& sql, const CancelToken& cancel);
    Result<bool> fetch(MariaStatement& statement, const CancelToken& cancel); ///< false: no more
    Result<void> prepare(MariaStatement& statement, const QString& text, const CancelToken& cancel);
    /// Drives a call of libmariadb that does not block, to its end.
    void drive(st_mysql* handle, int wanted, const Patience& patience,
               const std::function<int(int)>& goOn);
    void askToStop();
    Error failure(const char* message, unsigned number);
    Error failureOf(MariaStatement& statement);
    Error lastFailure();
    Result<MariaConnection*> aside();

    StoreUrl m_url;
    Purpose m_purpose;
    ServerAddress::Host m_host; ///< the one that is connected
    MariaHandle m_handle;
    std::map<QString, std::unique_ptr<MariaStatement>> m_statements;
    std::unique_ptr<MariaConnection> m_aside;
    bool m_isVisiting = false;
    bool m_isLost = false;
    unsigned m_lastError = 0;
};

} // namespace rewindow
