// A statement with the values of its parameters.
#pragma once

#include <QString>

#include <string>
#include <variant>
#include <vector>

namespace rewindow {

class FilterMatcher;

/// A statement's text and the values of its parameters in order. Texts of equal shape are equal,
/// so that prepared statements can be kept by them. Each parameter is a `?`.
struct BoundSql {
    using Values = std::vector<std::variant<qint64, QString, std::string, const FilterMatcher*>>;

    QString text;
    Values values;
};

/// `name` as an identifier of SQL, whatever it holds.
QString quotedIdentifier(const QString& name);

} // namespace rewindow
