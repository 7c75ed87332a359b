#include "base/json_node.h"
#include "base/json_pages.h"

#include <algorithm>
#include <cstring>

namespace rewindow {

namespace json {

namespace {

/// Grows a flat node nobody else holds, in place of `container`, or copies one that is shared.
FlatNode& ownFlat(Json& container, std::size_t moreCells = 0) {
    auto* node = static_cast<FlatNode*>(const_cast<Node*>(container.node()));
    const std::size_t needed = node->used + moreCells;
    const bool shared = node->isShared();
    if (!shared && needed <= node->capacity)
        return *node;
    const std::size_t roomy =
        std::min<std::size_t>(std::max<std::size_t>(2 * node->used, 8), kPageCells);
    FlatNode* copy = FlatNode::make(node->kind, moreCells > 0 ? std::max(needed, roomy) : needed);
    for (quint32 i = 0; i < node->used; ++i) {
        if (shared)
            new (&copy->cells()[i]) Json(node->cells()[i]);
        else
            new (&copy->cells()[i]) Json(std::move(node->cells()[i]));
    }
    copy->used = node->used;
    container = Json(copy);
    return *copy;
}

PagedNode& ownPaged(Json& container) {
    auto* node = static_cast<PagedNode*>(const_cast<Node*>(container.node()));
    if (node->isShared()) {
        node = new PagedNode(*node);
        container = Json(node);
    }
    return *node;
}

/// A full flat container, turned into the first page of a paged one.
PagedNode& paginate(Json& container) {
    const Json flat = container;
    auto* paged = new PagedNode(flat.kind());
    container = Json(paged);
    const auto& node = *static_cast<const FlatNode*>(flat.node());
    for (std::size_t i = 0; i < node.size(); ++i)
        paged->append(flat.kind() == Kind::Object ? node.key(i) : Json(), node.value(i));
    return *paged;
}

bool isFull(const Json& container) {
    const auto* node = static_cast<const FlatNode*>(container.node());
    return node->used + node->stride() > kPageCells;
}

} // namespace

bool isOwned(const Json& container, std::size_t index) noexcept {
    const Node& node = *container.node();
    if (node.isShared() || !node.isPaged)
        return !node.isShared();
    const auto& paged = static_cast<const PagedNode&>(node);
    return !paged.page(paged.placeOf(index).page).isShared();
}

Json& editable(Json& container, std::size_t index) {
    if (!container.node()->isPaged) {
        FlatNode& flat = ownFlat(container);
        return flat.cells()[(index + 1) * flat.stride() - 1];
    }
    PagedNode& paged = ownPaged(container);
    const auto [page, offset] = paged.placeOf(index);
    FlatNode& flat = ownPage(paged.pages[page]);
    return flat.cells()[(offset + 1) * flat.stride() - 1];
}

void append(Json& array, Json value) {
    if (array.node()->isPaged)
        return ownPaged(array).append(Json(), std::move(value));
    if (isFull(array))
        return paginate(array).append(Json(), std::move(value));
    FlatNode& flat = ownFlat(array, 1);
    new (&flat.cells()[flat.used++]) Json(std::move(value));
}

void append(Json& object, Json key, Json value) {
    if (object.node()->isPaged)
        return ownPaged(object).append(std::move(key), std::move(value));
    if (isFull(object))
        return paginate(object).append(std::move(key), std::move(value));
    FlatNode& flat = ownFlat(object, 2);
    new (&flat.cells()[flat.used++]) Json(std::move(key));
    new (&flat.cells()[flat.used++]) Json(std::move(value));
}

void insert(Json& array, std::size_t index, Json value) {
    if (array.node()->isPaged)
        return ownPaged(array).insert(index, std::move(value));
    if (isFull(array))
        return paginate(array).insert(index, std::move(value));
    FlatNode& flat = ownFlat(array, 1);
    Json* cells = flat.cells();
    new (&cells[flat.used]) Json;
    std::move_backward(cells + index, cells + flat.used, cells + flat.used + 1);
    ++flat.used;
    cells[index] = std::move(value);
}

void erase(Json& container, std::size_t index) {
    if (container.node()->isPaged)
        return ownPaged(container).erase(index);
    FlatNode& flat = ownFlat(container);
    const std::size_t stride = flat.stride();
    Json* first = flat.cells() + index * stride;
    Json* end = flat.cells() + flat.used;
    std::move(first + stride, end, first);
    for (Json* cell = end - stride; cell != end; ++cell)
        cell->~Json();
    flat.used -= static_cast<quint32>(stride);
}

void ensureObject(Json& value) {
    if (value.kind() != Kind::Object)
        value = Json(FlatNode::make(Kind::Object, 0));
}

} // namespace json

Json Json::with(std::string_view key, Json value) const& {
    return Json(*this).with(key, std::move(value));
}

Json Json::with(std::string_view key, Json value) && {
    json::ensureObject(*this);
    const auto at = json::indexOf(*m_node, key);
    if (at == json::kAbsent)
        json::append(*this, json::keyNode(key), std::move(value));
    else
        json::editable(*this, static_cast<std::size_t>(at)) = std::move(value);
    return std::move(*this);
}

Json Json::without(std::string_view key) const& {
    return Json(*this).without(key);
}

Json Json::without(std::string_view key) && {
    if (kind() == Kind::Object) {
        const auto at = json::indexOf(*m_node, key);
        if (at != json::kAbsent)
            json::erase(*this, static_cast<std::size_t>(at));
    }
    return std::move(*this);
}

Json Json::withElement(std::size_t index, Json value) const {
    Json copy = *this;
    json::editable(copy, index) = std::move(value);
    return copy;
}

Json Json::withAppended(Json value) const& {
    return Json(*this).withAppended(std::move(value));
}

Json Json::withAppended(Json value) && {
    if (kind() != Kind::Array)
        *this = Json::array();
    json::append(*this, std::move(value));
    return std::move(*this);
}

Json Json::withInserted(std::size_t index, Json value) const {
    Json copy = *this;
    json::insert(copy, index, std::move(value));
    return copy;
}

Json Json::withoutElement(std::size_t index) const {
    Json copy = *this;
    json::erase(copy, index);
    return copy;
}

} // namespace rewindow
