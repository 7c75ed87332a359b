// Looking for the last change of some places only.
#pragma once

#include "base/json_pointer.h"
#include "base/ordinals.h"
#include "model/timeline/change_index.h"

#include <optional>
#include <string>
#include <vector>

namespace rewindow {

/// Some places of a state, and the last change found of each.
class WantedPlaces {
  public:
    explicit WantedPlaces(const std::vector<JsonPointer>& pointers);

    /// Notes which of the places changed from `before` to `after`, a later note over an earlier
    /// one.
    void compare(const Json& before, const Json& after, StreamVersion version);
    /// What has been noted is found, and no longer looked for.
    void settle();
    bool areAllFound() const { return m_missing == 0; }
    /// By the place's number among the pointers; nothing where no change was found.
    const std::optional<ChangeIndex::Change>& found(std::size_t number) const {
        return m_nodes[m_nodeOf[number]].found;
    }

  private:
    struct Node {
        std::string token;
        bool isWanted = false;
        std::optional<ChangeIndex::Change> noted;
        std::optional<ChangeIndex::Change> found;
        std::vector<std::size_t> children;
    };
    std::size_t childOf(std::size_t node, const std::string& token);
    void compare(std::size_t node, const Json* before, const Json* after, StreamVersion version);

    std::vector<Node> m_nodes{1}; ///< the root at 0
    std::vector<std::size_t> m_nodeOf;
    std::size_t m_missing = 0;
};

} // namespace rewindow
