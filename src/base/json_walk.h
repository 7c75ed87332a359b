// Walking two values side by side without looking at what they share.
#pragma once

#include "base/json.h"

#include <cstddef>

namespace rewindow {

/// How many members or elements both containers share from these indexes on, as far as that is
/// known without looking at each; 0 says nothing. Both must be arrays or both objects, and the
/// indexes below their sizes.
std::size_t sharedRun(const Json& left, std::size_t leftIndex, const Json& right,
                      std::size_t rightIndex) noexcept;

} // namespace rewindow
