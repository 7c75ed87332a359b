// What a model tells of a cell besides what it shows, for exports.
#pragma once

#include <Qt>

namespace rewindow {

/// A cell whole and as a program wants it: a number, a text, a QVariantMap, a Json; of a header the
/// column's name for programs. A model without it is exported as it shows itself.
inline constexpr int kExportRole = Qt::UserRole + 1000;

} // namespace rewindow
