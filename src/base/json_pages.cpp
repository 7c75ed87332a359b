#include "base/json_pages.h"

#include <QHashFunctions>

#include <algorithm>

namespace rewindow::json {

namespace {

constexpr std::size_t kBucketEntries = 32; ///< on average at most
constexpr std::size_t kHeapBlock = 16;     ///< what an allocation costs besides its content

void openCells(FlatNode& page, std::size_t cell, std::size_t count) {
    Json* cells = page.cells();
    std::move_backward(cells + cell, cells + page.used, cells + page.used + count);
    page.used += static_cast<quint32>(count);
}

} // namespace

FlatNode& ownPage(Json& page) {
    const auto* node = static_cast<const FlatNode*>(page.node());
    if (!node->isShared())
        return *const_cast<FlatNode*>(node);
    FlatNode* copy = FlatNode::make(node->kind, kPageCells);
    for (quint32 i = 0; i < node->used; ++i)
        new (&copy->cells()[i]) Json(node->cells()[i]);
    copy->used = node->used;
    page = Json(copy);
    return *copy;
}

quint32 KeyIndex::hashOf(std::string_view key) noexcept {
    const std::size_t hash = qHashBits(key.data(), key.size(), QHashSeed::globalSeed());
    return static_cast<quint32>(hash ^ (hash >> 32));
}

void KeyIndex::insert(Entry entry) {
    if (m_entries >= m_buckets.size() * kBucketEntries)
        grow();
    m_buckets[place(entry.hash)].edit().push_back(entry);
    ++m_entries;
}

void KeyIndex::remove(Entry entry) {
    Bucket& bucket = m_buckets[place(entry.hash)].edit();
    const auto found = std::find(bucket.begin(), bucket.end(), entry);
    *found = bucket.back();
    bucket.pop_back();
    --m_entries;
}

void KeyIndex::grow() {
    std::vector<Cow<Bucket>> old(m_buckets.size() * 4);
    old.swap(m_buckets);
    for (const Cow<Bucket>& bucket : old)
        for (const Entry entry : *bucket)
            m_buckets[place(entry.hash)].edit().push_back(entry);
}

std::size_t KeyIndex::byteSize(const KeyIndex* besides) const {
    std::size_t bytes = m_buckets.size() * sizeof(m_buckets[0]) + kHeapBlock;
    const bool alike = besides && besides->m_buckets.size() == m_buckets.size();
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        if (!alike || !m_buckets[i].isSharedWith(besides->m_buckets[i]))
            bytes += sizeof(Bucket) + m_buckets[i]->capacity() * sizeof(Entry) + 2 * kHeapBlock;
    return bytes;
}

PagedNode::Place PagedNode::placeOf(std::size_t at) const noexcept {
    const auto end = std::upper_bound(ends.begin(), ends.end(), at);
    const auto page = static_cast<std::size_t>(end - ends.begin());
    return {page, at - startOf(page)};
}

std::ptrdiff_t PagedNode::indexOf(std::string_view key) const noexcept {
    const quint32 hash = KeyIndex::hashOf(key);
    for (const KeyIndex::Entry entry : index->bucket(hash)) {
        if (entry.hash != hash)
            continue;
        const auto number = std::lower_bound(numbers.begin(), numbers.end(), entry.page);
        const auto pageIndex = static_cast<std::size_t>(number - numbers.begin());
        const auto offset = json::indexOf(page(pageIndex), key);
        if (offset != kAbsent)
            return static_cast<std::ptrdiff_t>(startOf(pageIndex)) + offset;
    }
    return kAbsent;
}

void PagedNode::append(Json key, Json value) {
    if (pages.empty() || page(pages.size() - 1).size() == pageCapacity()) {
        pages.emplace_back(FlatNode::make(kind, kPageCells));
        ends.push_back(static_cast<quint32>(size()));
        if (kind == Kind::Object)
            numbers.push_back(nextNumber++);
    }
    FlatNode& last = ownPage(pages.back());
    if (kind == Kind::Object) {
        index.edit().insert({KeyIndex::hashOf(textOf(key)), numbers.back()});
        new (&last.cells()[last.used++]) Json(std::move(key));
    }
    new (&last.cells()[last.used++]) Json(std::move(value));
    ++ends.back();
}

void PagedNode::insert(std::size_t at, Json value) {
    if (at == size())
        return append(Json(), std::move(value));
    if (page(placeOf(at).page).size() == pageCapacity())
        splitPage(placeOf(at).page);
    const auto [pageIndex, offset] = placeOf(at);
    FlatNode& target = ownPage(pages[pageIndex]);
    new (&target.cells()[target.used]) Json;
    openCells(target, offset, 1);
    target.cells()[offset] = std::move(value);
    shiftEnds(pageIndex, 1);
}

void PagedNode::erase(std::size_t at) {
    const auto [pageIndex, offset] = placeOf(at);
    FlatNode& target = ownPage(pages[pageIndex]);
    if (kind == Kind::Object)
        index.edit().remove({KeyIndex::hashOf(textOf(target.key(offset))), numbers[pageIndex]});
    Json* first = target.cells() + offset * target.stride();
    Json* end = target.cells() + target.used;
    std::move(first + target.stride(), end, first);
    for (Json* cell = end - target.stride(); cell != end; ++cell)
        cell->~Json();
    target.used -= static_cast<quint32>(target.stride());
    shiftEnds(pageIndex, -1);
    if (target.used == 0) {
        const auto there = static_cast<std::ptrdiff_t>(pageIndex);
        pages.erase(pages.begin() + there);
        ends.erase(ends.begin() + there);
        if (kind == Kind::Object)
            numbers.erase(numbers.begin() + there);
    } else if (pages.size() > 4 && size() < pages.size() * pageCapacity() / 4) {
        repack();
    }
}

void PagedNode::shiftEnds(std::size_t page, int by) {
    for (std::size_t i = page; i < ends.size(); ++i)
        ends[i] += static_cast<quint32>(by);
}

void PagedNode::splitPage(std::size_t at) {
    FlatNode& full = ownPage(pages[at]);
    FlatNode* half = FlatNode::make(kind, kPageCells);
    const quint32 kept = full.used / 2;
    for (quint32 i = kept; i < full.used; ++i)
        new (&half->cells()[half->used++]) Json(std::move(full.cells()[i]));
    full.used = kept;
    const auto behind = static_cast<std::ptrdiff_t>(at) + 1;
    pages.insert(pages.begin() + behind, Json(half));
    ends.insert(ends.begin() + behind, ends[at]);
    ends[at] = static_cast<quint32>(startOf(at) + kept);
}

void PagedNode::repack() {
    PagedNode packed(kind);
    for (const Json& old : pages) {
        const auto& flat = *static_cast<const FlatNode*>(old.node());
        for (std::size_t i = 0; i < flat.size(); ++i)
            packed.append(kind == Kind::Object ? flat.key(i) : Json(), flat.value(i));
    }
    pages = std::move(packed.pages);
    ends = std::move(packed.ends);
    numbers = std::move(packed.numbers);
    nextNumber = packed.nextNumber;
    index = std::move(packed.index);
}

} // namespace rewindow::json
