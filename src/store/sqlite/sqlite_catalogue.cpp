// Asking SQLite for its tables and their columns.
#include "store/sqlite/sqlite_catalogue.h"

#include "store/recorded_event.h"
#include "store/sql/bound_sql.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_statement.h"

namespace rewindow {

Result<Catalogue> readCatalogue(SqliteConnection& connection, const QSet<QString>& wanted) {
    const auto unreadable = [&connection] {
        return std::unexpected(connection.lastError(QStringLiteral("reading the tables")));
    };
    auto tables = SqliteStatement::prepare(
        connection, QStringLiteral("SELECT name FROM sqlite_master WHERE type IN('table','view')"));
    if (!tables)
        return unreadable();
    Catalogue catalogue;
    while (true) {
        const auto table = tables->step();
        if (!table)
            return unreadable();
        if (!*table)
            return catalogue;
        const QString name = toQString(tables->text(0));
        if (!wanted.contains(name.toLower()))
            continue;
        // Costs a fraction of a pragma. A view whose table is gone cannot say its columns; that is
        // no reason to read no other.
        const auto rows = SqliteStatement::prepare(connection, QStringLiteral("SELECT * FROM ") +
                                                                   quotedIdentifier(name));
        catalogue.insert(name, rows ? rows->columnNames() : QStringList());
    }
}

} // namespace rewindow
