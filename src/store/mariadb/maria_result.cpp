// Keeping an answer, and taking values out of it.
#include "store/mariadb/maria_result.h"

#include <charconv>

namespace rewindow {

qint64 wholeNumber(std::string_view text) {
    qint64 number = 0;
    const auto end = text.data() + text.size();
    return std::from_chars(text.data(), end, number).ec == std::errc() ? number : 0;
}

void MariaResult::add(const MariaRow& row) {
    for (std::size_t i = 0; i < m_columns; ++i) {
        const int column = static_cast<int>(i);
        const std::string_view text = row.text(column);
        m_cells.push_back({m_bytes.size(), row.isNull(column) ? kNull : text.size()});
        m_bytes += text;
    }
}

int MariaResult::rows() const {
    return m_columns == 0 ? 0 : static_cast<int>(m_cells.size() / m_columns);
}

const MariaResult::Cell& MariaResult::cell(int row, int column) const {
    return m_cells[static_cast<std::size_t>(row) * m_columns + static_cast<std::size_t>(column)];
}

std::string_view MariaResult::text(int row, int column) const {
    const Cell& found = cell(row, column);
    if (found.size == kNull)
        return {};
    // Of an empty text too, the address is one.
    return {m_bytes.data() + found.at, found.size};
}

void MariaResult::copyRow(int row, std::vector<std::string_view>& cells) const {
    cells.resize(m_columns);
    for (std::size_t i = 0; i < m_columns; ++i)
        cells[i] = text(row, static_cast<int>(i));
}

} // namespace rewindow
