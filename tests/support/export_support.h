// What an export would write, as bytes.
#pragma once

#include "model/export/table_export.h"

#include <QBuffer>
#include <QTest>

namespace rewindow::test {

/// Fails the test where it cannot be written.
inline QByteArray exported(const TableSource& source, TableFormat format) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    TableOutput output(buffer, format, {}, {});
    const auto written = source.write(output);
    if (!written)
        QTest::qFail(qPrintable(written.error().sentence()), __FILE__, __LINE__);
    output.flush();
    return buffer.data();
}

inline QByteArray asCsv(const TableSource& source) {
    return exported(source, TableFormat::Csv);
}

inline QByteArray asJsonLines(const TableSource& source) {
    return exported(source, TableFormat::JsonLines);
}

} // namespace rewindow::test
