// For every place a state ever had, the versions that changed it.

#include "model/timeline/change_index.h"

#include "base/json_pointer.h"

#include <algorithm>
#include <functional>

namespace rewindow {

namespace {

constexpr quint32 kIndexBit = 0x8000'0000;

std::size_t mixed(quint32 parent, quint32 token) {
    quint64 bits = (quint64(parent) << 32 | token) * 0x9e37'79b9'7f4a'7c15ULL;
    return static_cast<std::size_t>(bits ^ (bits >> 29));
}

std::size_t hashOfText(std::string_view text) {
    return std::hash<std::string_view>{}(text);
}

std::optional<quint32> indexToken(std::size_t index) {
    if (index >= kIndexBit)
        return std::nullopt;
    return kIndexBit | static_cast<quint32>(index);
}

} // namespace

template <class IsIt>
quint32 ChangeIndex::NumberTable::find(std::size_t hash, const IsIt& isIt) const {
    if (m_slots.empty())
        return 0;
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        if (isIt(m_slots[slot]))
            return m_slots[slot];
    }
    return 0;
}

template <class HashOf>
void ChangeIndex::NumberTable::insert(std::size_t hash, quint32 number, const HashOf& hashOf) {
    if ((m_used + 1) * 4 > m_slots.size() * 3) {
        std::vector<quint32> old(std::max<std::size_t>(16, m_slots.size() * 2));
        old.swap(m_slots);
        for (const quint32 known : old) {
            if (known != 0)
                place(hashOf(known), known);
        }
    }
    place(hash, number);
    ++m_used;
}

void ChangeIndex::NumberTable::place(std::size_t hash, quint32 number) {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot] != 0)
        slot = (slot + 1) & mask;
    m_slots[slot] = number;
}

bool ChangeIndex::record(const Json& before, const Json& after, StreamVersion version) {
    const std::lock_guard lock(m_mutex);
    if (!m_open)
        return false;
    m_open = version.value() <= VersionList::kMaxVersion;
    m_looks += walkChanges(before, after, [&](const Place& place, const Json*, const Json* now) {
        return m_open = m_open && note(place, now != nullptr, version);
    });
    m_open = m_open && m_looks <= m_budget.looks;
    // A version half taken in is not answered for.
    if (m_open)
        m_upTo = version;
    return m_open;
}

bool ChangeIndex::isOpen() const {
    const std::lock_guard lock(m_mutex);
    return m_open;
}

StreamVersion ChangeIndex::upTo() const {
    const std::lock_guard lock(m_mutex);
    return m_upTo;
}

std::optional<ChangeIndex::Change> ChangeIndex::lastChange(std::string_view pointer,
                                                           StreamVersion version) const {
    const Result<JsonPointer> parsed = JsonPointer::parse(pointer);
    const std::lock_guard lock(m_mutex);
    if (!parsed || m_nodes.empty() || version < StreamVersion(1))
        return std::nullopt;
    NodeId node = 0;
    for (const std::string& text : parsed->tokens()) {
        const std::optional<Token> token = tokenOf(text);
        const std::optional<NodeId> child = token ? childOf(node, *token) : std::nullopt;
        if (!child)
            return std::nullopt;
        node = *child;
    }
    const StreamVersion asked = std::min(version, m_upTo);
    const VersionList::Entry entry =
        m_nodes[node].versions.lastUpTo(static_cast<quint32>(asked.value()));
    if (entry.version == 0)
        return std::nullopt;
    return Change{StreamVersion(entry.version), entry.present};
}

std::size_t ChangeIndex::byteSize() const {
    const std::lock_guard lock(m_mutex);
    return bytes();
}

std::size_t ChangeIndex::bytes() const {
    return m_nodes.capacity() * sizeof(Node) + m_children.heapBytes() + m_listBytes +
           m_keys.capacity() + m_keyEnds.capacity() * sizeof(std::size_t) +
           m_keyNumbers.heapBytes();
}

bool ChangeIndex::note(const Place& place, bool present, StreamVersion version) {
    if (m_nodes.empty())
        m_nodes.push_back({.parent = 0, .token = 0, .versions = {}});
    VersionList& versions = m_nodes[nodeFor(place)].versions;
    m_listBytes -= versions.heapBytes();
    versions.add(static_cast<quint32>(version.value()), present);
    m_listBytes += versions.heapBytes();
    return bytes() <= m_budget.bytes;
}

ChangeIndex::NodeId ChangeIndex::nodeFor(const Place& place) {
    std::vector<const Place*> unknown;
    const Place* step = &place;
    for (; step->parent && step->known == Place::kUnknown; step = step->parent)
        unknown.push_back(step);
    NodeId node = step->parent ? step->known : 0;
    for (auto at = unknown.rbegin(); at != unknown.rend(); ++at) {
        node = childFor(node, tokenFor(**at));
        (*at)->known = node;
    }
    return node;
}

ChangeIndex::NodeId ChangeIndex::childFor(NodeId parent, Token token) {
    if (const std::optional<NodeId> child = childOf(parent, token))
        return *child;
    const auto child = static_cast<NodeId>(m_nodes.size());
    m_nodes.push_back({.parent = parent, .token = token, .versions = {}});
    m_children.insert(mixed(parent, token), child, [this](NodeId known) {
        return mixed(m_nodes[known].parent, m_nodes[known].token);
    });
    return child;
}

std::optional<ChangeIndex::NodeId> ChangeIndex::childOf(NodeId parent, Token token) const {
    const NodeId child = m_children.find(mixed(parent, token), [&](NodeId known) {
        return m_nodes[known].parent == parent && m_nodes[known].token == token;
    });
    return child == 0 ? std::nullopt : std::optional(child);
}

ChangeIndex::Token ChangeIndex::tokenFor(const Place& step) {
    if (const auto index = step.isIndex() ? indexToken(step.index) : std::nullopt)
        return *index;
    const std::string number = step.isIndex() ? std::to_string(step.index) : std::string();
    const std::string_view text = step.isIndex() ? std::string_view(number) : step.key;
    if (const std::optional<Token> known = tokenOf(text))
        return *known;
    m_keys += text;
    m_keyEnds.push_back(m_keys.size());
    const auto key = static_cast<Token>(m_keyEnds.size());
    m_keyNumbers.insert(hashOfText(text), key,
                        [this](Token known) { return hashOfText(keyText(known)); });
    return key;
}

std::optional<ChangeIndex::Token> ChangeIndex::tokenOf(std::string_view text) const {
    if (const std::optional<std::size_t> index = indexOfToken(text)) {
        if (const std::optional<Token> token = indexToken(*index))
            return token;
    }
    const Token key =
        m_keyNumbers.find(hashOfText(text), [&](Token known) { return keyText(known) == text; });
    return key == 0 ? std::nullopt : std::optional(key);
}

std::string_view ChangeIndex::keyText(Token key) const {
    const std::size_t start = key == 1 ? 0 : m_keyEnds[key - 2];
    return std::string_view(m_keys).substr(start, m_keyEnds[key - 1] - start);
}

} // namespace rewindow
