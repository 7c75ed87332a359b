#include "base/json_node.h"

#include "base/json_pages.h"

#include <array>
#include <bit>
#include <cstring>

namespace rewindow {

namespace json {

namespace {

/// Takes down what nobody holds, and in turn what only it held, without recursion.
class Demolition {
  public:
    void add(const Node* node) {
        switch (node->kind) {
        case Kind::Array:
        case Kind::Object: {
            auto* container = static_cast<ContainerNode*>(const_cast<Node*>(node));
            container->nextDoomed = m_doomed;
            m_doomed = container;
            break;
        }
        case Kind::Number:
        case Kind::String: {
            auto* text = static_cast<TextNode*>(const_cast<Node*>(node));
            text->~TextNode();
            ::operator delete(text);
            break;
        }
        case Kind::Null:
        case Kind::Bool:
            break;
        }
    }

    void run() {
        while (m_doomed) {
            ContainerNode* container = std::exchange(m_doomed, m_doomed->nextDoomed);
            if (container->isPaged) {
                auto* paged = static_cast<PagedNode*>(container);
                for (Json& page : paged->pages)
                    dropCell(page);
                delete paged;
            } else {
                auto* flat = static_cast<FlatNode*>(container);
                for (quint32 i = 0; i < flat->used; ++i)
                    dropCell(flat->cells()[i]);
                flat->~FlatNode();
                ::operator delete(flat);
            }
        }
    }

  private:
    void dropCell(Json& cell) {
        const Node* node = cell.node();
        new (&cell) Json;
        if (node && node->drop())
            add(node);
    }

    ContainerNode* m_doomed = nullptr;
};

Json flatOf(Kind kind, const Node* const* cells, std::size_t count) {
    FlatNode* node = FlatNode::make(kind, count);
    if (count > 0)
        std::memcpy(static_cast<void*>(node->cells()), cells, count * sizeof(Json));
    node->used = static_cast<quint32>(count);
    return Json(node);
}

} // namespace

quint64 roughHash(std::string_view key) noexcept {
    quint64 head = 0;
    quint64 tail = 0;
    if (key.size() >= 8) {
        std::memcpy(&head, key.data(), 8);
        std::memcpy(&tail, key.data() + key.size() - 8, 8);
    } else {
        std::memcpy(&head, key.data(), key.size());
    }
    const quint64 mixed = (head ^ std::rotl(tail, 29) ^ key.size()) * 0x9e3779b97f4a7c15ULL;
    return mixed ^ (mixed >> 32);
}

TextNode* TextNode::make(Kind kind, std::string_view bytes) {
    void* memory = ::operator new(sizeof(TextNode) + bytes.size());
    auto* node = new (memory) TextNode(kind, bytes.size());
    if (!bytes.empty())
        std::memcpy(node->bytes(), bytes.data(), bytes.size());
    return node;
}

FlatNode* FlatNode::make(Kind kind, std::size_t cellCapacity) {
    void* memory = ::operator new(sizeof(FlatNode) + cellCapacity * sizeof(Json));
    return new (memory) FlatNode(kind, static_cast<quint32>(cellCapacity));
}

Json keyNode(std::string_view key) {
    constexpr std::size_t kLongest = 64;
    thread_local std::array<Json, 512> remembered;
    if (key.size() > kLongest)
        return Json(key);
    Json& place = remembered[roughHash(key) % remembered.size()];
    if (place.isNull() || textOf(place) != key)
        place = Json(key);
    return place;
}

Json makeArray(const Node* const* values, std::size_t count) {
    if (count <= kPageCells)
        return flatOf(Kind::Array, values, count);
    auto* paged = new PagedNode(Kind::Array);
    Json array(paged);
    for (std::size_t i = 0; i < count; ++i)
        paged->append(Json(), Json(values[i]));
    return array;
}

Json makeObject(const Node* const* cells, std::size_t members, bool distinct) {
    if (distinct && 2 * members <= kPageCells)
        return flatOf(Kind::Object, cells, 2 * members);
    Json object(FlatNode::make(Kind::Object, std::min(2 * members, kPageCells)));
    for (std::size_t i = 0; i < members; ++i) {
        Json key(cells[2 * i]);
        Json value(cells[2 * i + 1]);
        const auto at = indexOf(*object.node(), key);
        if (at == kAbsent)
            append(object, std::move(key), std::move(value));
        else
            editable(object, static_cast<std::size_t>(at)) = std::move(value);
    }
    return object;
}

std::size_t sizeOf(const Node& container) noexcept {
    return container.isPaged ? static_cast<const PagedNode&>(container).size()
                             : static_cast<const FlatNode&>(container).size();
}

const Json& valueAt(const Node& container, std::size_t index) noexcept {
    if (!container.isPaged)
        return static_cast<const FlatNode&>(container).value(index);
    const auto& paged = static_cast<const PagedNode&>(container);
    const auto [page, offset] = paged.placeOf(index);
    return paged.page(page).value(offset);
}

const Json& keyAt(const Node& object, std::size_t index) noexcept {
    if (!object.isPaged)
        return static_cast<const FlatNode&>(object).key(index);
    const auto& paged = static_cast<const PagedNode&>(object);
    const auto [page, offset] = paged.placeOf(index);
    return paged.page(page).key(offset);
}

std::ptrdiff_t indexOf(const Node& object, std::string_view key) noexcept {
    if (object.isPaged)
        return static_cast<const PagedNode&>(object).indexOf(key);
    const auto& flat = static_cast<const FlatNode&>(object);
    const std::size_t size = flat.size();
    for (std::size_t i = 0; i < size; ++i)
        if (textOf(flat.key(i)) == key)
            return static_cast<std::ptrdiff_t>(i);
    return kAbsent;
}

std::ptrdiff_t indexOf(const Node& object, const Json& key) noexcept {
    if (!object.isPaged) {
        const auto& flat = static_cast<const FlatNode&>(object);
        const std::size_t size = flat.size();
        for (std::size_t i = 0; i < size; ++i)
            if (flat.key(i).isSharedWith(key))
                return static_cast<std::ptrdiff_t>(i);
    }
    return indexOf(object, textOf(key));
}

std::ptrdiff_t indexOf(const Node& object, const Json& key, std::size_t hint) noexcept {
    if (hint < sizeOf(object)) {
        const Json& there = keyAt(object, hint);
        if (there.isSharedWith(key) || textOf(there) == textOf(key))
            return static_cast<std::ptrdiff_t>(hint);
    }
    return indexOf(object, key);
}

std::size_t sharedRun(const Node& left, std::size_t leftIndex, const Node& right,
                      std::size_t rightIndex) noexcept {
    if (!left.isPaged || !right.isPaged)
        return 0;
    const auto& leftPaged = static_cast<const PagedNode&>(left);
    const auto& rightPaged = static_cast<const PagedNode&>(right);
    if (leftIndex >= leftPaged.size() || rightIndex >= rightPaged.size())
        return 0;
    const auto leftPlace = leftPaged.placeOf(leftIndex);
    const auto rightPlace = rightPaged.placeOf(rightIndex);
    const FlatNode& page = leftPaged.page(leftPlace.page);
    if (&page != &rightPaged.page(rightPlace.page) || leftPlace.offset != rightPlace.offset)
        return 0;
    return page.size() - leftPlace.offset;
}

} // namespace json

void Json::release(const Node* node) noexcept {
    if (!node->drop())
        return;
    json::Demolition demolition;
    demolition.add(node);
    demolition.run();
}

} // namespace rewindow
