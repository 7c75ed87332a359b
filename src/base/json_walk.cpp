// Walking two values side by side without looking at what they share.
#include "base/json_walk.h"

#include "base/json_node.h"

namespace rewindow {

std::size_t sharedRun(const Json& left, std::size_t leftIndex, const Json& right,
                      std::size_t rightIndex) noexcept {
    return json::sharedRun(*left.node(), leftIndex, *right.node(), rightIndex);
}

} // namespace rewindow
