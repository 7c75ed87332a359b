// A new store, with a temporary folder where workspaces and profiles lie.
#pragma once

#include "store/store.h"
#include "support/idle_store.h"
#include "support/mariadb_server.h"
#include "support/postgres_server.h"
#include "support/test_support.h"

#include <QTemporaryDir>

#include <memory>
#include <sqlite3.h>
#include <vector>

namespace rewindow::test {

/// Which database new stores lie in: SQLite, or what REWINDOW_TEST_STORE says. Every promise of a
/// store is the same in all of them.
inline bool isOnPostgres() {
    return qEnvironmentVariable("REWINDOW_TEST_STORE") == QLatin1String("postgresql");
}
inline bool isOnMariaDb() {
    return qEnvironmentVariable("REWINDOW_TEST_STORE") == QLatin1String("mariadb");
}
/// It lies nowhere and does nothing, for what must not pass.
inline bool isIdle() {
    return qEnvironmentVariable("REWINDOW_TEST_STORE") == QLatin1String("idle");
}

class ScratchStore {
  public:
    explicit ScratchStore(const QString& domain = {}) {
        qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
        if (isOnPostgres())
            m_database = sharedPostgresServer().makeDatabase();
        if (isOnMariaDb())
            m_database = sharedMariaDbServer().makeDatabase();
        if (isIdle()) {
            m_store = std::make_unique<IdleStore>();
            return;
        }
        auto made = Store::create(url(), domain);
        if (made)
            m_store = std::move(*made);
        else
            qFatal("%s", qPrintable(made.error().sentence()));
    }

    Store& operator*() { return *m_store; }
    Store* operator->() { return m_store.get(); }
    QString path() const { return m_folder.filePath(QStringLiteral("scratch.db")); }
    QString folder() const { return m_folder.path(); }
    const QString& database() const { return m_database; }
    StoreUrl url() const {
        if (isOnPostgres())
            return *StoreUrl::parse(sharedPostgresServer().url(m_database));
        if (isOnMariaDb())
            return *StoreUrl::parse(sharedMariaDbServer().url(m_database));
        return StoreUrl::sqliteFile(path());
    }
    EventWriter& writer() { return **m_store->writer(); }

    void close() { m_store.reset(); }
    void reopen() {
        if (isIdle())
            return;
        m_store.reset();
        auto opened = Store::open(url(), Store::Access::ReadWrite);
        if (opened)
            m_store = std::move(*opened);
        else
            qFatal("%s", qPrintable(opened.error().sentence()));
    }

