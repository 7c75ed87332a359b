// Reading view tables and their histories in MariaDB.
#include "store/mariadb/maria_view_queries.h"

#include "store/mariadb/maria_connection.h"
#include "store/recorded_event.h"

namespace rewindow {

QString MariaViewQueries::named(const QString& table) const {
    return viewsql::quoted(table);
}

QString MariaViewQueries::checkpointsTable() const {
    return QStringLiteral("view_checkpoints");
}

QString MariaViewQueries::validCheckpoints() const {
    return checkpointsTable() + QStringLiteral(" WHERE position>=0");
}

QString MariaViewQueries::latest(const QString& history, const QString& further) const {
    return QStringLiteral("(SELECT row_id,\"values\" FROM (SELECT row_id,\"values\",row_number() "
                          "OVER (PARTITION BY row_id ORDER BY from_position DESC) age FROM %1 "
                          "WHERE from_position<=?%2) known WHERE age=1) latest")
        .arg(history, further);
}

QString MariaViewQueries::cellAsOf(int column) const {
    return QStringLiteral("(json_value(\"values\",'$[%1]') COLLATE utf8mb4_nopad_bin)").arg(column);
}

BoundSql MariaViewQueries::tableCalled(const QString& table) const {
    return {QStringLiteral("SELECT 1 FROM information_schema.tables WHERE "
                           "table_schema=DATABASE() AND table_name=?"),
            {table}};
}

BoundSql MariaViewQueries::columnsOf(const QString& table) const {
    return {QStringLiteral("SELECT column_name,lower(data_type),column_key='MUL' FROM "
                           "information_schema.columns WHERE table_schema=DATABASE() AND "
                           "table_name=? ORDER BY ordinal_position"),
            {table}};
}

} // namespace rewindow
