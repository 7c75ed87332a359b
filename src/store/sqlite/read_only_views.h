// The view tables of a store of ours that is only read, wherever its file goes meanwhile.
#pragma once

#include "store/sqlite/read_source.h"
#include "store/sqlite/sqlite_event_reader.h"
#include "store/view_tables.h"

#include <memory>

namespace rewindow {

/// Looks after the file before every call, as the reader does. Both must outlive the tables.
std::unique_ptr<ViewTables> makeReadOnlyViews(ReadSource& source, SqliteEventReader& reader);

} // namespace rewindow
