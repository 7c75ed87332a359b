// Looking for the last change of some places only.

#include "model/timeline/wanted_places.h"

#include "model/timeline/change_walk.h"

#include <algorithm>

namespace rewindow {

WantedPlaces::WantedPlaces(const std::vector<JsonPointer>& pointers) {
    for (const JsonPointer& pointer : pointers) {
        std::size_t node = 0;
        for (const std::string& token : pointer.tokens())
            node = childOf(node, token);
        m_nodes[node].isWanted = true;
        m_nodeOf.push_back(node);
    }
    m_missing = static_cast<std::size_t>(std::ranges::count(m_nodes, true, &Node::isWanted));
}

std::size_t WantedPlaces::childOf(std::size_t node, const std::string& token) {
    // Pointers come in the order of a walk, so that the child asked for is mostly the last one.
    const auto& children = m_nodes[node].children;
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
        if (m_nodes[*child].token == token)
            return *child;
    }
    const std::size_t child = m_nodes.size();
    m_nodes[node].children.push_back(child);
    m_nodes.push_back({.token = token, .isWanted = {}, .noted = {}, .found = {}, .children = {}});
    return child;
}

void WantedPlaces::compare(const Json& before, const Json& after, StreamVersion version) {
    compare(0, &before, &after, version);
}

void WantedPlaces::compare(std::size_t node, const Json* before, const Json* after,
                           StreamVersion version) {
    if (before == after || (before && after && before->isSharedWith(*after)))
        return;
    if (m_nodes[node].isWanted && !isUnchangedPlace(before, after))
        m_nodes[node].noted = ChangeIndex::Change{.version = version, .present = after != nullptr};
    for (const std::size_t child : m_nodes[node].children) {
        const Place step{.parent = nullptr, .key = m_nodes[child].token};
        compare(child, valueBelow(before, step), valueBelow(after, step), version);
    }
}

void WantedPlaces::settle() {
    for (Node& node : m_nodes) {
        if (node.isWanted && node.noted && !node.found) {
            node.found = node.noted;
            --m_missing;
        }
        node.noted.reset();
    }
}

} // namespace rewindow
