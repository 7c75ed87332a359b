// View tables in a MariaDB store of our own schema.
#pragma once

#include "store/view_tables.h"

#include <memory>

namespace rewindow {

class MariaConnection;

/// `connection` must outlive them. One process writes to the views of a store at a time. Not
/// writable: everything that writes fails with ReadOnly.
std::unique_ptr<ViewTables> makeMariaViewTables(MariaConnection& connection, bool writable);

} // namespace rewindow
