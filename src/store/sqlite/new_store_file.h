// Making the file of a new store: whole, or not at all.
#pragma once

#include "base/error.h"

#include <QString>

namespace rewindow {

/// A new store of our own schema at `path`. The file appears under its name only when it is
/// complete and on disk. Fails with Usage where something is there already, or no folder for it.
Result<void> makeNewStoreFile(const QString& path, const QString& domain, const QString& storeId);

} // namespace rewindow
