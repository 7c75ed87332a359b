// A PostgreSQL server of a test's own, on a private port, gone with the test.
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>

struct pg_conn;

namespace rewindow::test {

/// One cluster in a temporary folder. The server refuses to run as root; there it runs as the user
/// `postgres`. Its texts are ordered by a language's rules and not by bytes, as is usual.
class PostgresServer {
  public:
    PostgresServer();
    ~PostgresServer();
    Q_DISABLE_COPY_MOVE(PostgresServer)

    /// Makes the cluster and starts it; why it could not, or an empty text.
    QString start();
    /// Makes a hot standby of a server that runs, and starts that.
    QString startStandbyOf(const PostgresServer& primary);
    /// Starts it again after stop(), with what is set besides: "wal_level=replica".
    QString startAgain(const QStringList& settings = {});
    /// Of a standby: makes it a primary; why it could not, or an empty text.
    QString promote() const;
    void stop(); ///< at once, its sessions cut off
    /// What the server has written to its log.
    QByteArray log() const;

    /// Gives a file of its folder to the server, for its eyes alone.
    static void own(const QString& path);

    int port() const { return m_port; }
    QString folder() const { return m_folder.path(); }
    /// The address of a database, of the server's superuser unless another is named.
    QString url(const QString& database, const QString& user = QStringLiteral("rewindow")) const;
    /// Makes a new database, named by a counter, and fills it by a file of SQL, if one is given.
    QString makeDatabase(const QString& sqlFile = {});

  private:
    /// Gives the folder to who the server runs as.
    QString prepareFolder() const;
    QString run(const QString& program, const QStringList& arguments) const;
    void prepare(QProcess& process) const;

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_process;
    int m_port = 0;
    int m_databases = 0;
};

/// One for all tests of a program, started when it is first asked for.
PostgresServer& sharedPostgresServer();

/// A plain connection to it, as any other program would have it.
class OtherSession {
  public:
    OtherSession(const PostgresServer& server, const QString& database);
    ~OtherSession();
    Q_DISABLE_COPY_MOVE(OtherSession)

    bool run(const char* sql); ///< one statement or several
    /// All rows, each a list of texts; NULL as a null QByteArray.
    QList<QList<QByteArray>> rows(const char* sql);
    QByteArray value(const char* sql); ///< the first of the first row
    /// How many bytes the server sends for `COPY (sql) TO STDOUT`.
    qint64 copiedBytes(const QByteArray& sql);
    QByteArray lastError() const;

  private:
    pg_conn* m_connection;
};

} // namespace rewindow::test
