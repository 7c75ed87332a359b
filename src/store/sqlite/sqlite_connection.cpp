// Opening SQLite with the settings every connection of ours has.
#include "store/sqlite/sqlite_connection.h"

#include "store/sqlite/filter_function.h"
#include "store/sqlite/gathered_wal.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>
#include <QVariant>

#include <atomic>
#include <utility>

#include <sqlite3.h>

namespace rewindow {

namespace {

constexpr int kBusyTimeoutMs = 30'000;

QString uriOf(const QString& path, SqliteConnection::Mode mode) {
    QString parameters;
    switch (mode) {
    case SqliteConnection::Mode::ReadOnly:
        parameters = QStringLiteral("mode=ro");
        break;
    case SqliteConnection::Mode::Immutable:
        parameters = QStringLiteral("mode=ro&immutable=1");
        break;
    case SqliteConnection::Mode::ColdLog:
        // Without locks and exclusive, SQLite indexes the log in memory instead of in a file.
        parameters = QStringLiteral("mode=ro&vfs=unix-none");
        break;
    case SqliteConnection::Mode::ReadWrite:
        parameters = QStringLiteral("mode=rw&vfs=") + QLatin1String(gatheringVfs());
        break;
    case SqliteConnection::Mode::Create:
        parameters = QStringLiteral("mode=rwc&vfs=") + QLatin1String(gatheringVfs());
        break;
    }
    return QStringLiteral("file:") + QString::fromLatin1(QUrl::toPercentEncoding(path, "/")) +
           u'?' + parameters;
}

QString wayOutOf(int code) {
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return QStringLiteral("another program keeps it locked: end that, or try again");
    case SQLITE_FULL:
        return QStringLiteral("make room on that disk");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return QStringLiteral("restore it from a backup; sqlite3's .recover may save a part");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return QStringLiteral("check the permissions of the file and its folder");
    case SQLITE_IOERR:
        return QStringLiteral("check the disk it lies on");
    default:
        return {};
    }
}

} // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const QString& path, Mode mode) {
    static std::atomic<quint64> opened = 0;
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection);
    connection->m_name = QStringLiteral("rewindow-%1").arg(++opened);
    connection->m_path = path;
    if (!QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name).isValid())
        return fail(Error::Kind::Storage, QStringLiteral("Qt's SQLite driver cannot be loaded"),
                    QStringLiteral("install libqt6sql6-sqlite"));
    if (const auto done = connection->openAs(mode); !done)
        return std::unexpected(done.error());
    return connection;
}

Result<void> SqliteConnection::reopen(Mode mode, const QString& path) {
    close();
    m_path = path;
    return openAs(mode);
}

Result<void> SqliteConnection::openAs(Mode mode) {
    QSqlDatabase database = QSqlDatabase::database(m_name, false);
    database.setDatabaseName(uriOf(m_path, mode));
    database.setConnectOptions(
        QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1").arg(kBusyTimeoutMs));
    m_lease = OpenFileLease(m_path);
    if (!database.open())
        return fail(Error::Kind::Storage,
                    QStringLiteral("%1 cannot be opened: %2")
                        .arg(m_path, database.lastError().databaseText()),
                    wayOutOf(SQLITE_CANTOPEN));
    m_handle = *static_cast<sqlite3* const*>(database.driver()->handle().constData());

    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_wal_autocheckpoint(m_handle, 0);
    registerFilterFunction(m_handle);
    m_flushesCommits = true;
    QStringList pragmas;
    if (mode == Mode::ReadWrite || mode == Mode::Create)
        pragmas = {QStringLiteral("PRAGMA journal_mode=WAL"),
                   QStringLiteral("PRAGMA synchronous=FULL"),
                   QStringLiteral("PRAGMA foreign_keys=ON")};
    else if (mode == Mode::ColdLog)
        pragmas = {QStringLiteral("PRAGMA locking_mode=EXCLUSIVE")};
    for (const QString& pragma : pragmas)
        if (const auto set = execute(pragma); !set)
            return set;
    if (!m_lease.isHeld())
        m_lease = OpenFileLease(m_path);
    return {};
}

void SqliteConnection::close() {
    for (sqlite3_stmt** statement : {&m_begin, &m_commit})
        sqlite3_finalize(std::exchange(*statement, nullptr));
    QSqlDatabase::database(m_name, false).close();
    m_handle = nullptr;
    m_lease = OpenFileLease();
}

SqliteConnection::~SqliteConnection() {
    close();
    QSqlDatabase::removeDatabase(m_name);
}

QSqlDatabase SqliteConnection::database() const {
    return QSqlDatabase::database(m_name, false);
}

Result<void> SqliteConnection::setFlushesCommits(bool flushes) {
    if (m_flushesCommits == flushes)
        return {};
    const auto set = execute(flushes ? QStringLiteral("PRAGMA synchronous=FULL")
                                     : QStringLiteral("PRAGMA synchronous=NORMAL"));
    if (set)
        m_flushesCommits = flushes;
    return set;
}

bool SqliteConnection::isInTransaction() const {
    return sqlite3_get_autocommit(m_handle) == 0;
}

int SqliteConnection::stepCompiled(sqlite3_stmt*& statement, const char* sql) {
    if (statement == nullptr)
        if (const int prepared = sqlite3_prepare_v3(m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                                    &statement, nullptr);
            prepared != SQLITE_OK)
            return prepared;
    sqlite3_step(statement);
    return sqlite3_reset(statement); // says what the step said
}

Result<void> SqliteConnection::beginImmediate() {
    if (stepCompiled(m_begin, "BEGIN IMMEDIATE") != SQLITE_OK)
        return std::unexpected(lastError(QStringLiteral("beginning to write")));
    return {};
}

Result<void> SqliteConnection::commit() {
    if (stepCompiled(m_commit, "COMMIT") != SQLITE_OK)
        return std::unexpected(lastError(QStringLiteral("committing")));
    return {};
}

Result<void> SqliteConnection::execute(const QString& sql) {
    if (sqlite3_exec(m_handle, sql.toUtf8().constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return std::unexpected(lastError(QStringLiteral("\"%1\"").arg(sql)));
    return {};
}

Error SqliteConnection::lastError(const QString& doing) const {
    return Error{Error::Kind::Storage,
                 QStringLiteral("%1 failed in %2: %3")
                     .arg(doing, m_path, QString::fromUtf8(sqlite3_errmsg(m_handle))),
                 {},
                 wayOutOf(sqlite3_errcode(m_handle) & 0xff)};
}

} // namespace rewindow
