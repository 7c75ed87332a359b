// View tables that cannot be had, and why.
#pragma once

#include "store/view_tables.h"

namespace rewindow {

/// Every call fails with `why`.
std::unique_ptr<ViewTables> makeUnavailableViews(Error why);

} // namespace rewindow
