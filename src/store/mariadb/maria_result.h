// What a MariaDB server answered, and one row of it.
#pragma once

#include <QtGlobal>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rewindow {

/// A whole number in a text; 0 for what is none.
qint64 wholeNumber(std::string_view text);

/// One row, as EventRow reads it. A cell that is NULL has no address. Columns are numbered from 0.
class MariaRow {
  public:
    /// The cells and what they hold must outlive it.
    explicit MariaRow(std::span<const std::string_view> cells) : m_cells(cells) {}

    std::size_t columns() const { return m_cells.size(); }
    /// UTF-8, or bytes as they are; empty for NULL.
    std::string_view text(int column) const { return m_cells[static_cast<std::size_t>(column)]; }
    qint64 integer(int column) const { return wholeNumber(text(column)); }
    bool isNull(int column) const { return text(column).data() == nullptr; }
    // Numbers with a fraction are made whole by the statement.
    static bool isReal(int) { return false; }
    static double real(int) { return 0; }

  private:
    std::span<const std::string_view> m_cells;
};

/// A whole answer, which is kept here. Rows are numbered from 0.
class MariaResult {
  public:
    explicit MariaResult(std::size_t columns) : m_columns(columns) {}

    void add(const MariaRow& row);
    void setTouched(qint64 rows) { m_touched = rows; }

    int rows() const;
    /// How many rows a statement that writes has changed.
    qint64 touched() const { return m_touched; }
    bool isNull(int row, int column) const { return cell(row, column).size == kNull; }
    std::string_view text(int row, int column) const; ///< empty for NULL
    qint64 integer(int row, int column) const { return wholeNumber(text(row, column)); }
    /// For a MariaRow, which holds as long as this.
    void copyRow(int row, std::vector<std::string_view>& cells) const;
    bool boolean(int row, int column) const { return integer(row, column) != 0; }

  private:
    static constexpr std::size_t kNull = std::string::npos;
    struct Cell {
        std::size_t at;
        std::size_t size;
    };
    const Cell& cell(int row, int column) const;

    std::size_t m_columns;
    std::vector<Cell> m_cells;
    std::string m_bytes;
    qint64 m_touched = 0;
};

} // namespace rewindow
