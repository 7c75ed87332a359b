// A new store in a temporary folder, where workspaces and profiles lie too.
#pragma once

#include "store/store.h"
#include "support/test_support.h"

#include <QTemporaryDir>

#include <memory>
#include <sqlite3.h>
#include <vector>

namespace rewindow::test {

class ScratchStore {
  public:
    explicit ScratchStore(const QString& domain = {}) {
        qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
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
    StoreUrl url() const { return StoreUrl::sqliteFile(path()); }
    EventWriter& writer() { return **m_store->writer(); }

    void close() { m_store.reset(); }
    void reopen() {
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

} // namespace rewindow::test
