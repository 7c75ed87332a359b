// Reading the cells of a view row.
#pragma once

#include "store/view_tables.h"

#include <cstddef>

namespace rewindow {

/// The whole number in a cell; 0 where there is none.
inline qint64 integerAt(const ViewRow& row, std::size_t column) {
    const auto* number = std::get_if<qint64>(&row.values.at(column));
    return number ? *number : 0;
}

/// The text in a cell; empty where there is none.
inline QString textAt(const ViewRow& row, std::size_t column) {
    const auto* text = std::get_if<QString>(&row.values.at(column));
    return text ? *text : QString();
}

} // namespace rewindow
