// Json::parse, rawMembers and withoutBlanks.
#include "base/json.h"
#include "base/json_bytes.h"
#include "base/json_node.h"
#include "base/json_scanner.h"

#include <bitset>

namespace rewindow {

namespace {

/// Builds values from what the scanner tells: finished values wait on one stack until their
/// container is closed.
class Builder {
  public:
    Builder() = default;
    Builder(const Builder&) = delete;
    Builder& operator=(const Builder&) = delete;
    ~Builder() { clear(); }

    void openArray() { m_open.push_back({m_values.size(), json::Kind::Array}); }
    void openObject() { m_open.push_back({m_values.size(), json::Kind::Object}); }
    void key(std::string_view text) { push(json::keyNode(text)); }
    void string(std::string_view text) {
        m_values.push_back(json::TextNode::make(json::Kind::String, text));
    }
    void number(std::string_view text) {
        m_values.push_back(json::TextNode::make(json::Kind::Number, text));
    }
    void literal(json::Kind kind, bool truth) {
        push(kind == json::Kind::Bool ? Json(truth) : Json());
    }
    void close() {
        const auto [first, kind] = m_open.back();
        m_open.pop_back();
        const json::Node* const* cells = m_values.data() + first;
        const std::size_t count = m_values.size() - first;
        Json container = kind == json::Kind::Array
                             ? json::makeArray(cells, count)
                             : json::makeObject(cells, count / 2, areDistinct(cells, count));
        m_values.resize(first);
        push(std::move(container));
    }

    Json take() {
        Json value(m_values.back());
        m_values.pop_back();
        return value;
    }
    /// Forgets what is unfinished, and gives back what a huge text made it hold.
    void clear() {
        for (const json::Node* node : m_values)
            Json value(node);
        m_values.clear();
        m_open.clear();
        if (m_values.capacity() > kKept)
            m_values.shrink_to_fit();
    }

  private:
    struct Open {
        std::size_t first; ///< of its cells
        json::Kind kind;
    };
    static constexpr std::size_t kKept = 65'536;

    void push(Json value) {
        m_values.push_back(value.node());
        new (&value) Json;
    }

    /// Of few members: whether their keys differ. Many are told apart by their index.
    static bool areDistinct(const json::Node* const* cells, std::size_t count) {
        if (count > json::kPageCells)
            return false;
        std::bitset<1024> seen;
        for (std::size_t i = 0; i < count; i += 2) {
            const std::string_view key = keyOf(cells[i]);
            auto bit = seen[json::roughHash(key) % seen.size()];
            if (bit && isAmong(cells, i, key))
                return false;
            bit = true;
        }
        return true;
    }
    static bool isAmong(const json::Node* const* cells, std::size_t count, std::string_view key) {
        for (std::size_t i = 0; i < count; i += 2)
            if (keyOf(cells[i]) == key)
                return true;
        return false;
    }
    static std::string_view keyOf(const json::Node* node) {
        return static_cast<const json::TextNode*>(node)->text();
    }

    std::vector<const json::Node*> m_values;
    std::vector<Open> m_open;
};

/// Looks at a text only for whether it is JSON.
struct Nothing {
    void openArray() {}
    void openObject() {}
    void close() {}
    void key(std::string_view) {}
    void string(std::string_view) {}
    void number(std::string_view) {}
    void literal(json::Kind, bool) {}
};

} // namespace

Result<Json> Json::parse(std::string_view utf8) {
    thread_local Builder builder;
    json::Scanner scanner(utf8);
    if (!scanner.value(builder) || !scanner.atEnd()) {
        builder.clear();
        return scanner.error();
    }
    Json value = builder.take();
    builder.clear();
    return value;
}

bool isJson(std::string_view utf8) {
    json::Scanner scanner(utf8);
    Nothing nothing;
    return scanner.value(nothing) && scanner.atEnd();
}

Result<std::vector<RawMember>> rawMembers(std::string_view utf8) {
    json::Scanner scanner(utf8);
    Nothing nothing;
    std::vector<RawMember> members;
    scanner.skipBlanks();
    if (!scanner.take('{')) {
        scanner.wrong("expected a JSON object");
        return scanner.error();
    }
    scanner.skipBlanks();
    bool more = !scanner.take('}');
    while (more) {
        std::string_view key;
        if (!scanner.isNext('"')) {
            scanner.wrong("expected a key in double quotes");
            return scanner.error();
        }
        if (!scanner.string(key))
            return scanner.error();
        RawMember member{.key = std::string(key), .value = {}};
        scanner.skipBlanks();
        if (!scanner.take(':')) {
            scanner.wrong("expected ':' after the key");
            return scanner.error();
        }
        scanner.skipBlanks();
        const char* start = scanner.position();
        if (!scanner.value(nothing))
            return scanner.error();
        member.value = {start, static_cast<std::size_t>(scanner.position() - start)};
        members.push_back(std::move(member));
        scanner.skipBlanks();
        more = scanner.take(',');
        scanner.skipBlanks();
        if (!more && !scanner.take('}')) {
            scanner.wrong("expected ',' or '}'");
            return scanner.error();
        }
    }
    if (!scanner.atEnd())
        return scanner.error();
    return members;
}

std::string withoutBlanks(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    const char* at = utf8.data();
    const char* const end = at + utf8.size();
    const char* start = at;
    bool inString = false;
    while (at != end) {
        if (inString && (at = json::skipPlain(at, end, false)) == end)
            break;
        const char c = *at++;
        if (c == '"') {
            inString = !inString;
        } else if (inString) {
            if (c == '\\' && at != end)
                ++at;
        } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            out.append(start, at - 1);
            start = at;
        }
    }
    return out.append(start, end);
}

} // namespace rewindow
