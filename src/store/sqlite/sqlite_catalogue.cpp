// Asking SQLite for its tables and their columns.
#include "store/sqlite/sqlite_catalogue.h"

#include "store/recorded_event.h"
#include "store/sqlite/sqlite_statement.h"

namespace rewindow {

Result<Catalogue> readCatalogue(SqliteConnection& connection) {
    const auto unreadable = [&connection] {
        return std::unexpected(connection.lastError(QStringLiteral("reading the tables")));
    };
    auto tables = SqliteStatement::prepare(
        connection, QStringLiteral("SELECT name FROM sqlite_master WHERE type IN('table','view')"));
    if (!tables)
        return unreadable();
    auto columns = SqliteStatement::prepare(
        connection, QStringLiteral("SELECT name FROM pragma_table_xinfo(?)"));
    if (!columns)
        return unreadable();

    Catalogue catalogue;
    while (true) {
        const auto table = tables->step();
        if (!table)
            return unreadable();
        if (!*table)
            return catalogue;
        columns->reset();
        columns->bind(0, tables->text(0));
        QStringList names;
        // A view whose table is gone cannot say its columns; that is no reason to read no other.
        for (auto column = columns->step(); column && *column; column = columns->step())
            names << toQString(columns->text(0));
        catalogue.insert(toQString(tables->text(0)), names);
    }
}

} // namespace rewindow
