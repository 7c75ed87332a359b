// Asking MariaDB for its tables and their columns.
#include "store/mariadb/maria_catalogue.h"

#include "store/mariadb/maria_connection.h"
#include "store/recorded_event.h"

namespace rewindow {

Result<MariaSchema> readSchema(MariaConnection& connection) {
    const auto columns = connection.execute(QStringLiteral(
        "SELECT table_name,column_name,lower(data_type),character_set_name,collation_name,"
        "is_nullable='NO',column_key='PRI' FROM information_schema.columns "
        "WHERE table_schema=DATABASE()"));
    if (!columns)
        return std::unexpected(columns.error());
    enum { Table, Name, Type, Charset, Collation, NotNull, Key };
    MariaSchema schema{connection.database(), {}};
    for (int row = 0; row < columns->rows(); ++row)
        schema.tables[toQString(columns->text(row, Table))].insert(
            toQString(columns->text(row, Name)),
            {toQString(columns->text(row, Type)), toQString(columns->text(row, Charset)),
             toQString(columns->text(row, Collation)), columns->boolean(row, NotNull),
             columns->boolean(row, Key)});
    return schema;
}

} // namespace rewindow
