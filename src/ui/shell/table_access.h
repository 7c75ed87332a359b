// Tables as assistive technology meets them: any cell at once, however many there are.
#pragma once

namespace rewindow {

/// From now on every QTableView answers by itself instead of by Qt. Qt's answer to a client that
/// asks for all children of a table makes an object for each cell, millions of them, on the UI
/// thread.
void installTableAccess();

} // namespace rewindow
