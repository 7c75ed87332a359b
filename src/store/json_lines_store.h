// JSON Lines files as read-only stores.
#pragma once

#include "store/store.h"

namespace rewindow {

/// Reads the file once into a private SQLite store, which all connections of this process share
/// while the file stays as it is and which goes when the process ends. Fails with BadInput, naming
/// file and line, where a line is no event.
Result<std::unique_ptr<Store>> openJsonLinesStore(const StoreUrl& url);

} // namespace rewindow
