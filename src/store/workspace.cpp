// What this machine remembers of a store: a SQLite file of its own.
#include "store/workspace.h"

#include "store/data_home.h"
#include "store/kept_places.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_kept_places.h"
#include "store/sqlite/sqlite_statement.h"
#include "store/sqlite/sqlite_view_tables.h"
#include "store/view_tables.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QRegularExpression>

namespace rewindow {

namespace {

/// A store's id may be any text, and must not become a path: what is not plainly a file's name is
/// replaced by its hash.
QString fileNameOf(const QString& storeId) {
    static const QRegularExpression kPlain(QStringLiteral("\\A[A-Za-z0-9_][A-Za-z0-9_-]{0,79}\\z"));
    if (kPlain.match(storeId).hasMatch())
        return storeId;
    const QByteArray hash =
        QCryptographicHash::hash(storeId.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u'-' + QString::fromLatin1(hash);
}

bool isSpoilt(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() == 0)
        return false;
    return !file.read(16).startsWith("SQLite format 3");
}

/// Where what was no database is now; empty: there was no such thing.
QString setAsideIfSpoilt(const QString& path) {
    if (!isSpoilt(path))
        return {};
    QLockFile lock(path + QStringLiteral(".lock"));
    if (!lock.lock() || !isSpoilt(path)) // another was quicker
        return {};
    const QString wanted = path + QStringLiteral(".spoilt");
    QString aside = wanted;
    for (int number = 2; QFile::exists(aside); ++number)
        aside = wanted + QString::number(number);
    if (!QFile::rename(path, aside))
        return {};
    // The log may hold what the file has lost.
    QFile::rename(path + QStringLiteral("-wal"), aside + QStringLiteral("-wal"));
    QFile::remove(path + QStringLiteral("-shm"));
    return aside;
}

class SqliteWorkspace final : public Workspace {
  public:
    explicit SqliteWorkspace(std::unique_ptr<SqliteConnection> connection)
        : m_connection(std::move(connection))
        , m_views(makeSqliteViewTables(*m_connection, true))
        , m_places(makeSqliteKeptPlaces(*m_connection)) {}

    ViewTables& views() override { return *m_views; }
    KeptPlaces& places() override { return *m_places; }

    Result<std::optional<QString>> remembered(const QString& key) override {
        auto statement = SqliteStatement::prepare(
            *m_connection, QStringLiteral("SELECT value FROM remembered WHERE key = ?"));
        if (!statement)
            return std::unexpected(statement.error());
        statement->bind(0, key);
        const auto row = statement->step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            return std::optional<QString>();
        const std::string_view value = statement->text(0);
        return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
    }

    Result<void> remember(const QString& key, const QString& value) override {
        auto statement = SqliteStatement::prepare(
            *m_connection, QStringLiteral("INSERT OR REPLACE INTO remembered VALUES(?, ?)"));
        if (!statement)
            return std::unexpected(statement.error());
        statement->bind(0, key);
        statement->bind(1, value);
        if (const auto done = statement->step(); !done)
            return std::unexpected(done.error());
        return {};
    }

  private:
    std::unique_ptr<SqliteConnection> m_connection;
    std::unique_ptr<ViewTables> m_views;
    std::unique_ptr<KeptPlaces> m_places;
};

} // namespace

Result<QString> Workspace::pathOf(const QString& storeId, const QString& suffix) {
    const QString folder = dataHome() + QStringLiteral("/workspaces");
    if (!QDir().mkpath(folder))
        return fail(Error::Kind::Storage,
                    QStringLiteral("the folder %1 cannot be made").arg(folder),
                    QStringLiteral("check its permissions, or set REWINDOW_DATA_HOME to another"));
    return folder + u'/' + fileNameOf(storeId) + suffix;
}

Result<std::unique_ptr<Workspace>> Workspace::open(const QString& storeId) {
    const auto path = pathOf(storeId, QStringLiteral(".db"));
    if (!path)
        return std::unexpected(path.error());
    const QString aside = setAsideIfSpoilt(*path);
    auto connection = SqliteConnection::open(*path, SqliteConnection::Mode::Create);
    if (!connection)
        return std::unexpected(connection.error());
    if (const auto made = (*connection)
                              ->execute(QStringLiteral("CREATE TABLE IF NOT EXISTS remembered(key "
                                                       "TEXT PRIMARY KEY NOT NULL, value TEXT NOT "
                                                       "NULL) WITHOUT ROWID"));
        !made)
        return std::unexpected(made.error());
    if (const auto made = ensureKeptPlaces(**connection); !made)
        return std::unexpected(made.error());
    auto workspace = std::make_unique<SqliteWorkspace>(std::move(*connection));
    if (!aside.isEmpty())
        if (const auto told = workspace->remember(setAsideKey(), aside); !told)
            return std::unexpected(told.error());
    return workspace;
}

} // namespace rewindow
