// A new store, with a temporary folder where workspaces and profiles lie.
#pragma once

#include "store/store.h"
#include "support/idle_store.h"
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
        return isOnPostgres() ? *StoreUrl::parse(sharedPostgresServer().url(m_database))
                              : StoreUrl::sqliteFile(path());
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
            m_server = std::make_unique<OtherSession>(sharedPostgresServer(), store.database());
        else
            m_file = std::make_unique<RawSqlite>(store.path());
    }

    /// Each row's columns joined by '|'; a failure is fatal.
    QStringList run(const char* sql) {
        if (m_file)
            return m_file->run(sql);
        QStringList rows;
        for (const auto& row : m_server->rows(sql)) {
            QStringList texts;
            for (const QByteArray& text : row)
                texts += text.isNull() ? QStringLiteral("NULL") : QString::fromUtf8(text);
            rows += texts.join(u'|');
        }
        if (!m_server->lastError().isEmpty())
            qFatal("%s: %s", sql, m_server->lastError().constData());
        return rows;
    }
    QString value(const char* sql) { return run(sql).value(0); }
    /// Names of tables and indexes that hold `part`.
    QStringList named(const QByteArray& part) {
        const QByteArray like = " LIKE '%" + part + "%' ORDER BY 1";
        return run(m_file ? "SELECT name FROM sqlite_schema WHERE name" + like
                          : "SELECT relname FROM pg_class WHERE relname" + like);
    }
    /// No other writer gets on until release().
    void hold() {
        run(m_file ? "BEGIN IMMEDIATE" : "BEGIN; SELECT 1 FROM rewindow_meta FOR UPDATE");
    }
    void release() { run("ROLLBACK"); }
    /// Whatever changes a row of `table` fails, until it is let again.
    void refuseChanges(const QByteArray& table) {
        run(m_file ? "CREATE TRIGGER stuck BEFORE UPDATE ON " + table +
                         " BEGIN SELECT RAISE(ABORT, 'no'); END"
                   : "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
                     "'BEGIN RAISE EXCEPTION ''no''; END'; CREATE TRIGGER stuck BEFORE UPDATE ON " +
                         table + " FOR EACH ROW EXECUTE FUNCTION no()");
    }
    void letChanges(const QByteArray& table) {
        run(m_file ? QByteArray("DROP TRIGGER stuck") : "DROP TRIGGER stuck ON " + table);
    }

  private:
    std::unique_ptr<RawSqlite> m_file;
    std::unique_ptr<OtherSession> m_server;
};

} // namespace rewindow::test
