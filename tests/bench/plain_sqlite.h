// SQLite's own interface with nothing around it: what others are compared to.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <sqlite3.h>

namespace rewindow::bench {

/// Every column of an event as a reader wants it, up to the table's name.
inline const QByteArray kEventColumns =
    "SELECT position, version, recorded_at, stream, event_id, event_type, data, metadata, "
    "correlation_id, causation_id FROM events";

/// A connection for reading. What fails is fatal.
class PlainSqlite {
  public:
    explicit PlainSqlite(const QString& path) {
        if (sqlite3_open_v2(QFile::encodeName(path).constData(), &m_handle,
                            SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
            qFatal("%s: %s", qPrintable(path), sqlite3_errmsg(m_handle));
    }
    Q_DISABLE_COPY_MOVE(PlainSqlite)
    ~PlainSqlite() { sqlite3_close(m_handle); }

    /// To be finalised by the caller.
    sqlite3_stmt* prepared(const QByteArray& sql) const {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(m_handle, sql.constData(), -1, &statement, nullptr) != SQLITE_OK)
            qFatal("%s: %s", sql.constData(), sqlite3_errmsg(m_handle));
        return statement;
    }
    /// Steps to the end and looks at every column. Returns how many rows there were.
    static qint64 step(sqlite3_stmt* statement) {
        qint64 rows = 0;
        const int columns = sqlite3_column_count(statement);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            for (int column = 0; column < columns; ++column)
                sqlite3_column_text(statement, column);
            ++rows;
        }
        sqlite3_reset(statement);
        return rows;
    }
    qint64 rows(const QByteArray& sql) const {
        sqlite3_stmt* statement = prepared(sql);
        const qint64 rows = step(statement);
        sqlite3_finalize(statement);
        return rows;
    }
    /// The first column of the first row as text; empty where there is no row.
    QByteArray value(const QByteArray& sql) const {
        sqlite3_stmt* statement = prepared(sql);
        QByteArray value;
        if (sqlite3_step(statement) == SQLITE_ROW)
            value = QByteArray(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)),
                               sqlite3_column_bytes(statement, 0));
        sqlite3_finalize(statement);
        return value;
    }

  private:
    sqlite3* m_handle = nullptr;
};

} // namespace rewindow::bench
