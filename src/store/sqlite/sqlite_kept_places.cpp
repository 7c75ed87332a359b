// Bookmarks and recent places in a workspace's SQLite file.
#include "store/sqlite/sqlite_kept_places.h"

#include "store/sqlite/immediate_transaction.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_statement.h"

namespace rewindow {

namespace {

/// `user_version` of a workspace that has these tables.
constexpr qint64 kWithPlaces = 1;

QString textOf(const SqliteStatement& row, int column) {
    const std::string_view text = row.text(column);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Result<qint64> schemaVersion(SqliteConnection& connection) {
    auto statement = SqliteStatement::prepare(connection, QStringLiteral("PRAGMA user_version"));
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto row = statement->step(); !row)
        return std::unexpected(row.error());
    return statement->integer(0);
}

class SqliteKeptPlaces final : public KeptPlaces {
  public:
    explicit SqliteKeptPlaces(SqliteConnection& connection) : m_connection(connection) {}

    Result<std::vector<Bookmark>> bookmarks() override;
    Result<Bookmark> keep(const Bookmark& bookmark) override;
    Result<void> remove(qint64 id) override;
    Result<std::vector<RecentPlace>> recent() override;
    Result<void> visit(const RecentPlace& place) override;
    Result<void> forgetRecent() override;

  private:
    Result<SqliteStatement> prepare(const char* sql) {
        return SqliteStatement::prepare(m_connection, QString::fromLatin1(sql));
    }
    Result<void> run(Result<SqliteStatement> statement);

    SqliteConnection& m_connection;
};

Result<void> SqliteKeptPlaces::run(Result<SqliteStatement> statement) {
    if (!statement)
        return std::unexpected(statement.error());
    if (const auto done = statement->step(); !done)
        return std::unexpected(done.error());
    return {};
}

Result<std::vector<Bookmark>> SqliteKeptPlaces::bookmarks() {
    auto statement =
        prepare("SELECT id, name, note, link, made_at FROM kept_bookmarks ORDER BY id DESC");
    if (!statement)
        return std::unexpected(statement.error());
    std::vector<Bookmark> all;
    while (true) {
        const auto row = statement->step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            return all;
        all.push_back({.id = statement->integer(0),
                       .name = textOf(*statement, 1),
                       .note = textOf(*statement, 2),
                       .link = textOf(*statement, 3),
                       .madeAt = Timestamp(statement->integer(4))});
    }
}

Result<Bookmark> SqliteKeptPlaces::keep(const Bookmark& bookmark) {
    auto statement = prepare("INSERT INTO kept_bookmarks(id, name, note, link, made_at) "
                             "VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(id) DO UPDATE SET "
                             "name = ?2, note = ?3, link = ?4, made_at = ?5 RETURNING id");
    if (!statement)
        return std::unexpected(statement.error());
    if (bookmark.id == 0)
        statement->bindNull(0);
    else
        statement->bind(0, bookmark.id);
    statement->bind(1, bookmark.name);
    statement->bind(2, bookmark.note);
    statement->bind(3, bookmark.link);
    statement->bind(4, bookmark.madeAt.microseconds());
    Bookmark kept = bookmark;
    // It is committed only when the statement has run to its end.
    for (auto row = statement->step();; row = statement->step()) {
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            return kept;
        kept.id = statement->integer(0);
    }
}

Result<void> SqliteKeptPlaces::remove(qint64 id) {
    auto statement = prepare("DELETE FROM kept_bookmarks WHERE id = ?");
    if (statement)
        statement->bind(0, id);
    return run(std::move(statement));
}

Result<std::vector<RecentPlace>> SqliteKeptPlaces::recent() {
    auto statement = prepare("SELECT key, link FROM kept_recent ORDER BY visit DESC LIMIT ?");
    if (!statement)
        return std::unexpected(statement.error());
    statement->bind(0, qint64(kMostRecent));
    std::vector<RecentPlace> places;
    while (true) {
        const auto row = statement->step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row)
            return places;
        places.push_back({.key = textOf(*statement, 0), .link = textOf(*statement, 1)});
    }
}

Result<void> SqliteKeptPlaces::visit(const RecentPlace& place) {
    auto transaction = ImmediateTransaction::begin(m_connection, Durability::Redoable);
    if (!transaction)
        return std::unexpected(transaction.error());
    {
        auto put = prepare("INSERT OR REPLACE INTO kept_recent(key, link, visit) VALUES(?, ?, "
                           "(SELECT coalesce(max(visit), 0) + 1 FROM kept_recent))");
        if (put) {
            put->bind(0, place.key);
            put->bind(1, place.link);
        }
        if (const auto done = run(std::move(put)); !done)
            return done;
        auto trim = prepare("DELETE FROM kept_recent WHERE visit NOT IN "
                            "(SELECT visit FROM kept_recent ORDER BY visit DESC LIMIT ?)");
        if (trim)
            trim->bind(0, qint64(kMostRecent));
        if (const auto done = run(std::move(trim)); !done)
            return done;
    }
    return transaction->commit();
}

Result<void> SqliteKeptPlaces::forgetRecent() {
    return run(prepare("DELETE FROM kept_recent"));
}

} // namespace

Result<void> ensureKeptPlaces(SqliteConnection& connection) {
    const auto known = schemaVersion(connection);
    if (!known)
        return std::unexpected(known.error());
    if (*known >= kWithPlaces)
        return {};
    auto transaction = ImmediateTransaction::begin(connection, Durability::OnCommit);
    if (!transaction)
        return std::unexpected(transaction.error());
    // Another process may have done it meanwhile. AUTOINCREMENT: the id of a bookmark that was
    // removed stays its own, so that the removal can be undone.
    for (const char* sql :
         {"CREATE TABLE IF NOT EXISTS kept_bookmarks(id INTEGER PRIMARY KEY AUTOINCREMENT, name "
          "TEXT "
          "NOT NULL, note TEXT NOT NULL, link TEXT NOT NULL, made_at INTEGER NOT NULL)",
          "CREATE TABLE IF NOT EXISTS kept_recent(key TEXT PRIMARY KEY NOT NULL, link TEXT NOT "
          "NULL, visit INTEGER NOT NULL UNIQUE) WITHOUT ROWID",
          "PRAGMA user_version = 1"}) {
        if (const auto done = connection.execute(QString::fromLatin1(sql)); !done)
            return done;
    }
    return transaction->commit();
}

std::unique_ptr<KeptPlaces> makeSqliteKeptPlaces(SqliteConnection& connection) {
    return std::make_unique<SqliteKeptPlaces>(connection);
}

} // namespace rewindow
