// JSON Lines files as read-only stores, by way of a store of our own.
#include "store/json_lines_store.h"

#include "store/json_lines_source.h"
#include "store/sqlite/own_schema.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_event_writer.h"
#include "store/sqlite/sqlite_files.h"
#include "store/sqlite/sqlite_store.h"

#include <QFile>
#include <QTemporaryDir>

#include <map>
#include <mutex>

namespace rewindow {

namespace {

/// The files read in so far, and where to. Deleted with its folder when the process ends.
class Staging {
  public:
    static Staging& instance() {
        static Staging staging;
        return staging;
    }

    /// The path of the store that holds the events of the file at `path`, as it is now.
    Result<QString> staged(const QString& path) {
        const std::lock_guard lock(m_mutex);
        const SqliteFiles::File file = SqliteFiles::of(path).database;
        if (const auto known = m_staged.find(path);
            known != m_staged.end() && known->second.file == file)
            return known->second.store;
        if (!m_folder.isValid())
            return fail(
                Error::Kind::Storage,
                QStringLiteral("no temporary folder can be made: %1").arg(m_folder.errorString()),
                QStringLiteral("set TMPDIR to a folder you may write to"));
        const QString store = m_folder.filePath(QStringLiteral("%1.db").arg(++m_made));
        if (const auto read = readIn(path, store); !read) {
            QFile::remove(store);
            return std::unexpected(read.error());
        }
        m_staged[path] = {file, store};
        return store;
    }

  private:
    struct Staged {
        SqliteFiles::File file;
        QString store;
    };

    static Result<void> readIn(const QString& path, const QString& store) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return fail(Error::Kind::Storage,
                        QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString()));
        auto connection = SqliteConnection::open(store, SqliteConnection::Mode::Create);
        if (!connection)
            return std::unexpected(connection.error());
        // Nobody else sees the file before it is whole, and nobody needs it after a crash.
        if (const auto set = (*connection)->execute(QStringLiteral("PRAGMA journal_mode=MEMORY"));
            !set)
            return set;
        if (const auto made = createOwnSchema(**connection, {}, QStringLiteral("staged")); !made)
            return made;
        const auto imported = makeSqliteEventWriter(**connection)->importAll(jsonLinesSource(file));
        if (imported)
            return {};
        Error error = imported.error();
        if (error.kind == Error::Kind::BadInput)
            error.where = path + (error.where.isEmpty() ? QString() : u' ' + error.where);
        return std::unexpected(error);
    }

    std::mutex m_mutex;
    QTemporaryDir m_folder;
    std::map<QString, Staged> m_staged;
    int m_made = 0;
};

} // namespace

Result<std::unique_ptr<Store>> openJsonLinesStore(const StoreUrl& url) {
    const auto staged = Staging::instance().staged(url.path());
    if (!staged)
        return std::unexpected(staged.error());
    auto store = SqliteStore::open(StoreUrl::sqliteFile(*staged), Store::Access::Read);
    if (!store)
        return std::unexpected(store.error());
    const auto presented = (*store)->presentAs(
        url, QStringLiteral("jsonl"), QStringLiteral("JSON Lines"),
        QStringLiteral("%1 is a JSON Lines file, which is read and never written.")
            .arg(url.path()));
    if (!presented)
        return std::unexpected(presented.error());
    return store;
}

} // namespace rewindow
