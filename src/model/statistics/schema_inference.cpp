// A tree of paths, grown by a scanner's sink.
#include "model/statistics/schema_inference.h"

#include "model/statistics/schema_drift.h"
#include "model/statistics/statistics_filter.h"
#include "store/recorded_event.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr std::size_t kNone = ~std::size_t{0};
constexpr std::size_t kExamples = 3;
constexpr std::size_t kExampleBytes = 40;
/// More children than this are found by a hash table.
constexpr std::size_t kFewChildren = 12;

struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
        return std::hash<std::string_view>{}(key);
    }
};
using KeyIndex = std::unordered_map<std::string, quint32, KeyHash, std::equal_to<>>;

} // namespace

struct SchemaInference::Node {
    std::string key;
    quint32 parent = 0;
    bool isElement = false;
    quint32 hint = 0;      ///< the child that is likely next: keys mostly come in the same order
    quint32 element = 0;   ///< the child that stands for an array's elements, or 0
    quint32 lastEvent = 0; ///< in which it was seen last
    quint8 kindsNow = 0;   ///< in that event
    Presence presence;     ///< ordinals are the parent's events
    std::vector<KindPresence> kinds;
    std::vector<quint32> children; ///< members
    std::unique_ptr<KeyIndex> index;
    std::vector<std::string> examples;
    quint32 keysLeftOut = 0;
};

/// What the scanner tells of one payload, as nodes and kinds.
class SchemaInference::Walk {
  public:
    explicit Walk(SchemaInference& schema) : m_schema(schema) { m_open.reserve(8); }

    void openArray() { open(ValueKind::Array, true); }
    void openObject() { open(ValueKind::Object, false); }
    void close() { m_open.pop_back(); }
    void key(std::string_view text) {
        const std::size_t node = m_open.back().node;
        m_member = node == kNone ? kNone : m_schema.childNamed(node, text);
    }
    void string(std::string_view text) {
        const std::size_t node = value(ValueKind::String);
        if (node == kNone || !wantsExample(node))
            return;
        std::string example;
        const bool isCut = text.size() > kExampleBytes;
        std::string_view part = text.substr(0, kExampleBytes);
        if (isCut)
            while (!part.empty() && (static_cast<unsigned char>(text[part.size()]) & 0xC0) == 0x80)
                part.remove_suffix(1);
        appendQuoted(example, part);
        if (isCut)
            example += "…";
        m_schema.m_examples.emplace_back(node, std::move(example));
    }
    void number(std::string_view text) {
        const bool isWhole = text.find_first_of(".eE") == std::string_view::npos;
        const std::size_t node = value(isWhole ? ValueKind::Integer : ValueKind::Number);
        if (node == kNone || !wantsExample(node))
            return;
        std::string example(text.substr(0, kExampleBytes));
        if (text.size() > kExampleBytes)
            example += "…";
        m_schema.m_examples.emplace_back(node, std::move(example));
    }
    void literal(Json::Kind kind, bool) {
        value(kind == Json::Kind::Bool ? ValueKind::Boolean : ValueKind::Null);
    }

  private:
    struct Open {
        std::size_t node;
        bool isArray;
    };

    bool wantsExample(std::size_t node) const {
        return m_schema.m_nodes[node].examples.size() < kExamples;
    }
    std::size_t value(ValueKind kind) {
        std::size_t node = 0;
        if (!m_open.empty()) {
            const Open& in = m_open.back();
            node = !in.isArray ? m_member : in.node == kNone ? kNone : m_schema.elementOf(in.node);
        }
        if (node != kNone)
            m_schema.m_seen.push_back({static_cast<quint32>(node), kind});
        return node;
    }
    void open(ValueKind kind, bool isArray) {
        std::size_t node = value(kind);
        if (m_open.size() >= kMostDepth && node != kNone) {
            m_schema.m_cut.push_back(static_cast<quint32>(node));
            node = kNone;
        }
        m_open.push_back({node, isArray});
    }

    SchemaInference& m_schema;
    std::vector<Open> m_open;
    std::size_t m_member = kNone;
};

SchemaInference::SchemaInference(std::size_t& budget) : m_budget(&budget) {
    m_nodes.emplace_back().key = "data";
}
SchemaInference::~SchemaInference() = default;
SchemaInference::SchemaInference(SchemaInference&&) noexcept = default;

std::size_t SchemaInference::makeChild(std::size_t node, std::string_view key, bool isElement) {
    if (m_nodes.size() >= kMostPaths || *m_budget == 0 || key.size() > kMostKeyBytes)
        return kNone;
    --*m_budget;
    Node& child = m_nodes.emplace_back();
    child.key = key;
    child.parent = static_cast<quint32>(node);
    child.isElement = isElement;
    return m_nodes.size() - 1;
}

