// Equality of Json values.
#include "base/json_node.h"
#include "base/json_number.h"

namespace rewindow {

namespace {

using Pair = std::pair<const Json*, const Json*>;

/// Whether two values can be equal as far as seen from here; what is inside two containers is left
/// in `pending`.
bool alike(const Json& left, const Json& right, std::vector<Pair>& pending) {
    if (left.isSharedWith(right))
        return true;
    if (left.kind() != right.kind())
        return false;
    switch (left.kind()) {
    case Json::Kind::Null:
    case Json::Kind::Bool: // one node for each
        return left.isNull();
    case Json::Kind::Number:
        return json::sameNumber(left.text(), right.text());
    case Json::Kind::String:
        return left.text() == right.text();
    case Json::Kind::Array:
    case Json::Kind::Object:
        if (left.size() != right.size())
            return false;
        pending.emplace_back(&left, &right);
        return true;
    }
    return false;
}

bool elementsAlike(const json::Node& left, const json::Node& right, std::vector<Pair>& pending) {
    const bool isObject = left.kind == Json::Kind::Object;
    const std::size_t size = json::sizeOf(left);
    for (std::size_t i = 0; i < size;) {
        if (const std::size_t run = json::sharedRun(left, i, right, i)) {
            i += run;
            continue;
        }
        auto there = static_cast<std::ptrdiff_t>(i);
        if (isObject)
            there = json::indexOf(right, json::keyAt(left, i), i);
        if (there == json::kAbsent ||
            !alike(json::valueAt(left, i), json::valueAt(right, static_cast<std::size_t>(there)),
                   pending))
            return false;
        ++i;
    }
    return true;
}

} // namespace

bool operator==(const Json& left, const Json& right) noexcept {
    std::vector<Pair> pending;
    if (!alike(left, right, pending))
        return false;
    while (!pending.empty()) {
        const auto [leftValue, rightValue] = pending.back();
        pending.pop_back();
        if (!elementsAlike(*leftValue->node(), *rightValue->node(), pending))
            return false;
    }
    return true;
}

} // namespace rewindow
