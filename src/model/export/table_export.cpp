// Rows as text, and a file that appears whole or not at all.
#include "model/export/table_export.h"

#include "base/csv.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>

namespace rewindow {

namespace {

constexpr std::size_t kFlushAt = 1u << 18;
constexpr qint64 kToldEvery = 1024; ///< rows

class Words {
    Q_DECLARE_TR_FUNCTIONS(TableExport)
};

std::unexpected<Error> unwritable(const QSaveFile& file) {
    return fail(Error::Kind::Storage,
                Words::tr("%1 cannot be written: %2")
                    .arg(QDir::toNativeSeparators(file.fileName()), file.errorString()),
                Words::tr("choose a file in a folder that can be written to"));
}

} // namespace

TableOutput::TableOutput(QIODevice& device, TableFormat format, CancelToken cancel,
                         Progress progress)
    : m_device(device)
    , m_format(format)
    , m_cancel(std::move(cancel))
    , m_progress(std::move(progress)) {}

void TableOutput::setColumns(std::vector<std::string> names) {
    m_columns = std::move(names);
    if (m_format == TableFormat::JsonLines)
        return;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (i > 0)
            m_buffer += ',';
        appendCsvCell(m_buffer, m_columns[i]);
    }
    m_buffer += "\r\n";
}

bool TableOutput::row(const std::vector<Json>& cells) {
    const bool isCsv = m_format == TableFormat::Csv;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Json& cell = cells[i];
        if (!isCsv) {
            m_buffer += i > 0 ? ',' : '{';
            appendQuoted(m_buffer, m_columns[i]);
            m_buffer += ':';
            m_buffer += cell.dump();
            continue;
        }
        if (i > 0)
            m_buffer += ',';
        if (cell.kind() == Json::Kind::String)
            appendCsvCell(m_buffer, cell.text());
        else if (cell.kind() == Json::Kind::Number)
            m_buffer += cell.text(); // a number is no formula, not even -1
        else if (!cell.isNull())
            appendCsvCell(m_buffer, cell.dump());
    }
    m_buffer += isCsv ? "\r\n" : "}\n";
    return rowDone();
}

bool TableOutput::rowDone() {
    ++m_rows;
    if (m_rows % kToldEvery == 0 && m_progress)
        m_progress(m_rows, m_total);
    return (m_buffer.size() < kFlushAt || flush()) && !m_cancel.isCancelled();
}

bool TableOutput::flush() {
    const auto size = static_cast<qint64>(m_buffer.size());
    m_failed = m_failed || m_device.write(m_buffer.data(), size) != size;
    m_buffer.clear();
    return !m_failed;
}

TableSource valuesTable(const QString& name, std::vector<std::string> columns,
                        std::vector<std::vector<Json>> rows) {
    return {.name = name,
            .write = [columns = std::move(columns),
                      rows = std::move(rows)](TableOutput& out) -> Result<void> {
                out.setColumns(columns);
                out.expect(static_cast<qint64>(rows.size()));
                for (const std::vector<Json>& cells : rows)
                    if (!out.row(cells))
                        break;
                return {};
            }};
}

Result<qint64> writeTable(const TableSource& source, const QString& path, TableFormat format,
                          const CancelToken& cancel, const TableOutput::Progress& progress) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return unwritable(file);
    TableOutput output(file, format, cancel, progress);
    const auto written = source.write(output);
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, Words::tr("The export was cancelled"));
    if (!output.flush())
        return unwritable(file);
    if (!written)
        return std::unexpected(written.error());
    if (!file.commit())
        return unwritable(file);
    return output.rows();
}

Result<void> writeFile(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return unwritable(file);
}

} // namespace rewindow
