// Binding values, quoting identifiers.
#include "store/sqlite/bound_sql.h"

#include "store/sqlite/filter_function.h"

namespace rewindow {

QString quotedIdentifier(const QString& name) {
    QString quoted = name;
    return u'"' + quoted.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

void BoundSql::bindTo(SqliteStatement& statement) const {
    int parameter = 0;
    for (const auto& value : values) {
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
