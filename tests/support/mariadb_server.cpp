// Making, starting and ending a MariaDB server.
#include "support/mariadb_server.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>

#include <mysql.h>

#include <arpa/inet.h>
#include <csignal>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rewindow::test {

namespace {

constexpr int kPatienceMs = 60'000;

int unusedPort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

QString program(const QString& name) {
    return QStandardPaths::findExecutable(
        name,
        {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin"), QStringLiteral("/usr/libexec")});
}

/// Mariadbd does not run as root unless it is told to.
QStringList asWhom() {
    return ::geteuid() == 0 ? QStringList{QStringLiteral("--user=root")} : QStringList();
}

st_mysql* connected(const MariaDbServer& server, const QString& database) {
    st_mysql* connection = mysql_init(nullptr);
    mysql_optionsv(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    return mysql_real_connect(connection, "127.0.0.1", "rewindow", nullptr,
                              database.isEmpty() ? nullptr : database.toUtf8().constData(),
                              static_cast<unsigned>(server.port()), nullptr,
                              CLIENT_MULTI_STATEMENTS) != nullptr
               ? connection
               : (mysql_close(connection), nullptr);
}

} // namespace

MariaDbServer::MariaDbServer() = default;

MariaDbServer::~MariaDbServer() {
    stop();
}

QString MariaDbServer::start(const QStringList& options) {
    if (program(QStringLiteral("mariadbd")).isEmpty())
        return QStringLiteral("there is no MariaDB server here (apt-get install mariadb-server)");
    if (!m_folder.isValid())
        return m_folder.errorString();
    // A server that starts deletes every "#sql" file of its temporary folder, others' as well.
    if (!QDir(m_folder.path()).mkpath(QStringLiteral("tmp")))
        return QStringLiteral("no folder for the server's temporary files can be made");
    QProcess install;
    install.setProcessChannelMode(QProcess::MergedChannels);
    install.start(
        program(QStringLiteral("mariadb-install-db")),
        QStringList{QStringLiteral("--no-defaults"),
                    QStringLiteral("--datadir=") + m_folder.filePath(QStringLiteral("data")),
                    QStringLiteral("--tmpdir=") + m_folder.filePath(QStringLiteral("tmp")),
                    QStringLiteral("--auth-root-authentication-method=normal"),
                    QStringLiteral("--skip-test-db")} +
            asWhom());
    if (!install.waitForFinished(kPatienceMs) || install.exitCode() != 0)
        return QStringLiteral("mariadb-install-db fails: ") + QString::fromUtf8(install.readAll());
    QFile users(m_folder.filePath(QStringLiteral("users.sql")));
    if (!users.open(QIODevice::WriteOnly))
        return users.errorString();
    users.write("CREATE USER IF NOT EXISTS rewindow@'%';\n"
                "GRANT ALL ON *.* TO rewindow@'%' WITH GRANT OPTION;\n");
    users.close();
    m_port = unusedPort();
    return startAgain(options);
}

QString MariaDbServer::startAgain(const QStringList& options) {
    m_process = std::make_unique<QProcess>();
    m_process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process->start(
        program(QStringLiteral("mariadbd")),
        QStringList{QStringLiteral("--no-defaults"),
                    QStringLiteral("--datadir=") + m_folder.filePath(QStringLiteral("data")),
                    QStringLiteral("--tmpdir=") + m_folder.filePath(QStringLiteral("tmp")),
                    QStringLiteral("--init-file=") + m_folder.filePath(QStringLiteral("users.sql")),
                    QStringLiteral("--socket=") + socket(),
                    QStringLiteral("--pid-file=") + m_folder.filePath(QStringLiteral("pid")),
                    QStringLiteral("--bind-address=127.0.0.1"),
                    QStringLiteral("--port=%1").arg(m_port), QStringLiteral("--skip-name-resolve"),
                    QStringLiteral("--innodb-buffer-pool-size=64M"),
                    QStringLiteral("--performance-schema=0")} +
            asWhom() + options);
    if (!m_process->waitForStarted())
        return m_process->errorString();
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < kPatienceMs && m_process->state() == QProcess::Running) {
        if (st_mysql* connection = connected(*this, QString())) {
            mysql_close(connection);
            return {};
        }
        m_process->waitForFinished(50);
    }
    return QStringLiteral("the server does not start: ") + QString::fromUtf8(log());
}

void MariaDbServer::stop() {
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished(kPatienceMs);
    m_process.reset();
}

QByteArray MariaDbServer::log() const {
    QFile file(m_folder.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString MariaDbServer::url(const QString& database, const QString& user) const {
    return QStringLiteral("mysql://%1@127.0.0.1:%2/%3").arg(user).arg(m_port).arg(database);
}

QString MariaDbServer::makeDatabase(const QString& sqlFile) {
    const QString name = QStringLiteral("shop%1").arg(++m_databases);
    OtherMariaDbSession admin(*this, QString());
    if (!admin.run("CREATE DATABASE " + name.toUtf8() + " CHARACTER SET utf8mb4"))
        return {};
    if (sqlFile.isEmpty())
        return name;
    QProcess client;
    client.setStandardInputFile(sqlFile);
    client.setProcessChannelMode(QProcess::MergedChannels);
    client.start(program(QStringLiteral("mariadb")),
                 {QStringLiteral("--no-defaults"), QStringLiteral("--socket=") + socket(),
                  QStringLiteral("--user=rewindow"), name});
    return client.waitForFinished(kPatienceMs) && client.exitCode() == 0 ? name : QString();
}

MariaDbServer& sharedMariaDbServer() {
    static MariaDbServer server;
    static const QString failure = server.start();
    if (!failure.isEmpty())
        qFatal("%s", qPrintable(failure));
    return server;
}

OtherMariaDbSession::OtherMariaDbSession(const MariaDbServer& server, const QString& database)
    : m_connection(connected(server, database)) {
    if (m_connection == nullptr)
        qFatal("the server is not there");
    run("SET SESSION sql_mode='ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_ALL_TABLES'");
}

OtherMariaDbSession::~OtherMariaDbSession() {
    mysql_close(m_connection);
}

bool OtherMariaDbSession::run(const QByteArray& sql) {
    rows(sql);
    return m_error.isEmpty();
}

QList<QList<QByteArray>> OtherMariaDbSession::rows(const QByteArray& sql) {
    QList<QList<QByteArray>> all;
    m_error.clear();
    int left =
        mysql_real_query(m_connection, sql.constData(), static_cast<unsigned long>(sql.size()));
    while (left == 0) {
        if (MYSQL_RES* result = mysql_store_result(m_connection)) {
            all.clear();
            while (MYSQL_ROW row = mysql_fetch_row(result)) {
                const unsigned long* lengths = mysql_fetch_lengths(result);
                QList<QByteArray> texts;
                for (unsigned column = 0; column < mysql_num_fields(result); ++column)
                    texts << (row[column] == nullptr
                                  ? QByteArray()
                                  : QByteArray(row[column],
                                               static_cast<qsizetype>(lengths[column])));
                all << texts;
            }
            mysql_free_result(result);
        }
        left = mysql_next_result(m_connection);
    }
    if (left > 0)
        m_error = QByteArray::number(mysql_errno(m_connection)) + ": " + mysql_error(m_connection);
    return all;
}

qint64 OtherMariaDbSession::unbufferedBytes(const QByteArray& sql) {
    if (mysql_real_query(m_connection, sql.constData(), static_cast<unsigned long>(sql.size())) !=
        0)
        qFatal("%s", mysql_error(m_connection));
    MYSQL_RES* result = mysql_use_result(m_connection);
    const unsigned columns = mysql_num_fields(result);
    qint64 bytes = 0;
    while (MYSQL_ROW row = mysql_fetch_row(result)) {
        const unsigned long* lengths = mysql_fetch_lengths(result);
        for (unsigned column = 0; column < columns; ++column)
            bytes += row[column] == nullptr ? 0 : static_cast<qint64>(lengths[column]);
    }
    mysql_free_result(result);
    return bytes;
}

QByteArray OtherMariaDbSession::value(const QByteArray& sql) {
    const auto all = rows(sql);
    return all.isEmpty() ? QByteArray() : all.front().value(0);
}

} // namespace rewindow::test
