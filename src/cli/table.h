// Plain columns for a person.
#pragma once

#include "cli/output.h"

#include <string>
#include <vector>

namespace rewindow::cli {

/// Columns as wide as their widest cell among the first rows; later rows that need more just take
/// it, so that endless output streams. Cells are made harmless; the last column is cut to what the
/// terminal has room for.
class Table {
  public:
    enum class Align { Left, Right };
    struct Column {
        std::string title;
        Align align = Align::Left;
    };

    Table(Output& output, std::vector<Column> columns);
    ~Table();
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    void row(std::vector<std::string> cells);
    /// Prints what is held back to measure by.
    void flush();

  private:
    void print(const std::vector<std::string>& cells);

    Output& m_output;
    std::vector<Column> m_columns;
    std::vector<std::size_t> m_widths; ///< in columns of a terminal
    std::vector<std::vector<std::string>> m_held;
    bool m_measured = false;
};

} // namespace rewindow::cli
