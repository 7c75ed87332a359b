// By the event's position and the row's distance from the top.
#include "ui/log/filter_place.h"

#include "model/items/log_model.h"
#include "ui/log/log_table.h"

#include <algorithm>

namespace rewindow {

TablePlace placeIn(const QTableView& table, const LogModel& model) {
    const QModelIndex current = table.currentIndex();
    const int top = table.rowAt(0);
    return {.position = model.positionAt(current),
            .rowsBelowTop = current.isValid() && top >= 0 ? current.row() - top : 0};
}

void showInPlace(LogTable& table, const QModelIndex& index, const TablePlace& place) {
    table.showRow(index);
    const int top = std::max(0, index.row() - place.rowsBelowTop);
    table.scrollTo(index.siblingAtRow(top), QAbstractItemView::PositionAtTop);
    table.scrollTo(index, QAbstractItemView::EnsureVisible);
}

} // namespace rewindow
