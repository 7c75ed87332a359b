// Where one is in a table of the log, and getting there again.
#pragma once

#include "model/filter/filter_tab_list.h"

class QModelIndex;
class QTableView;

namespace rewindow {

class LogModel;
class LogTable;

TablePlace placeIn(const QTableView& table, const LogModel& model);
/// Makes the row of `index` current, as many rows below the top as `place` says.
void showInPlace(LogTable& table, const QModelIndex& index, const TablePlace& place);

} // namespace rewindow
