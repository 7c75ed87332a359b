#include "support/postgres_server.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <libpq-fe.h>

#include <arpa/inet.h>
#include <csignal>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rewindow::test {

namespace {

constexpr int kPatienceMs = 60'000;

QString programs() {
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    for (const QString& version :
         versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed))
        if (QFile::exists(versions.filePath(version + QStringLiteral("/bin/initdb"))))
            return versions.filePath(version + QStringLiteral("/bin"));
    return {};
}

int freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    if (socket < 0)
        return 0;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0)
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

const passwd* serverUser() {
    return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
}

} // namespace

PostgresServer::PostgresServer() = default;

PostgresServer::~PostgresServer() {
    stop();
}

void PostgresServer::prepare(QProcess& process) const {
    process.setWorkingDirectory(m_folder.path());
    process.setChildProcessModifier([user = serverUser()] {
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
        if (user != nullptr && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 ||
                                ::setuid(user->pw_uid) != 0))
            ::_exit(1);
        // A change of user takes this back.
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    });
}

QString PostgresServer::run(const QString& program, const QStringList& arguments) const {
    QProcess process;
    prepare(process);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(programs() + u'/' + program, arguments);
    if (!process.waitForFinished(kPatienceMs))
        return program + QStringLiteral(" does not end: ") + process.errorString();
    return process.exitCode() == 0
               ? QString()
               : program + QStringLiteral(" fails: ") + QString::fromUtf8(process.readAll());
}

QString PostgresServer::prepareFolder() const {
    if (programs().isEmpty())
        return QStringLiteral("there is no PostgreSQL server here (apt-get install postgresql-15)");
    if (!m_folder.isValid())
        return m_folder.errorString();
    if (const passwd* user = serverUser())
        if (::chown(QFile::encodeName(m_folder.path()).constData(), user->pw_uid, user->pw_gid) !=
            0)
            return QStringLiteral("the server's folder cannot be given to it");
    return {};
}

QString PostgresServer::startStandbyOf(const PostgresServer& primary) {
    if (const QString unready = prepareFolder(); !unready.isEmpty())
        return unready;
    QString copied =
        run(QStringLiteral("pg_basebackup"),
            {QStringLiteral("-D"), m_folder.filePath(QStringLiteral("data")), QStringLiteral("-d"),
             primary.url(QStringLiteral("postgres")), QStringLiteral("-R"), QStringLiteral("-X"),
             QStringLiteral("stream"), QStringLiteral("-c"), QStringLiteral("fast"),
             QStringLiteral("--no-sync")});
    if (!copied.isEmpty())
        return copied;
    m_port = freePort();
    return startAgain();
}

QString PostgresServer::start() {
    if (const QString unready = prepareFolder(); !unready.isEmpty())
        return unready;
    QString made =
        run(QStringLiteral("initdb"),
            {QStringLiteral("-D"), m_folder.filePath(QStringLiteral("data")), QStringLiteral("-U"),
             QStringLiteral("rewindow"), QStringLiteral("--auth=trust"), QStringLiteral("-E"),
             QStringLiteral("UTF8"), QStringLiteral("--locale=C.UTF-8"),
             QStringLiteral("--locale-provider=icu"), QStringLiteral("--icu-locale=en"),
             QStringLiteral("--no-sync")});
    if (!made.isEmpty())
        return made;
    m_port = freePort();
    return startAgain();
}

QString PostgresServer::startAgain(const QStringList& settings) {
    QStringList arguments{QStringLiteral("-D"), m_folder.filePath(QStringLiteral("data")),
                          QStringLiteral("-p"), QString::number(m_port)};
    for (const QString& setting :
         QStringList{QStringLiteral("listen_addresses=127.0.0.1"),
                     QStringLiteral("unix_socket_directories="), QStringLiteral("fsync=off"),
                     QStringLiteral("max_connections=100")} +
             settings)
        arguments << QStringLiteral("-c") << setting;
    m_process = std::make_unique<QProcess>();
    prepare(*m_process);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process->start(programs() + QStringLiteral("/postgres"), arguments);
    if (!m_process->waitForStarted())
        return m_process->errorString();
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < kPatienceMs && m_process->state() == QProcess::Running) {
        if (PQping(url(QStringLiteral("postgres")).toUtf8().constData()) == PQPING_OK)
            return {};
        m_process->waitForFinished(50);
    }
    return QStringLiteral("the server does not start: ") + QString::fromUtf8(log());
}

