// A table written to a file: whole values, on any thread, in bounded memory.
#pragma once

#include "base/cancel_token.h"
#include "base/error.h"
#include "base/json.h"

#include <QString>

#include <functional>
#include <string>
#include <vector>

class QIODevice;

namespace rewindow {

enum class TableFormat {
    Csv,      ///< RFC 4180, safe for spreadsheets: see appendCsvCell()
    JsonLines ///< an object a row; alters nothing
};

/// Where rows go: a buffer that is emptied into a device now and then.
class TableOutput {
  public:
    /// `total` is -1 where nobody knows.
    using Progress = std::function<void(qint64 rows, qint64 total)>;

    TableOutput(QIODevice& device, TableFormat format, CancelToken cancel, Progress progress);

    TableFormat format() const { return m_format; }
    const CancelToken& cancel() const { return m_cancel; }
    /// How many rows will come.
    void expect(qint64 rows) { m_total = rows; }
    qint64 rows() const { return m_rows; }

    /// For rows made of values: the columns' names first, once, also where no row follows.
    void setColumns(std::vector<std::string> names);
    /// One value a column. Returns whether to go on.
    bool row(const std::vector<Json>& cells);

    /// For those that write bytes themselves: append a row to buffer(), then call rowDone(), which
    /// returns whether to go on.
    std::string& buffer() { return m_buffer; }
    bool rowDone();

    /// Empties the buffer; false where the device did not take all of it.
    bool flush();

  private:
    QIODevice& m_device;
    TableFormat m_format;
    CancelToken m_cancel;
    Progress m_progress;
    std::vector<std::string> m_columns;
    std::string m_buffer;
    qint64 m_rows = 0;
    qint64 m_total = -1;
    bool m_failed = false;
};

/// A table that can be written out.
struct TableSource {
    QString name; ///< of a file, without suffix: "event-types"
    /// Writes header and rows. Called once, on any thread; stops where TableOutput says so.
    std::function<Result<void>(TableOutput&)> write;
};

/// Rows that are at hand; one value a column.
TableSource valuesTable(const QString& name, std::vector<std::string> columns,
                        std::vector<std::vector<Json>> rows);

/// The rows written. The file is there only when it is whole: what fails, or is cancelled (with
/// Cancelled), leaves what was there before. Fails with Storage where it cannot be written.
Result<qint64> writeTable(const TableSource& source, const QString& path, TableFormat format,
                          const CancelToken& cancel, const TableOutput::Progress& progress);

/// Any bytes, in the same way.
Result<void> writeFile(const QString& path, const QByteArray& bytes);

} // namespace rewindow
