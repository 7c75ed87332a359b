// Reading view tables and their histories in MariaDB.
#include "store/mariadb/maria_view_queries.h"

#include "store/mariadb/maria_connection.h"
#include "store/recorded_event.h"

namespace rewindow {

QString MariaViewQueries::named(const QString& table) const {
    return viewsql::quoted(table);
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

Result<bool> MariaViewQueries::hasTable(const QString& table) {
    const auto found = connection().execute(
        {QStringLiteral("SELECT 1 FROM information_schema.tables WHERE table_schema=DATABASE() AND "
                        "table_name=?"),
         {table}});
    if (!found)
        return std::unexpected(found.error());
    return found->rows() > 0;
}

Result<std::vector<ViewStatus>> MariaViewQueries::checkpoints() {
    const auto answer = connection().execute(QStringLiteral(
        "SELECT name,position,paused FROM view_checkpoints WHERE position>=0 ORDER BY name"));
    if (!answer)
        return std::unexpected(answer.error());
    std::vector<ViewStatus> all;
    for (int row = 0; row < answer->rows(); ++row)
        all.push_back({toQString(answer->text(row, 0)), GlobalPosition(answer->integer(row, 1)),
                       answer->boolean(row, 2), 0});
    return all;
}

Result<std::optional<ViewSchema>> MariaViewQueries::shape(const QString& view,
                                                          const QString& table) {
    const auto answer = connection().execute(
        {QStringLiteral("SELECT column_name,lower(data_type),column_key='MUL' FROM "
                        "information_schema.columns WHERE table_schema=DATABASE() AND table_name=? "
                        "ORDER BY ordinal_position"),
         {table}});
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->rows() == 0)
        return std::optional<ViewSchema>();
    ViewSchema schema{view, {}};
    for (int row = 0; row < answer->rows(); ++row) {
        ViewColumn column;
        column.name = toQString(answer->text(row, 0));
        if (answer->text(row, 1) == "bigint")
            column.type = ViewColumn::Type::Integer;
        column.indexed = answer->boolean(row, 2);
        schema.columns.push_back(column);
    }
    return schema;
}

} // namespace rewindow
