// A place of the state as StateModel holds it; for its own sources alone.
#pragma once

#include "model/items/state_model.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rewindow {

/// What a row is about to show.
struct StateModel::Part {
    std::string key; ///< as in the state; in the list of changes the whole pointer
    std::optional<Json> now;
    std::optional<Json> before;
};

struct StateModel::Node {
    Node* parent = nullptr;
    int row = 0;
    std::string key;
    std::optional<Json> now;
    std::optional<Json> before;
    std::optional<SetBy> setBy;
    Change change = Change::None;
    bool fetched = false; ///< its parts were asked for
    std::vector<std::unique_ptr<Node>> children;

    const Json* shown() const { return now ? &*now : before ? &*before : nullptr; }
};

} // namespace rewindow
