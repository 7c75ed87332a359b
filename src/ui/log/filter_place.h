// Where one is in a table of the log, and getting there again.
#pragma once

#include "model/filter/filter_tab_list.h"

class QModelIndex;
class QTableView;

namespace rewindow {

class LogModel;

TablePlace placeIn(const QTableView& table, const LogModel& model);
/// Makes `index` current, as many rows below the top as `place` says.
void showInPlace(QTableView& table, const QModelIndex& index, const TablePlace& place);

} // namespace rewindow
