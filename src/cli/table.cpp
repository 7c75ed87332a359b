#include "cli/table.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace rewindow::cli {

namespace {

constexpr std::size_t kMeasuredRows = 200;

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
    }));
}

std::string_view firstCharacters(std::string_view utf8, std::size_t wanted) {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if ((static_cast<unsigned char>(utf8[i]) & 0xc0) != 0x80 && seen++ == wanted)
            return utf8.substr(0, i);
    }
    return utf8;
}

/// 0 where standard output is no terminal: nothing is cut then.
std::size_t terminalWidth() {
    winsize size{};
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

} // namespace

Table::Table(Output& output, std::vector<Column> columns)
    : m_output(output)
    , m_columns(std::move(columns)) {
    std::vector<std::string> titles;
    for (const Column& column : m_columns)
        titles.push_back(column.title);
    m_widths.assign(m_columns.size(), 0);
    m_held.push_back(std::move(titles));
}

Table::~Table() {
    flush();
}

void Table::row(std::vector<std::string> cells) {
    for (std::string& cell : cells)
        cell = harmless(std::string_view(cell));
    if (m_measured) {
        print(cells);
        return;
    }
    m_held.push_back(std::move(cells));
    if (m_held.size() > kMeasuredRows)
        flush();
}

void Table::flush() {
    if (m_measured)
        return;
    m_measured = true;
    for (const auto& cells : m_held)
        for (std::size_t i = 0; i < cells.size(); ++i)
            m_widths[i] = std::max(m_widths[i], characters(cells[i]));
    for (const auto& cells : m_held)
        print(cells);
    m_held.clear();
}

void Table::print(const std::vector<std::string>& cells) {
    static const std::size_t room = terminalWidth();
    std::string line;
    std::size_t used = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool last = i + 1 == cells.size();
        const std::size_t length = characters(cells[i]);
        const std::size_t padding = length < m_widths[i] ? m_widths[i] - length : 0;
        if (m_columns[i].align == Align::Right)
            line.append(padding, ' ');
        if (last && room > used + 1 && used + length > room) {
            line.append(firstCharacters(cells[i], room - used - 1));
            line.append("…");
        } else {
            line.append(cells[i]);
        }
        if (last)
            break;
        if (m_columns[i].align == Align::Left)
            line.append(padding, ' ');
        line.append("  ");
        used += std::max(length, m_widths[i]) + 2;
    }
    m_output.line(std::string_view(line));
}

} // namespace rewindow::cli
