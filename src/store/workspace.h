// What this machine remembers of a store that is not kept in the store itself.
#pragma once

#include "base/error.h"

#include <QString>

#include <memory>
#include <optional>

namespace rewindow {

class ViewTables;

/// A SQLite file in the user's data folder, one a store: view tables of stores we may not write,
/// and remembered choices (domain, last moment). Belongs to one thread.
class Workspace {
  public:
    /// Opens or creates it. The folder is `REWINDOW_DATA_HOME` if set, else the user's data folder.
    static Result<std::unique_ptr<Workspace>> open(const QString& storeId);

    virtual ~Workspace() = default;
    virtual ViewTables& views() = 0;
    virtual Result<std::optional<QString>> remembered(const QString& key) = 0;
    virtual Result<void> remember(const QString& key, const QString& value) = 0;
};

} // namespace rewindow
