// The small values view tables are made of.
#include "store/view_tables.h"

#include <algorithm>

namespace rewindow {

QString toDisplay(const ViewValue& value) {
    if (const auto* number = std::get_if<qint64>(&value))
        return QString::number(*number);
    if (const auto* text = std::get_if<QString>(&value))
        return *text;
    return {};
}

int ViewSchema::columnNamed(const QString& column) const {
    const auto found = std::ranges::find(columns, column, &ViewColumn::name);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

QString ViewRow::id() const {
    return values.empty() ? QString() : toDisplay(values.front());
}

} // namespace rewindow
