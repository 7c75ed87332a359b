// Tables and charts as files.
#pragma once

#include "base/error.h"

#include <QAbstractItemModel>
#include <QByteArray>

#include <functional>

namespace rewindow {

class BarChart;

/// Every row of the model, a tree's parents before what lies in them, all columns, whole values:
/// see statistics_roles.h. RFC 4180, safe for spreadsheets (see base/csv.h).
QByteArray tableAsCsv(const QAbstractItemModel& model);
/// A JSON object a line, keys as headers name the columns for programs.
QByteArray tableAsJsonLines(const QAbstractItemModel& model);

/// In the present theme, at the chart's size; PNG at twice as many pixels.
QByteArray chartAsPng(const BarChart& chart);
QByteArray chartAsSvg(const BarChart& chart);

/// Asks where to, and writes it; `failed` is told why not. `name` is the file's, without suffix.
void saveTable(const QAbstractItemModel& model, const QString& name, QWidget* parent,
               const std::function<void(const Error&)>& failed);
void saveChart(const BarChart& chart, const QString& name, QWidget* parent,
               const std::function<void(const Error&)>& failed);

} // namespace rewindow
