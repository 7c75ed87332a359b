// Asking PostgreSQL for its tables and their columns.
#include "store/postgres/pg_catalogue.h"

#include "store/postgres/pg_connection.h"
#include "store/recorded_event.h"

#include <algorithm>

namespace rewindow {

namespace {

const QString kColumns = QStringLiteral(
    "SELECT n.nspname,c.relname,a.attname,coalesce(b.typname,t.typname),a.attnotnull,"
    "coalesce(o.collisdeterministic,false) "
    "FROM pg_catalog.pg_class c "
    "JOIN pg_catalog.pg_namespace n ON n.oid=c.relnamespace "
    "JOIN pg_catalog.pg_attribute a ON a.attrelid=c.oid AND a.attnum>0 AND NOT a.attisdropped "
    "JOIN pg_catalog.pg_type t ON t.oid=a.atttypid "
    "LEFT JOIN pg_catalog.pg_type b ON b.oid=t.typbasetype AND t.typbasetype<>0 "
    "LEFT JOIN pg_catalog.pg_collation o ON o.oid=a.attcollation "
    "WHERE c.relkind IN ('r','p','v','m','f') AND n.nspname NOT LIKE 'pg\\_%' "
    "AND n.nspname<>'information_schema' AND (?='' OR n.nspname=?) "
    "AND pg_catalog.has_schema_privilege(n.oid,'USAGE') "
    "AND pg_catalog.has_any_column_privilege(c.oid,'SELECT') "
    "ORDER BY n.nspname COLLATE \"C\"");

} // namespace

Result<std::vector<PgSchema>> readSchemas(PgConnection& connection, const QString& only) {
    const QString wanted = only.isNull() ? QStringLiteral("") : only;
    const auto columns = connection.execute({kColumns, {wanted, wanted}});
    if (!columns)
        return std::unexpected(columns.error());
    enum { Schema, Table, Name, Type, NotNull, Deterministic };
    std::vector<PgSchema> schemas;
    for (int row = 0; row < columns->rows(); ++row) {
        const QString name = toQString(columns->text(row, Schema));
        if (schemas.empty() || schemas.back().name != name)
            schemas.push_back({name, {}});
        schemas.back().tables[toQString(columns->text(row, Table))].insert(
            toQString(columns->text(row, Name)),
            {toQString(columns->text(row, Type)), columns->boolean(row, NotNull),
             columns->boolean(row, Deterministic)});
    }
    const QStringList& searched = connection.searchedSchemas();
    const auto rank = [&searched](const PgSchema& schema) {
        const qsizetype place = searched.indexOf(schema.name);
        return place < 0 ? searched.size() : place;
    };
    std::ranges::stable_sort(schemas, {}, rank);
    return schemas;
}

} // namespace rewindow
