// RFC 7396, without recursion.
#include "base/json_node.h"
#include "base/json_patch.h"

namespace rewindow {

namespace {

/// An object being merged, and how far.
struct Merging {
    Json target;
    const Json* patch;
    std::size_t next = 0; ///< member of the patch
    std::size_t slot = 0; ///< of `target` in the object around it
};

/// Nothing would change: the same text, not merely the same number.
bool isSameText(const Json& left, const Json& right) {
    if (left.isSharedWith(right))
        return true;
    return left.kind() == right.kind() && !left.isContainer() && !left.isNull() &&
           left.kind() != Json::Kind::Bool && left.text() == right.text();
}

/// Sets or removes a member that is no object.
void mergeLeaf(Json& target, std::ptrdiff_t at, const Json& key, const Json& value) {
    if (at == json::kAbsent) {
        if (!value.isNull())
            json::append(target, key, value);
        return;
    }
    const auto index = static_cast<std::size_t>(at);
    if (value.isNull())
        json::erase(target, index);
    else if (!isSameText(json::valueAt(*target.node(), index), value))
        json::editable(target, index) = value;
}

/// The member to be merged into: taken out where that copies nothing, else shared.
Merging descend(Json& target, std::ptrdiff_t at, const Json& key, const Json& patch) {
    if (at == json::kAbsent) {
        at = static_cast<std::ptrdiff_t>(json::sizeOf(*target.node()));
        json::append(target, key, Json());
    }
    const auto slot = static_cast<std::size_t>(at);
    Json inner = json::isOwned(target, slot) ? std::exchange(json::editable(target, slot), Json())
                                             : json::valueAt(*target.node(), slot);
    json::ensureObject(inner);
    return {.target = std::move(inner), .patch = &patch, .slot = slot};
}

} // namespace

Json mergePatch(Json target, const Json& patch) {
    if (patch.kind() != Json::Kind::Object)
        return patch;
    json::ensureObject(target);
    Merging current{.target = std::move(target), .patch = &patch};
    std::vector<Merging> around;
    for (;;) {
        const json::Node& members = *current.patch->node();
        if (current.next < json::sizeOf(members)) {
            const Json& key = json::keyAt(members, current.next);
            const Json& value = json::valueAt(members, current.next);
            ++current.next;
            const auto at = json::indexOf(*current.target.node(), key);
            if (value.kind() != Json::Kind::Object) {
                mergeLeaf(current.target, at, key, value);
                continue;
            }
            Merging inner = descend(current.target, at, key, value);
            around.push_back(std::move(current));
            current = std::move(inner);
            continue;
        }
        if (around.empty())
            return std::move(current.target);
        const Json done = std::move(current.target);
        const std::size_t slot = current.slot;
        current = std::move(around.back());
        around.pop_back();
        if (!json::valueAt(*current.target.node(), slot).isSharedWith(done))
            json::editable(current.target, slot) = done;
    }
}

} // namespace rewindow
