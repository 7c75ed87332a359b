// What of a log's statistics is worth a sentence.
#pragma once

#include "model/statistics/statistics.h"

namespace rewindow {

/// The weightiest first: what changed in the payloads, then payloads, streams and limits that stand
/// out. `statistics` lacks nothing but its findings.
std::vector<Finding> findingsOf(const Statistics& statistics);

/// "data.coupon appeared at position 1,234", without the type.
QString driftText(const SchemaPath& path, const SchemaDrift& drift, bool hasPositions);

} // namespace rewindow
