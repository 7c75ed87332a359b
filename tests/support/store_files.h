// Store files for tests: copied, changed behind Rewindow's back, and compared byte by byte.
#pragma once

#include "store/recorded_event.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <functional>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rewindow::test {

/// Everything in a folder: each file's name and SHA-256. To be taken while no store of this process
/// is open: closing a file drops the locks SQLite has on it.
inline QMap<QString, QByteArray> contents(const QString& folder) {
    QMap<QString, QByteArray> hashes;
    const auto filter = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    for (const QFileInfo& info : QDir(folder).entryInfoList(filter)) {
        QFile file(info.filePath());
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (file.open(QIODevice::ReadOnly))
            hash.addData(&file);
        hashes.insert(info.fileName(), hash.result().toHex());
    }
    return hashes;
}

/// A plain SQLite connection, as any other program would have it.
class OtherProgram {
  public:
    explicit OtherProgram(const QString& path) { sqlite3_open(path.toUtf8().constData(), &m_db); }
    ~OtherProgram() { sqlite3_close(m_db); }
    Q_DISABLE_COPY_MOVE(OtherProgram)

    bool run(const char* sql) {
        return sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    /// All rows, each a list of texts; NULL as a null QByteArray.
    QList<QList<QByteArray>> rows(const char* sql) {
        QList<QList<QByteArray>> all;
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            QList<QByteArray> row;
            for (int column = 0; column < sqlite3_column_count(statement); ++column) {
                const auto* text =
                    reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
                row << (text != nullptr ? QByteArray(text, sqlite3_column_bytes(statement, column))
                                        : QByteArray());
            }
            all << row;
        }
        sqlite3_finalize(statement);
        return all;
    }
    /// The first column of the first row.
    QByteArray value(const char* sql) {
        const auto all = rows(sql);
        return all.isEmpty() ? QByteArray() : all[0][0];
    }
    sqlite3* handle() const { return m_db; }

  private:
    sqlite3* m_db = nullptr;
};

/// Runs `work` in a process of its own and ends that at once, as a kill would: nothing is closed.
/// Returns what `work` returned.
inline int inKilledProcess(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(work());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

inline QByteArray bytes(std::string_view text) {
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// An event with little in it.
inline NewEvent newEvent(const QString& id, const QString& type, const QByteArray& data = "{}") {
    NewEvent event;
    event.id = id;
    event.type = type;
    event.data = data;
    event.recordedAt = Timestamp(1'700'000'000'000'000);
    return event;
}

/// Keeps Rewindow's own files of this test out of the user's folder.
class PrivateDataHome {
  public:
    PrivateDataHome() { qputenv("REWINDOW_DATA_HOME", QFile::encodeName(m_folder.path())); }
    QString path() const { return m_folder.path(); }

  private:
    QTemporaryDir m_folder;
};

} // namespace rewindow::test