QString PostgresServer::promote() const {
    return run(QStringLiteral("pg_ctl"),
               {QStringLiteral("promote"), QStringLiteral("-D"),
                m_folder.filePath(QStringLiteral("data")), QStringLiteral("-w")});
}

void PostgresServer::stop() {
    if (!m_process)
        return;
    ::kill(static_cast<pid_t>(m_process->processId()), SIGQUIT);
    if (!m_process->waitForFinished(kPatienceMs))
        m_process->kill();
    m_process.reset();
}

QByteArray PostgresServer::log() const {
    QFile file(m_folder.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void PostgresServer::own(const QString& path) {
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    if (const passwd* user = serverUser())
        if (::chown(QFile::encodeName(path).constData(), user->pw_uid, user->pw_gid) != 0)
            qFatal("%s cannot be given away", qPrintable(path));
}

QString PostgresServer::url(const QString& database, const QString& user) const {
    return QStringLiteral("postgresql://%1@127.0.0.1:%2/%3").arg(user).arg(m_port).arg(database);
}

QString PostgresServer::makeDatabase(const QString& sqlFile) {
    QString name = QStringLiteral("shop%1").arg(++m_databases);
    OtherSession admin(*this, QStringLiteral("postgres"));
    if (!admin.run("CREATE DATABASE " + name.toUtf8()))
        return {};
    if (sqlFile.isEmpty())
        return name;
    QProcess psql;
    psql.setStandardInputFile(sqlFile);
    psql.setProcessChannelMode(QProcess::MergedChannels);
    psql.start(programs() + QStringLiteral("/psql"),
               {QStringLiteral("-qXv"), QStringLiteral("ON_ERROR_STOP=1"), url(name)});
    return psql.waitForFinished(kPatienceMs) && psql.exitCode() == 0 ? name : QString();
}

PostgresServer& sharedPostgresServer() {
    static PostgresServer server;
    static const QString failure = server.start();
    if (!failure.isEmpty())
        qFatal("%s", qPrintable(failure));
    return server;
}

OtherSession::OtherSession(const PostgresServer& server, const QString& database)
    : m_connection(PQconnectdb(server.url(database).toUtf8().constData())) {
    PQsetNoticeProcessor(
        m_connection, [](void*, const char*) {}, nullptr);
}

OtherSession::~OtherSession() {
    PQfinish(m_connection);
}

bool OtherSession::run(const char* sql) {
    PGresult* result = PQexec(m_connection, sql);
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

QList<QList<QByteArray>> OtherSession::rows(const char* sql) {
    PGresult* result = PQexec(m_connection, sql);
    QList<QList<QByteArray>> all;
    for (int row = 0; row < PQntuples(result); ++row) {
        QList<QByteArray> texts;
        for (int column = 0; column < PQnfields(result); ++column)
            texts << (PQgetisnull(result, row, column) != 0
                          ? QByteArray()
                          : QByteArray(PQgetvalue(result, row, column),
                                       PQgetlength(result, row, column)));
        all << texts;
    }
    PQclear(result);
    return all;
}

QByteArray OtherSession::value(const char* sql) {
    const auto all = rows(sql);
    return all.isEmpty() ? QByteArray() : all.front().value(0);
}

qint64 OtherSession::copiedBytes(const QByteArray& sql) {
    PGresult* begun = PQexec(m_connection, "COPY (" + sql + ") TO STDOUT");
    const bool isCopying = PQresultStatus(begun) == PGRES_COPY_OUT;
    PQclear(begun);
    qint64 bytes = 0;
    char* row = nullptr;
    while (isCopying) {
        const int size = PQgetCopyData(m_connection, &row, 0);
        if (size <= 0)
            break;
        bytes += size;
        PQfreemem(row);
    }
    while (PGresult* rest = PQgetResult(m_connection))
        PQclear(rest);
    return isCopying ? bytes : -1;
}

QByteArray OtherSession::lastError() const {
    return PQerrorMessage(m_connection);
}

} // namespace rewindow::test