    /// Appends one event, with an id that follows from stream and data; returns its position.
    GlobalPosition append(const QString& stream, const QString& type, const QByteArray& data) {
        const NewEvent event{QStringLiteral("event-%1").arg(++m_events), type, data, {}, {}, {},
                             Timestamp(1'700'000'000'000'000 + m_events)};
        const auto outcome = writer().append(stream, ExpectedVersion::any(), std::span(&event, 1));
        if (!outcome || !std::holds_alternative<Appended>(*outcome))
            qFatal("append failed");
        return std::get<Appended>(*outcome).position;
    }

  private:
    QTemporaryDir m_folder;
    QString m_database; ///< on a server
    std::unique_ptr<Store> m_store;
    qint64 m_events = 0;
};

/// SQLite by its own C API, to look at a file behind the store's back, or to damage it.
class RawSqlite {
  public:
    explicit RawSqlite(const QString& path) {
        if (sqlite3_open(path.toUtf8().constData(), &m_handle) != SQLITE_OK)
            qFatal("%s", sqlite3_errmsg(m_handle));
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    RawSqlite(const RawSqlite&) = delete;
    RawSqlite& operator=(const RawSqlite&) = delete;
    ~RawSqlite() { sqlite3_close(m_handle); }

    /// Each row's columns joined by '|'; a failure is fatal.
    QStringList run(const char* sql) {
        QStringList rows;
        const auto collect = [](void* into, int columns, char** values, char**) {
            QStringList row;
            for (int i = 0; i < columns; ++i)
                row += values[i] ? QString::fromUtf8(values[i]) : QStringLiteral("NULL");
            static_cast<QStringList*>(into)->append(row.join(u'|'));
            return 0;
        };
        if (sqlite3_exec(m_handle, sql, collect, &rows, nullptr) != SQLITE_OK)
            qFatal("%s: %s", sql, sqlite3_errmsg(m_handle));
        return rows;
    }
    QString value(const char* sql) { return run(sql).value(0); }

  private:
    sqlite3* m_handle = nullptr;
};

/// The tables of a ScratchStore by plain SQL, behind the store's back, in whatever database.
class RawStore {
  public:
    explicit RawStore(const ScratchStore& store) {
        if (isOnPostgres())
            m_postgres = std::make_unique<OtherSession>(sharedPostgresServer(), store.database());
        else if (isOnMariaDb())
            m_maria =
                std::make_unique<OtherMariaDbSession>(sharedMariaDbServer(), store.database());
        else
            m_file = std::make_unique<RawSqlite>(store.path());
    }

    /// Each row's columns joined by '|'; a failure is fatal.
    QStringList run(const char* sql) {
        if (m_file)
            return m_file->run(sql);
        QStringList rows;
        for (const auto& row : m_postgres ? m_postgres->rows(sql) : m_maria->rows(sql)) {
            QStringList texts;
            for (const QByteArray& text : row)
                texts += text.isNull() ? QStringLiteral("NULL") : QString::fromUtf8(text);
            rows += texts.join(u'|');
        }
        const QByteArray error = m_postgres ? m_postgres->lastError() : m_maria->lastError();
        if (!error.isEmpty())
            qFatal("%s: %s", sql, error.constData());
        return rows;
    }
    QString value(const char* sql) { return run(sql).value(0); }
    /// Names of tables and indexes that hold `part`.
    QStringList named(const QByteArray& part) {
        const QByteArray like = " LIKE '%" + part + "%'";
        if (m_file)
            return run("SELECT name FROM sqlite_schema WHERE name" + like + " ORDER BY 1");
        if (m_postgres)
            return run("SELECT relname FROM pg_class WHERE relname" + like + " ORDER BY 1");
        return run("SELECT table_name FROM information_schema.tables WHERE "
                   "table_schema=database() AND table_name" +
                   like +
                   " UNION SELECT index_name FROM information_schema.statistics WHERE "
                   "table_schema=database() AND index_name" +
                   like + " ORDER BY 1");
    }
    /// No other writer gets on until release().
    void hold() {
        run(m_file ? "BEGIN IMMEDIATE" : "BEGIN; SELECT 1 FROM rewindow_meta FOR UPDATE");
    }
    void release() { run("ROLLBACK"); }
    /// Whatever changes a row of `table` fails, until it is let again.
    void refuseChanges(const QByteArray& table) {
        if (m_file)
            run("CREATE TRIGGER stuck BEFORE UPDATE ON " + table +
                " BEGIN SELECT RAISE(ABORT, 'no'); END");
        else if (m_postgres)
            run("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
                "'BEGIN RAISE EXCEPTION ''no''; END'; CREATE TRIGGER stuck BEFORE UPDATE ON " +
                table + " FOR EACH ROW EXECUTE FUNCTION no()");
        else
            run("CREATE TRIGGER stuck BEFORE UPDATE ON " + table +
                " FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT='no'");
    }
    void letChanges(const QByteArray& table) {
        run(m_postgres ? "DROP TRIGGER stuck ON " + table : QByteArray("DROP TRIGGER stuck"));
    }

  private:
    std::unique_ptr<RawSqlite> m_file;
    std::unique_ptr<OtherSession> m_postgres;
    std::unique_ptr<OtherMariaDbSession> m_maria;
};

} // namespace rewindow::test
