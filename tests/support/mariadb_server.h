// A MariaDB server of a test's own, on a private port and socket, gone with the test.
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>

struct st_mysql;

namespace rewindow::test {

/// One server with its data in a temporary folder; as root it stays root. Its texts are compared
/// without regard to case, as is usual.
class MariaDbServer {
  public:
    MariaDbServer();
    ~MariaDbServer();
    Q_DISABLE_COPY_MOVE(MariaDbServer)

    /// Makes the data and starts it; why it could not, or an empty text.
    QString start(const QStringList& options = {});
    /// Starts it again after stop(), with further options: "--read-only=1".
    QString startAgain(const QStringList& options = {});
    void stop(); ///< at once, its sessions cut off

    int port() const { return m_port; }
    QString socket() const { return m_folder.filePath(QStringLiteral("socket")); }
    QString folder() const { return m_folder.path(); }
    QByteArray log() const;
    /// The address of a database, of a user who may do everything unless another is named.
    QString url(const QString& database, const QString& user = QStringLiteral("rewindow")) const;
    /// Makes a new database, named by a counter, and fills it by a file of SQL, if one is given.
    QString makeDatabase(const QString& sqlFile = {});

  private:
    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_process;
    int m_port = 0;
    int m_databases = 0;
};

/// One for all tests of a program, started when it is first asked for.
MariaDbServer& sharedMariaDbServer();

/// A plain connection to it, as any other program would have it. Identifiers stand in `"`.
class OtherMariaDbSession {
  public:
    OtherMariaDbSession(const MariaDbServer& server, const QString& database);
    ~OtherMariaDbSession();
    Q_DISABLE_COPY_MOVE(OtherMariaDbSession)

    bool run(const QByteArray& sql); ///< one statement or several
    /// All rows of the last statement that has some, each a list of texts; NULL as a null
    /// QByteArray.
    QList<QList<QByteArray>> rows(const QByteArray& sql);
    QByteArray value(const QByteArray& sql); ///< the first of the first row
    /// Takes all rows as the client library hands them over, one by one, and looks at each cell;
    /// how many bytes their texts have.
    qint64 unbufferedBytes(const QByteArray& sql);
    /// Of the last call; empty where it did not fail.
    QByteArray lastError() const { return m_error; }

  private:
    st_mysql* m_connection;
    QByteArray m_error;
};

} // namespace rewindow::test
