// How a session with a PostgreSQL server is opened and set up.
#include "store/postgres/pg_session.h"

#include "store/passwords.h"

#include <QDir>
#include <QFile>

namespace rewindow {

namespace {

/// After so long without an acknowledgement a connection counts as lost.
const QByteArray kUnansweredMs = QByteArrayLiteral("30000");

QByteArray rootCertificates() {
    if (qEnvironmentVariableIsSet("PGSSLROOTCERT") ||
        QFile::exists(QDir::homePath() + QStringLiteral("/.postgresql/root.crt")))
        return {};
    // libpq 15 does not look where the system keeps those it trusts.
    const QString system = QStringLiteral("/etc/ssl/certs/ca-certificates.crt");
    return QFile::exists(system) ? QFile::encodeName(system) : QByteArray();
}

} // namespace

PgKeywords connectionKeywords(const StoreUrl& url, const ServerAddress::Host& host,
                              const QString& session) {
    const ServerAddress& server = url.server();
    const auto option = [&server](const char* name) {
        return server.option(QLatin1String(name)).toUtf8();
    };
    QByteArray mode = option("sslmode");
    if (mode.isEmpty())
        mode = server.isLocal() ? QByteArrayLiteral("prefer") : QByteArrayLiteral("verify-full");
    QByteArray roots = option("sslrootcert");
    if (roots.isEmpty() && mode.startsWith("verify"))
        roots = rootCertificates();

    PgKeywords keywords;
    const auto add = [&keywords](const char* key, const QByteArray& value) {
        if (!value.isEmpty())
            keywords.pairs.emplace_back(key, value);
    };
    add("host", host.name.toUtf8());
    if (host.port != 0)
        add("port", QByteArray::number(host.port));
    add("dbname", server.database().toUtf8());
    add("user", server.user().toUtf8());
    add("password", passwords::of(url).toUtf8());
    add("sslmode", mode);
    add("sslrootcert", roots);
    add("target_session_attrs", session.toUtf8());
    add("tcp_user_timeout", kUnansweredMs);
    add("gssencmode", QByteArrayLiteral("disable"));
    add("client_encoding", QByteArrayLiteral("UTF8"));
    add("application_name", QByteArrayLiteral("Rewindow"));
    return keywords;
}

QStringList sessionStatements(PgConnection::Purpose purpose) {
    QStringList statements{
        QStringLiteral("SET standard_conforming_strings=on"),
        // Every table is named with its schema; nothing of a schema may stand in for what is built
        // in.
        QStringLiteral("SET search_path=pg_catalog,pg_temp"),
        QStringLiteral("SET client_min_messages=warning"),
        QStringLiteral("SET bytea_output='hex'"),
        QStringLiteral("SET DateStyle='ISO'"),
        QStringLiteral("SET TimeZone='UTC'"),
        QStringLiteral("SET lock_timeout='30s'"),
        QStringLiteral("SET idle_in_transaction_session_timeout='10min'"),
    };
    if (purpose == PgConnection::Purpose::Read) {
        statements << QStringLiteral("SET statement_timeout='2min'")
                   << QStringLiteral("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
    } else {
        // What is acknowledged is on disk, whatever the server is set to.
        statements << QStringLiteral("SET statement_timeout='10min'")
                   << QStringLiteral("SELECT set_config('synchronous_commit','on',false) "
                                     "WHERE current_setting('synchronous_commit')='off'");
    }
    return statements;
}

QByteArray numberedParameters(const QString& sql) {
    QByteArray numbered;
    numbered.reserve(sql.size() + 16);
    int parameters = 0;
    char quote = 0;
    for (const char byte : sql.toUtf8()) {
        if (quote != 0) {
            numbered += byte;
            if (byte == quote)
                quote = 0;
        } else if (byte == '?') {
            numbered += '$' + QByteArray::number(++parameters);
        } else {
            numbered += byte;
            if (byte == '"' || byte == '\'')
                quote = byte;
        }
    }
    return numbered;
}

} // namespace rewindow
