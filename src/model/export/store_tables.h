// Tables read from a store, however long, for exports.
#pragma once

#include "model/export/table_export.h"
#include "store/event_reader.h"
#include "store/store_url.h"
#include "store/view_tables.h"

namespace rewindow {

/// Each opens the store anew when it is written, so that it stands in nobody's way. Events go out
/// as `rewindow export` writes them.
TableSource eventsTable(const StoreUrl& store, const EventQuery& query, const QString& name);

/// Name, type, id, events and version of each stream.
TableSource streamsTable(const StoreUrl& store, const StreamQuery& query, const QString& name);

/// A number, a text or null, as it is stored.
Json toJson(const ViewValue& value);

/// A view's rows, live or as of a position; values as they are stored.
TableSource viewTable(const StoreUrl& store, const ViewSchema& view,
                      std::optional<GlobalPosition> at);

} // namespace rewindow
