#include "cli/table.h"

#include <QList>
#include <QString>

#include <locale.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include <algorithm>

namespace rewindow::cli {

namespace {

constexpr std::size_t kMeasuredRows = 200;

/// Columns a terminal gives a character: none for combining marks, two for East Asian ones.
int columnsOf(char32_t character) {
    // wcwidth() goes by the locale; a terminal that shows UTF-8 need not have told us so.
    static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    const locale_t before = uselocale(utf8);
    const int columns = wcwidth(static_cast<wchar_t>(character));
    uselocale(before);
    return std::max(columns, 0);
}

std::size_t columnsOf(std::string_view utf8) {
    if (std::all_of(utf8.begin(), utf8.end(), [](char byte) { return byte >= 0; }))
        return utf8.size();
    std::size_t columns = 0;
    for (const uint character :
         QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toUcs4())
        columns += static_cast<std::size_t>(columnsOf(char32_t(character)));
    return columns;
}

std::string firstColumns(std::string_view utf8, std::size_t wanted) {
    std::size_t columns = 0;
    QString taken;
    for (const uint unit :
         QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toUcs4()) {
        const char32_t character = unit;
        columns += static_cast<std::size_t>(columnsOf(character));
        if (columns > wanted)
            break;
        taken += QString::fromUcs4(&character, 1);
    }
    return taken.toStdString();
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
            m_widths[i] = std::max(m_widths[i], columnsOf(std::string_view(cells[i])));
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
        const std::size_t length = columnsOf(std::string_view(cells[i]));
        const std::size_t padding = length < m_widths[i] ? m_widths[i] - length : 0;
        if (m_columns[i].align == Align::Right)
            line.append(padding, ' ');
        if (last && room > used + 1 && used + length > room) {
            line.append(firstColumns(cells[i], room - used - 1));
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