std::size_t SchemaInference::elementOf(std::size_t node) {
    if (m_nodes[node].element != 0)
        return m_nodes[node].element;
    const std::size_t made = makeChild(node, {}, true);
    if (made == kNone)
        m_cut.push_back(static_cast<quint32>(node));
    else
        m_nodes[node].element = static_cast<quint32>(made);
    return made;
}

std::size_t SchemaInference::childNamed(std::size_t node, std::string_view key) {
    Node& in = m_nodes[node];
    const std::size_t count = in.children.size();
    if (in.index) {
        if (const auto known = in.index->find(key); known != in.index->end())
            return known->second;
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t at = (in.hint + i) % count;
            if (m_nodes[in.children[at]].key == key) {
                in.hint = static_cast<quint32>(at + 1);
                return in.children[at];
            }
        }
    }
    const std::size_t made = count < kMostKeys ? makeChild(node, key, false) : kNone;
    if (made == kNone) {
        m_cut.push_back(static_cast<quint32>(node));
        return kNone;
    }
    Node& grown = m_nodes[node];
    grown.children.push_back(static_cast<quint32>(made));
    grown.hint = static_cast<quint32>(grown.children.size());
    if (grown.index) {
        grown.index->emplace(key, static_cast<quint32>(made));
    } else if (grown.children.size() > kFewChildren) {
        grown.index = std::make_unique<KeyIndex>();
        for (const quint32 child : grown.children)
            grown.index->emplace(m_nodes[child].key, child);
    }
    return made;
}

bool SchemaInference::add(std::string_view payload, GlobalPosition position) {
    m_seen.clear();
    m_cut.clear();
    m_examples.clear();
    Walk walk(*this);
    json::Scanner scanner(payload);
    if (!scanner.value(walk) || !scanner.atEnd())
        return false;
    ++m_events;
    for (const Seen& seen : m_seen)
        note(seen.node, seen.kind, position);
    for (const quint32 node : m_cut)
        ++m_nodes[node].keysLeftOut;
    for (auto& [node, example] : m_examples) {
        auto& examples = m_nodes[node].examples;
        if (examples.size() < kExamples && std::ranges::find(examples, example) == examples.end())
            examples.push_back(std::move(example));
    }
    return true;
}

/// Parents come before what lies in them, so that their counts are this event's already.
void SchemaInference::note(std::size_t index, ValueKind kind, GlobalPosition position) {
    Node& node = m_nodes[index];
    const auto bit = static_cast<quint8>(1u << static_cast<unsigned>(kind));
    if (node.lastEvent != m_events) {
        node.lastEvent = m_events;
        node.kindsNow = 0;
        const quint32 ordinal = index == 0 ? m_events : m_nodes[node.parent].presence.events;
        node.presence.see(ordinal, position);
    }
    if (node.kindsNow & bit)
        return;
    node.kindsNow |= bit;
    auto known = std::ranges::find(node.kinds, kind, &KindPresence::kind);
    if (known == node.kinds.end())
        known = node.kinds.insert(known, {kind, {}});
    known->presence.see(node.presence.events, position);
}

std::vector<SchemaPath> SchemaInference::schema() const {
    std::vector<SchemaPath> paths;
    if (m_events > 0)
        describe(0, -1, QStringLiteral("data"), paths);
    return paths;
}

void SchemaInference::describe(std::size_t index, int parent, const QString& path,
                               std::vector<SchemaPath>& into) const {
    const Node& node = m_nodes[index];
    if (node.presence.events == 0) // was only in a payload that is not JSON
        return;
    const quint32 parentEvents = index == 0 ? m_events : m_nodes[node.parent].presence.events;
    SchemaPath shown;
    shown.name = node.isElement ? QStringLiteral("[*]") : toQString(node.key);
    shown.path = path;
    shown.parent = parent;
    shown.events = node.presence.events;
    shown.parentEvents = parentEvents;
    shown.first = node.presence.first;
    shown.last = node.presence.last;
    shown.keysLeftOut = node.keysLeftOut;
    for (const KindPresence& kind : node.kinds)
        shown.kinds.push_back(
            {kind.kind, kind.presence.events, kind.presence.first, kind.presence.last});
    std::ranges::stable_sort(shown.kinds, std::ranges::greater(), &KindStatistics::events);
    for (const std::string& example : node.examples)
        shown.examples.append(toQString(example));
    shown.drift = driftOf(node.presence, parentEvents, node.kinds);
    const int here = static_cast<int>(into.size());
    into.push_back(std::move(shown));
    for (const quint32 child : node.children)
        describe(child, here, path + u'.' + filterPathName(toQString(m_nodes[child].key)), into);
    if (node.element != 0)
        describe(node.element, here, path + QStringLiteral("[*]"), into);
}

} // namespace rewindow
