// How much of the heap a Json holds.
#include "base/json_node.h"
#include "base/json_pages.h"

namespace rewindow {

namespace {

/// What an allocation of that many bytes takes from the heap.
std::size_t heapBytes(std::size_t bytes) {
    return (bytes + 8 + 15) / 16 * 16;
}

/// Adds up the nodes of one value that another does not share, walking both in step: what is
/// shared stands at the same key, or as far from an array's start or end.
class Weigher {
  public:
    std::size_t weigh(const Json& root, const Json* besides) {
        visit(root, besides);
        while (!m_pending.empty()) {
            const auto [value, other] = m_pending.back();
            m_pending.pop_back();
            container(*value->node(), other ? other->node() : nullptr);
        }
        return m_bytes;
    }

  private:
    void visit(const Json& value, const Json* besides) {
        if (value.isNull() || (besides && besides->isSharedWith(value)))
            return;
        if (value.isContainer()) {
            const bool alikeKinds = besides && besides->kind() == value.kind();
            m_pending.emplace_back(&value, alikeKinds ? besides : nullptr);
        } else if (value.kind() != Json::Kind::Bool) {
            m_bytes += heapBytes(sizeof(json::TextNode) + value.text().size());
        }
    }

    void container(const json::Node& node, const json::Node* besides) {
        const std::size_t size = json::sizeOf(node);
        if (!node.isPaged) {
            const auto& flat = static_cast<const json::FlatNode&>(node);
            m_bytes += heapBytes(sizeof(flat) + flat.capacity * sizeof(Json));
        } else {
            paged(static_cast<const json::PagedNode&>(node), besides);
        }
        for (std::size_t i = 0; i < size;) {
            const std::size_t run = besides ? json::sharedRun(node, i, *besides, i) : 0;
            if (run == 0)
                element(node, i, besides);
            i += std::max<std::size_t>(run, 1);
        }
    }

    void element(const json::Node& node, std::size_t i, const json::Node* besides) {
        const std::size_t otherSize = besides ? json::sizeOf(*besides) : 0;
        const Json& value = json::valueAt(node, i);
        if (node.kind == Json::Kind::Array) {
            const std::size_t fromEnd = json::sizeOf(node) - i;
            const Json* other = i < otherSize ? &json::valueAt(*besides, i) : nullptr;
            if (fromEnd <= otherSize && !(other && other->isSharedWith(value)))
                if (const Json& last = json::valueAt(*besides, otherSize - fromEnd);
                    !other || last.isSharedWith(value))
                    other = &last;
            return visit(value, other);
        }
        const Json& key = json::keyAt(node, i);
        const auto there = besides ? json::indexOf(*besides, key, i) : json::kAbsent;
        if (there == json::kAbsent) {
            m_bytes += heapBytes(sizeof(json::TextNode) + json::textOf(key).size());
            return visit(value, nullptr);
        }
        visit(value, &json::valueAt(*besides, static_cast<std::size_t>(there)));
    }

    void paged(const json::PagedNode& node, const json::Node* besides) {
        const auto* other =
            besides && besides->isPaged ? static_cast<const json::PagedNode*>(besides) : nullptr;
        m_bytes += heapBytes(sizeof(node)) + node.pages.capacity() * sizeof(Json) +
                   (node.ends.capacity() + node.numbers.capacity()) * sizeof(quint32);
        if (!other || !node.index.isSharedWith(other->index))
            m_bytes += node.index->byteSize(other ? &*other->index : nullptr);
        for (std::size_t i = 0; i < node.pages.size(); ++i)
            if (!other || i >= other->pages.size() || !node.pages[i].isSharedWith(other->pages[i]))
                m_bytes += heapBytes(sizeof(json::FlatNode) + json::kPageCells * sizeof(Json));
    }

    std::size_t m_bytes = 0;
    std::vector<std::pair<const Json*, const Json*>> m_pending;
};

} // namespace

std::size_t Json::byteSize(const Json* besides) const {
    return Weigher().weigh(*this, besides);
}

} // namespace rewindow
