// Binding a statement's values.
#include "store/sqlite/bind_values.h"

#include "store/sqlite/filter_function.h"

namespace rewindow {

void bindValues(const BoundSql& sql, SqliteStatement& statement) {
    int parameter = 0;
    for (const auto& value : sql.values) {
        if (const auto* number = std::get_if<qint64>(&value))
            statement.bind(parameter++, *number);
        else if (const auto* string = std::get_if<QString>(&value))
            statement.bind(parameter++, *string);
        else if (const auto* utf8 = std::get_if<std::string>(&value))
            statement.bind(parameter++, std::string_view(*utf8));
        else
            statement.bind(parameter++, std::get<const FilterMatcher*>(value),
                           kFilterMatcherPointer);
    }
}

} // namespace rewindow
