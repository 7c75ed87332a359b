// What this machine remembers of a store that is not kept in the store itself.
#pragma once

#include "base/error.h"

#include <QString>

#include <memory>
#include <optional>

namespace rewindow {

class KeptPlaces;
class ViewTables;

/// A SQLite file in the user's data folder, one a store: view tables of stores we may not write,
/// remembered choices (domain, last moment), bookmarks and recent places. Belongs to one thread.
class Workspace {
  public:
    /// Remembered where a file that was no database stood in its place: where that was put.
    static QString setAsideKey() { return QStringLiteral("setAside"); }

    /// Opens or creates it; what is no database makes way for a new one, see setAsideKey(). The
    /// folder is `REWINDOW_DATA_HOME` if set, else the user's data folder.
    static Result<std::unique_ptr<Workspace>> open(const QString& storeId);
    /// Where a file of ours about this store lies that ends in `suffix`: "….db". Makes the folder.
    static Result<QString> pathOf(const QString& storeId, const QString& suffix);

    virtual ~Workspace() = default;
    virtual ViewTables& views() = 0;
    virtual KeptPlaces& places() = 0;
    virtual Result<std::optional<QString>> remembered(const QString& key) = 0;
    virtual Result<void> remember(const QString& key, const QString& value) = 0;
};

} // namespace rewindow
