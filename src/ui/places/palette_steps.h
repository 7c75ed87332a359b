// Moving in a list by the keys of the line above it, which keeps the focus.
#pragma once

#include <Qt>

#include <algorithm>

namespace rewindow {

/// How many rows a key moves down by, or up where negative, a page being `page` of them; 0 for a
/// key that is for the line.
inline int paletteStep(int key, int page) {
    switch (key) {
    case Qt::Key_Down:
        return 1;
    case Qt::Key_Up:
        return -1;
    case Qt::Key_PageDown:
        return page;
    case Qt::Key_PageUp:
        return -page;
    default:
        return 0;
    }
}

/// The row that a step from `row`, or from none (-1), leads to. A single one goes round, a page
/// ends at the ends. `rows` is at least 1.
inline int paletteRow(int row, int step, int rows) {
    if (row < 0)
        return step > 0 ? 0 : rows - 1;
    const bool goesRound = step == 1 || step == -1;
    return goesRound ? (row + step + rows) % rows : std::clamp(row + step, 0, rows - 1);
}

} // namespace rewindow
