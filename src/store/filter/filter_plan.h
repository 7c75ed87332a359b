// Which words of a filter the database answers, and which are looked at event by event.
#pragma once

#include <QStringList>

namespace rewindow {

/// All words hold together. What the database can answer by its columns it does, and what is left
/// is asked of the events it finds.
struct FilterPlan {
    QStringList database; ///< "type:OrderPlaced", as EventFilter::toString() would write them
    QStringList streamed; ///< "data.quantity>2"
    bool operator==(const FilterPlan&) const = default;
};

} // namespace rewindow
