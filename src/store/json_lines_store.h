// JSON Lines files as read-only stores.
#pragma once

#include "store/store.h"

namespace rewindow {

/// Reads the file into a private SQLite store, which all connections of this process share and
/// which goes when the process ends. What is appended to the file is read on when somebody looks.
/// Fails with BadInput, naming file and line, where a line is no event, and so does the reader
/// while that is so of a line that came later.
Result<std::unique_ptr<Store>> openJsonLinesStore(const StoreUrl& url);

} // namespace rewindow
