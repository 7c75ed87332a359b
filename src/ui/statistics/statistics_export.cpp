// Walking a model, and painting on another device.
#include "ui/statistics/statistics_export.h"

#include "base/csv.h"
#include "base/json.h"
#include "model/statistics/statistics_roles.h"
#include "ui/statistics/bar_chart.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace rewindow {

namespace {

constexpr int kPixelRatio = 2;

class Words {
    Q_DECLARE_TR_FUNCTIONS(StatisticsExport)
};

Json valueOf(const QVariant& cell) {
    switch (cell.typeId()) {
    case QMetaType::LongLong:
    case QMetaType::Int:
        return cell.toLongLong();
    case QMetaType::Double:
        return cell.toDouble();
    case QMetaType::QVariantMap: {
        Json object = Json::object();
        const QVariantMap map = cell.toMap();
        for (auto entry = map.begin(); entry != map.end(); ++entry)
            object = std::move(object).with(entry.key().toStdString(), valueOf(entry.value()));
        return object;
    }
    case QMetaType::UnknownType:
        return {};
    default:
        return cell.toString();
    }
}

template <class Row>
void eachRow(const QAbstractItemModel& model, const QModelIndex& parent, const Row& row) {
    for (int i = 0; i < model.rowCount(parent); ++i) {
        const QModelIndex first = model.index(i, 0, parent);
        row(first);
        eachRow(model, first, row);
    }
}

std::vector<std::string> columnsOf(const QAbstractItemModel& model) {
    std::vector<std::string> names;
    for (int column = 0; column < model.columnCount(); ++column)
        names.push_back(model.headerData(column, Qt::Horizontal, statistics::ValueRole)
                            .toString()
                            .toStdString());
    return names;
}

Json cellOf(const QModelIndex& first, int column) {
    return valueOf(first.siblingAtColumn(column).data(statistics::ValueRole));
}

QByteArray bytesOf(const std::string& text) {
    return {text.data(), static_cast<qsizetype>(text.size())};
}

void write(const QString& path, const QByteArray& content,
           const std::function<void(const Error&)>& failed) {
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return;
    failed({Error::Kind::Storage,
            Words::tr("%1 cannot be written: %2")
                .arg(QDir::toNativeSeparators(path), file.errorString()),
            {},
            Words::tr("choose a file in a folder that can be written to")});
}

/// The path with a suffix of the two; empty when nothing was chosen.
QString ask(QWidget* parent, const QString& title, const QString& name, const QString& filters,
            const QString& firstSuffix) {
    const QString path =
        QFileDialog::getSaveFileName(parent, title, name + u'.' + firstSuffix, filters);
    return path.isEmpty() || !QFileInfo(path).suffix().isEmpty() ? path : path + u'.' + firstSuffix;
}

} // namespace

QByteArray tableAsCsv(const QAbstractItemModel& model) {
    std::string out;
    const std::vector<std::string> columns = columnsOf(model);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0)
            out += ',';
        appendCsvCell(out, columns[i]);
    }
    out += "\r\n";
    eachRow(model, {}, [&](const QModelIndex& first) {
        for (int column = 0; column < static_cast<int>(columns.size()); ++column) {
            if (column > 0)
                out += ',';
            const Json cell = cellOf(first, column);
            if (cell.isContainer())
                appendCsvCell(out, cell.dump());
            else
                appendCsvCell(out, cell.text());
        }
        out += "\r\n";
    });
    return bytesOf(out);
}

QByteArray tableAsJsonLines(const QAbstractItemModel& model) {
    std::string out;
    const std::vector<std::string> columns = columnsOf(model);
    eachRow(model, {}, [&](const QModelIndex& first) {
        Json row = Json::object();
        for (std::size_t i = 0; i < columns.size(); ++i)
            row = std::move(row).with(columns[i], cellOf(first, static_cast<int>(i)));
        out += row.dump() + '\n';
    });
    return bytesOf(out);
}

QByteArray chartAsPng(const BarChart& chart) {
    QImage image(chart.size() * kPixelRatio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(kPixelRatio);
    QPainter painter(&image);
    chart.paintPicture(painter, chart.size());
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray chartAsSvg(const BarChart& chart) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(chart.size());
    generator.setViewBox(QRect(QPoint(), chart.size()));
    generator.setTitle(chart.accessibleName());
    QPainter painter(&generator);
    chart.paintPicture(painter, chart.size());
    painter.end();
    return bytes;
}

void saveTable(const QAbstractItemModel& model, const QString& name, QWidget* parent,
               const std::function<void(const Error&)>& failed) {
    const QString path = ask(parent, Words::tr("Export the table"), name,
                             Words::tr("Comma-separated values (*.csv);;JSON Lines (*.jsonl)"),
                             QStringLiteral("csv"));
    if (path.isEmpty())
        return;
    const bool isJson = path.endsWith(u".jsonl", Qt::CaseInsensitive);
    write(path, isJson ? tableAsJsonLines(model) : tableAsCsv(model), failed);
}

void saveChart(const BarChart& chart, const QString& name, QWidget* parent,
               const std::function<void(const Error&)>& failed) {
    const QString path = ask(parent, Words::tr("Export the picture"), name,
                             Words::tr("Picture (*.png);;Drawing (*.svg)"), QStringLiteral("png"));
    if (path.isEmpty())
        return;
    const bool isSvg = path.endsWith(u".svg", Qt::CaseInsensitive);
    write(path, isSvg ? chartAsSvg(chart) : chartAsPng(chart), failed);
}

} // namespace rewindow
