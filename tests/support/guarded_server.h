// A database server that lets `ann` in with her password only.
#pragma once

#include "support/mariadb_server.h"
#include "support/postgres_server.h"
#include "support/test_support.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace rewindow::test {

class GuardedServer {
  public:
    enum class Kind { Postgres, MariaDb };
    /// Stands nowhere else: where it is found, it was left.
    static QString password() { return QStringLiteral("Sesame-4711-open"); }

    explicit GuardedServer(Kind kind) : m_kind(kind) {}

    /// Why it could not be had, or an empty text.
    QString start() { return m_kind == Kind::Postgres ? startPostgres() : startMariaDb(); }
    QString makeDatabase() {
        return m_kind == Kind::Postgres ? m_postgres.makeDatabase() : m_maria.makeDatabase();
    }
    /// Of `ann`, without her password.
    QString url(const QString& database) const {
        return m_kind == Kind::Postgres ? m_postgres.url(database, QStringLiteral("ann"))
                                        : m_maria.url(database, QStringLiteral("ann"));
    }
    QString urlWithPassword(const QString& database, const QString& secret = password()) const {
        return url(database).replace(QStringLiteral("ann@"), QStringLiteral("ann:%1@").arg(secret));
    }
    /// The file of passwords that this database's clients read, with `ann`'s in it.
    void writePasswordFile(const QString& home) const {
        const bool isPostgres = m_kind == Kind::Postgres;
        QFile file(home + (isPostgres ? QStringLiteral("/.pgpass") : QStringLiteral("/.my.cnf")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s cannot be written", qPrintable(file.fileName()));
        file.write((isPostgres ? QStringLiteral("127.0.0.1:*:*:ann:%1\n")
                               : QStringLiteral("[client]\npassword=%1\n"))
                       .arg(password())
                       .toUtf8());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }

  private:
    QString startPostgres() {
        if (QString failure = m_postgres.start(); !failure.isEmpty())
            return failure;
        OtherSession admin(m_postgres, QStringLiteral("postgres"));
        if (!admin.run(("CREATE ROLE ann SUPERUSER LOGIN PASSWORD '" + password().toUtf8() + "'")
                           .constData()))
            return QString::fromUtf8(admin.lastError());
        QFile rules(m_postgres.folder() + QStringLiteral("/data/pg_hba.conf"));
        if (!rules.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return rules.errorString();
        rules.write("host all ann all scram-sha-256\nhost all all all trust\n");
        rules.close();
        m_postgres.stop();
        return m_postgres.startAgain();
    }
    QString startMariaDb() {
        if (QString failure = m_maria.start(); !failure.isEmpty())
            return failure;
        OtherMariaDbSession admin(m_maria, QStringLiteral("mysql"));
        return admin.run("CREATE USER ann@'%' IDENTIFIED BY '" + password().toUtf8() +
                         "'; GRANT ALL ON *.* TO ann@'%'")
                   ? QString()
                   : QString::fromUtf8(admin.lastError());
    }

    Kind m_kind;
    PostgresServer m_postgres;
    MariaDbServer m_maria;
};

/// The files under `folder` that hold `secret`, in whatever encoding a program would write it.
inline QStringList filesWith(const QString& secret, const QString& folder) {
    const QByteArray utf16(reinterpret_cast<const char*>(secret.utf16()), secret.size() * 2);
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        if (bytes.contains(secret.toUtf8()) || bytes.contains(utf16) ||
            bytes.contains(secret.toUtf8().toBase64().chopped(2)))
            found << file.fileName();
    }
    return found;
}

/// What anyone on the machine may read of a process: its command line and its children's, and, for
/// its owner, its environment.
inline QByteArray shownOf(qint64 process) {
    QByteArray shown;
    for (const char* name : {"cmdline", "environ", "comm"}) {
        QFile file(QStringLiteral("/proc/%1/%2").arg(process).arg(QLatin1String(name)));
        if (file.open(QIODevice::ReadOnly))
            shown += file.readAll() + '\n';
    }
    shown +=
        runProgram(QStringLiteral("ps"), {QStringLiteral("-e"), QStringLiteral("-ww"),
                                          QStringLiteral("-o"), QStringLiteral("pid,ppid,args")})
            .out;
    return shown;
}

} // namespace rewindow::test

Q_DECLARE_METATYPE(rewindow::test::GuardedServer::Kind)
