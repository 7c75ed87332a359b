// The kinds of server that stores lie on, for what tests promise of each.
#pragma once

#include "store/mariadb/maria_connection.h"
#include "store/postgres/pg_connection.h"
#include "store/store.h"
#include "support/mariadb_server.h"
#include "support/postgres_server.h"
#include "support/test_support.h"

#include <QFile>

namespace rewindow::test {

struct OnPostgres {
    using Server = PostgresServer;
    using Session = OtherSession;
    using Connection = PgConnection;

    static Server& shared() { return sharedPostgresServer(); }
    static QString scheme() { return QStringLiteral("postgresql"); }
    static QByteArray inProfiles() { return "postgresql"; }
    /// A database that every server has.
    static QString anyDatabase() { return QStringLiteral("postgres"); }
    /// The end of an address whose session is not encrypted.
    static QString inTheClear() { return QStringLiteral("?sslmode=disable"); }
    /// As a client says it. A transaction begins with a word that goes on: COMMITTED.
    static QByteArray commit() { return {"COMMIT\0", 7}; }
    static QString unanswered() { return QStringLiteral("timeout"); }
    static QString refusesToWrite() { return QStringLiteral("read-only"); }
    static constexpr const char* kMakeTable = "CREATE TABLE public.x(y int)";
    static constexpr const char* kSleep = "SELECT pg_sleep(60)";
    /// Takes a lock in a session that only reads, and tells how many hold it.
    static constexpr const char* kLock = "pg_advisory_lock(4711)";
    static constexpr const char* kLockHolders =
        "SELECT count(*) FROM pg_locks WHERE locktype='advisory' AND objid=4711";

    static void cutOthers(Session& session) {
        session.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                    "datname=current_database() AND pid<>pg_backend_pid()");
    }
};

struct OnMariaDb {
    using Server = MariaDbServer;
    using Session = OtherMariaDbSession;
    using Connection = MariaConnection;

    static Server& shared() { return sharedMariaDbServer(); }
    static QString scheme() { return QStringLiteral("mysql"); }
    static QByteArray inProfiles() { return "mariadb"; }
    static QString anyDatabase() { return QStringLiteral("mysql"); }
    static QString inTheClear() { return {}; }
    static QByteArray commit() { return "COMMIT"; }
    static QString unanswered() { return QStringLiteral("cannot be reached"); }
    static QString refusesToWrite() { return QStringLiteral("READ ONLY"); }
    static constexpr const char* kMakeTable = "CREATE TABLE x(y int)";
    static constexpr const char* kSleep = "SELECT sleep(60)";
    static constexpr const char* kLock = "get_lock('mutant',0)";
    static constexpr const char* kLockHolders = "SELECT is_used_lock('mutant') IS NOT NULL";

    static void cutOthers(Session& session) {
        for (const auto& other : session.rows("SELECT id FROM information_schema.processlist WHERE "
                                              "db=database() AND id<>connection_id()"))
            session.run("KILL " + other[0]);
    }
};

inline StoreUrl parsed(const QString& url) {
    const auto parsedUrl = StoreUrl::parse(url);
    if (!parsedUrl)
        qFatal("%s", qPrintable(parsedUrl.error().sentence()));
    return *parsedUrl;
}

/// Of a database on the server that all tests of a program share.
template <class Kind>
StoreUrl sharedUrl(const QString& database) {
    return parsed(Kind::shared().url(database));
}

/// A statement without parameters.
inline BoundSql plain(const char* sql) {
    return {QString::fromUtf8(sql), {}};
}

/// A file for nobody else's eyes.
inline void writeFile(const QString& path, const QByteArray& text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(path));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

/// A certificate of a server that is called `elsewhere`, signed by itself.
inline int makeCertificate(const QString& key, const QString& certificate) {
    using namespace Qt::StringLiterals;
    return runProgram(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s,
                                     u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=elsewhere"_s,
                                     u"-keyout"_s, key, u"-out"_s, certificate})
        .exitCode;
}

} // namespace rewindow::test
