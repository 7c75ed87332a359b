// What a MariaDB server knows of writers that are under way.
#pragma once

#include "store/mariadb/maria_connection.h"
#include "store/tail/settled_log.h"

#include <QHash>

namespace rewindow {

/// A position is drawn within a statement, before the server knows a transaction for it; so both
/// the statements that run and the transactions that are open count. Without the privilege PROCESS
/// neither can be seen; then a gap is assumed dead after a while.
class MariaWriterWatch final : public WriterWatch {
  public:
    /// The connection must outlive it.
    explicit MariaWriterWatch(MariaConnection& connection) : m_connection(connection) {}

    Result<UnderWay> underWay() override;

  private:
    struct Running {
        QString session;
        QString transaction; ///< the one it has left behind, when it was seen to have ended
    };
    /// What there is to know before anything is looked at.
    struct Server {
        QString name;
        bool tellsOfOthers = false;
        Timestamp now;
    };
    /// What is under way, and for how long already, in microseconds.
    struct Seen {
        QString name; ///< that no other has
        QString session;
        qint64 age = 0;
    };
    Result<Server> server();
    /// The statements of others that run, by name.
    Result<QHash<QString, Seen>> statements();
    /// The transactions of others that are open, by session.
    Result<QHash<QString, Seen>> transactions();

    MariaConnection& m_connection;
    QHash<QString, Running> m_running; ///< statements that ran when they were looked at last
    qint64 m_looks = 0;
};

} // namespace rewindow
