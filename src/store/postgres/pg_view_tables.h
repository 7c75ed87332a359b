// View tables in a PostgreSQL store of our own schema.
#pragma once

#include "store/view_tables.h"

#include <memory>

namespace rewindow {

class PgConnection;

/// `connection` must outlive them. One process writes to the views of a store at a time. Not
/// writable: everything that writes fails with ReadOnly.
std::unique_ptr<ViewTables> makePgViewTables(PgConnection& connection, const QString& schema,
                                             bool writable);

} // namespace rewindow
