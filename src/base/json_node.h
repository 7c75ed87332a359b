// How a Json lies in memory: for the files of src/base alone.
#pragma once

#include "base/json.h"

#include <atomic>
#include <cstddef>
#include <new>
#include <string_view>

namespace rewindow {

/// Counted by reference; changed only while nobody else holds it. Null has no node.
class Json::Node {
  public:
    explicit Node(Kind nodeKind, bool paged = false) noexcept : kind(nodeKind), isPaged(paged) {}

    void retain() const noexcept { refs.fetch_add(1, std::memory_order_relaxed); }
    /// Whether this was the last reference.
    bool drop() const noexcept {
        return refs.load(std::memory_order_acquire) == 1 ||
               refs.fetch_sub(1, std::memory_order_acq_rel) == 1;
    }
    bool isShared() const noexcept { return refs.load(std::memory_order_acquire) != 1; }

    mutable std::atomic<quint32> refs{1};
    const Kind kind;
    const bool isPaged;
};

namespace json {

using Node = Json::Node;
using Kind = Json::Kind;

struct BoolNode final : Node {
    explicit BoolNode(bool truth) noexcept : Node(Kind::Bool), value(truth) {}
    const bool value;
};

/// A string, a key, or a number's source text; the bytes follow the node.
struct TextNode final : Node {
    static TextNode* make(Kind kind, std::string_view bytes);
    char* bytes() noexcept { return reinterpret_cast<char*>(this + 1); }
    std::string_view text() const noexcept {
        return {reinterpret_cast<const char*>(this + 1), size};
    }

    std::size_t size;

  private:
    TextNode(Kind nodeKind, std::size_t length) noexcept : Node(nodeKind), size(length) {}
};

/// An array or an object.
struct ContainerNode : Node {
    using Node::Node;
    ContainerNode* nextDoomed = nullptr; ///< while a tree is taken down, without recursion
};

/// A container of few elements, or one page of a container of many. Its cells follow the node: a
/// value for each element, or a key and a value for each member.
struct FlatNode final : ContainerNode {
    static FlatNode* make(Kind kind, std::size_t cellCapacity);

    Json* cells() noexcept { return reinterpret_cast<Json*>(this + 1); }
    const Json* cells() const noexcept { return reinterpret_cast<const Json*>(this + 1); }
    std::size_t stride() const noexcept { return kind == Kind::Object ? 2 : 1; }
    std::size_t size() const noexcept { return used / stride(); }
    const Json& key(std::size_t index) const noexcept { return cells()[2 * index]; }
    const Json& value(std::size_t index) const noexcept {
        return cells()[(index + 1) * stride() - 1];
    }

    quint32 used = 0;     ///< cells
    quint32 capacity = 0; ///< cells

  private:
    FlatNode(Kind nodeKind, quint32 cellCapacity) noexcept
        : ContainerNode(nodeKind)
        , capacity(cellCapacity) {}
};

/// Cells of a page at most, and of a container that is not paged.
inline constexpr std::size_t kPageCells = 128;
inline constexpr std::ptrdiff_t kAbsent = -1;

inline std::string_view textOf(const Json& text) noexcept {
    return static_cast<const TextNode*>(text.node())->text();
}

/// A copy of what `node` counts for one more holder.
inline Json held(const Node* node) noexcept {
    if (node)
        node->retain();
    return Json(node);
}

/// A quick hash of a key: of its length, its first and its last eight bytes.
quint64 roughHash(std::string_view key) noexcept;

/// The string node of a key; the same node for the same key, as far as this thread remembers.
Json keyNode(std::string_view key);

/// A container of these cells, whose references it takes over; of a repeated key the last value
/// counts, at the first one's place. `distinct` says that no key is repeated.
Json makeArray(const Node* const* values, std::size_t count);
Json makeObject(const Node* const* cells, std::size_t members, bool distinct);

// Reading; the container's kind must fit.
std::size_t sizeOf(const Node& container) noexcept;
const Json& valueAt(const Node& container, std::size_t index) noexcept;
const Json& keyAt(const Node& object, std::size_t index) noexcept;
std::ptrdiff_t indexOf(const Node& object, std::string_view key) noexcept;
/// The same by a key's node, quicker where the object holds that very node.
std::ptrdiff_t indexOf(const Node& object, const Json& key) noexcept;
/// The member of that key, which is often the one at `hint`.
std::ptrdiff_t indexOf(const Node& object, const Json& key, std::size_t hint) noexcept;
/// How many elements from `index` on lie in a page that `left` and `right` share at that place.
std::size_t sharedRun(const Node& left, std::size_t leftIndex, const Node& right,
                      std::size_t rightIndex) noexcept;

// Changing. What is shared is copied first, no further than the change reaches.
/// Whether the element can be changed without copying anything.
bool isOwned(const Json& container, std::size_t index) noexcept;
Json& editable(Json& container, std::size_t index);
void append(Json& array, Json value);
void append(Json& object, Json key, Json value); ///< `key` must be new
void insert(Json& array, std::size_t index, Json value);
void erase(Json& container, std::size_t index);
/// An object is left as it is; anything else becomes an empty one.
void ensureObject(Json& value);

} // namespace json
} // namespace rewindow
