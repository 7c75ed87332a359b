// Values of a view's cells as texts.
#pragma once

#include "store/view_tables.h"

#include <QString>

namespace rewindow {

/// `value` as a person reads it in a column of this meaning: money with its decimals, times short
/// and in the chosen zone; anything else as stored.
QString shownValue(const ViewValue& value, ViewColumn::Meaning meaning);

/// The same in full, for copying: times whole and in UTC.
QString wholeValue(const ViewValue& value, ViewColumn::Meaning meaning);

} // namespace rewindow
