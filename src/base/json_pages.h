// Arrays and objects of many elements: pages that copies share, and an index of keys.
#pragma once

#include "base/cow.h"
#include "base/json_node.h"

#include <vector>

namespace rewindow::json {

/// Which page holds a key, by the key's hash. Copies share all but the buckets that changed.
class KeyIndex {
  public:
    struct Entry {
        quint32 hash;
        quint32 page;
        bool operator==(const Entry&) const = default;
    };
    using Bucket = std::vector<Entry>;

    static quint32 hashOf(std::string_view key) noexcept;

    const Bucket& bucket(quint32 hash) const noexcept { return *m_buckets[place(hash)]; }
    void insert(Entry entry);
    void remove(Entry entry);
    /// Heap bytes; with `besides`, only those it does not share.
    std::size_t byteSize(const KeyIndex* besides) const;

  private:
    std::size_t place(quint32 hash) const noexcept { return hash & (m_buckets.size() - 1); }
    void grow();

    std::vector<Cow<Bucket>> m_buckets = std::vector<Cow<Bucket>>(1);
    std::size_t m_entries = 0;
};

/// The page itself, copied first when others hold it too; always with room for kPageCells.
FlatNode& ownPage(Json& page);

/// A container of more than a page. Pages are FlatNodes, none of them empty, in order; those of an
/// object are numbered, ascending, so that the index need not know where a page stands.
struct PagedNode final : ContainerNode {
    explicit PagedNode(Kind nodeKind) : ContainerNode(nodeKind, true) {}
    PagedNode(const PagedNode& other)
        : ContainerNode(other.kind, true)
        , pages(other.pages)
        , ends(other.ends)
        , numbers(other.numbers)
        , nextNumber(other.nextNumber)
        , index(other.index) {}
    PagedNode& operator=(const PagedNode&) = delete;

    std::size_t size() const noexcept { return ends.empty() ? 0 : ends.back(); }
    std::size_t pageCapacity() const noexcept {
        return kind == Kind::Object ? kPageCells / 2 : kPageCells;
    }

    struct Place {
        std::size_t page;
        std::size_t offset;
    };
    Place placeOf(std::size_t at) const noexcept;
    const FlatNode& page(std::size_t at) const noexcept {
        return *static_cast<const FlatNode*>(pages[at].node());
    }
    std::size_t startOf(std::size_t page) const noexcept { return page == 0 ? 0 : ends[page - 1]; }
    std::ptrdiff_t indexOf(std::string_view key) const noexcept;

    void append(Json key, Json value); ///< `key` is null in an array
    void insert(std::size_t at, Json value);
    void erase(std::size_t at);

    std::vector<Json> pages;
    std::vector<quint32> ends;    ///< index behind each page's last element
    std::vector<quint32> numbers; ///< of an object's pages
    quint32 nextNumber = 0;
    Cow<KeyIndex> index; ///< of an object

  private:
    void shiftEnds(std::size_t page, int by);
    void splitPage(std::size_t page);
    void repack();
};

} // namespace rewindow::json
