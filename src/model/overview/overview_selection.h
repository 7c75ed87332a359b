// Which events of a log an overview is about, by names as people see them.
#pragma once

#include "store/filter/filter_expression.h"
#include "store/sidecar/sidecar_selection.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace rewindow {

/// All bounds hold together; of a list, any name does.
struct OverviewSelection {
    std::optional<Timestamp> from;  ///< inclusive
    std::optional<Timestamp> until; ///< exclusive
    std::optional<QStringList> types;
    std::optional<QStringList> categories;
    std::optional<QStringList> streams;
    std::vector<FilterExpression> ofTypes;   ///< about types alone; every one holds
    std::vector<FilterExpression> ofStreams; ///< about streams and categories alone, likewise

    bool operator==(const OverviewSelection&) const = default;
};

/// The same by the numbers of `view`, where no name of the kind is unknown to it but has no event.
SidecarSelection resolved(const OverviewSelection& selection, const SidecarView& view);

} // namespace rewindow
