// How a session with a MariaDB server is opened and set up.
#include "store/mariadb/maria_session.h"

#include "store/passwords.h"

#include <QDir>
#include <QFile>

#include <mysql.h>

namespace rewindow {

namespace {

constexpr qint64 kLargestOptionFile = 1'048'576;
/// None of them hands the server a password that it could use elsewhere.
constexpr const char* kAuthentication =
    "mysql_native_password,client_ed25519,caching_sha2_password";

QByteArray rootCertificates() {
    const QString system = QStringLiteral("/etc/ssl/certs/ca-certificates.crt");
    return QFile::exists(system) ? QFile::encodeName(system) : QByteArray();
}

QString modeOf(const ServerAddress& server) {
    QString mode = server.option(QStringLiteral("sslmode"));
    if (!mode.isEmpty())
        return mode;
    return server.isLocal() ? QStringLiteral("disable") : QStringLiteral("verify-full");
}

/// No file of ours is any server's business.
int refuseFile(void**, const char*, void*) {
    return 1;
}
int readNothing(void*, char*, unsigned) {
    return -1;
}
void endNothing(void*) {}
int tellRefusal(void*, char* message, unsigned size) {
    qstrncpy(message, "the server asked for a file of this machine, and gets none", size);
    return 1;
}

QByteArray unquoted(QByteArray value) {
    if (value.size() >= 2 && (value.startsWith('"') || value.startsWith('\'')) &&
        value.endsWith(value.front()))
        return value.mid(1, value.size() - 2);
    return value;
}

} // namespace

MariaLogin loginIn(const QByteArray& optionFile) {
    MariaLogin login;
    bool isOurs = false;
    for (const QByteArray& raw : optionFile.split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.startsWith('[')) {
            isOurs = line == "[client]" || line == "[client-mariadb]" || line == "[mysql]" ||
                     line == "[rewindow]";
            continue;
        }
        if (!isOurs || line.startsWith('#') || line.startsWith(';'))
            continue;
        const qsizetype equals = line.indexOf('=');
        const QByteArray key = line.left(equals).trimmed();
        const QByteArray value = unquoted(line.mid(equals + 1).trimmed());
        if (equals > 0 && key == "user")
            login.user = value;
        else if (equals > 0 && key == "password")
            login.password = value;
    }
    return login;
}

MariaLogin loginFor(const StoreUrl& url) {
    MariaLogin login{url.server().user().toUtf8(), passwords::of(url).toUtf8()};
    if (!login.password.isEmpty())
        return login;
    QFile file(QDir::homePath() + QStringLiteral("/.my.cnf"));
    // What anyone may write to is nobody's word.
    if (file.permissions().testFlag(QFile::WriteOther) || !file.open(QIODevice::ReadOnly))
        return login;
    const MariaLogin kept = loginIn(file.read(kLargestOptionFile));
    if (login.user.isEmpty())
        login.user = kept.user;
    login.password = kept.password;
    return login;
}

bool needsEncryption(const StoreUrl& url) {
    return modeOf(url.server()) != u"disable";
}

Result<void> prepare(st_mysql* connection, const StoreUrl& url) {
    const ServerAddress& server = url.server();
    const auto set = [connection](mysql_option option, const void* value) {
        mysql_optionsv(connection, option, value);
    };
    const auto timeout = static_cast<unsigned>(server.connectTimeoutSeconds());
    set(MYSQL_OPT_NONBLOCK, nullptr);
    set(MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
    set(MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const unsigned no = 0;
    set(MYSQL_OPT_LOCAL_INFILE, &no);
    mysql_set_local_infile_handler(connection, &refuseFile, &readNothing, &endNothing, &tellRefusal,
                                   nullptr);
    set(MARIADB_OPT_RESTRICTED_AUTH, kAuthentication);

    const QString mode = modeOf(server);
    if (mode == u"disable")
        return {};
    if (mode != u"require" && mode != u"verify-full")
        return fail(
            Error::Kind::Usage,
            QStringLiteral("sslmode can be disable, require or verify-full, not \"%1\"").arg(mode));
    const my_bool yes = 1;
    set(MYSQL_OPT_SSL_ENFORCE, &yes);
    if (mode == u"require")
        return {};
    set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
    QByteArray roots = QFile::encodeName(server.option(QStringLiteral("sslrootcert")));
    if (roots.isEmpty())
        roots = rootCertificates();
    if (!roots.isEmpty())
        set(MYSQL_OPT_SSL_CA, roots.constData());
    return {};
}

QStringList sessionStatements(MariaConnection::Purpose purpose) {
    // The statements that all databases share quote identifiers by `"`, and texts take a backslash
    // for a backslash. Texts are compared byte by byte unless a column says otherwise.
    QString settings = QStringLiteral(
        "SET SESSION sql_mode='ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES,"
        "NO_ENGINE_SUBSTITUTION',collation_connection='utf8mb4_nopad_bin',time_zone='+00:00',"
        "autocommit=1,sql_select_limit=DEFAULT,lock_wait_timeout=30,innodb_lock_wait_timeout=30,"
        // Between two rows of a long answer, its visitor may take his time.
        "net_write_timeout=600,max_statement_time=");
    if (purpose == MariaConnection::Purpose::Read)
        return {settings + QStringLiteral("120"),
                QStringLiteral("SET SESSION TRANSACTION READ ONLY")};
    // What is read after waiting for a lock must be what the one before has committed.
    return {settings + QStringLiteral("600"),
            QStringLiteral("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")};
}

} // namespace rewindow
