// Walking over a JSON text without reading what is not asked for.
#include "store/filter/json_probe.h"

#include "base/json_bytes.h"
#include "base/json_scanner.h"

namespace rewindow {

namespace {

/// A place in a text that is taken for JSON, and never leaves it.
class Walker {
  public:
    explicit Walker(std::string_view text) : m_at(text.data()), m_end(m_at + text.size()) {}

    std::string_view rest() const { return {m_at, static_cast<std::size_t>(m_end - m_at)}; }
    void skipBlanks() {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
    }
    bool take(char c) {
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }
    bool isNext(char c) const { return m_at != m_end && *m_at == c; }

    /// A string, its opening quote next, as it stands between its quotes.
    std::string_view string() {
        const char* start = ++m_at;
        for (;;) {
            m_at = json::skipPlain(m_at, m_end, false);
            while (m_at != m_end && *m_at != '"' && *m_at != '\\')
                ++m_at;
            if (m_at == m_end)
                return {start, static_cast<std::size_t>(m_end - start)};
            if (*m_at == '"')
                return {start, static_cast<std::size_t>(m_at++ - start)};
            m_at += m_end - m_at >= 2 ? 2 : 1;
        }
    }

    void skipValue() {
        std::size_t depth = 0;
        do {
            if (m_at == m_end)
                return;
            switch (*m_at) {
            case '"':
                string();
                break;
            case '{':
            case '[':
                ++depth;
                ++m_at;
                break;
            case '}':
            case ']':
                if (depth == 0)
                    return;
                --depth;
                ++m_at;
                break;
            case ',':
                if (depth == 0)
                    return;
                ++m_at;
                break;
            default:
                ++m_at;
                if (depth == 0) {
                    while (m_at != m_end && isWithinScalar(*m_at))
                        ++m_at;
                }
            }
        } while (depth > 0);
    }

  private:
    static bool isWithinScalar(char c) {
        return c != ',' && c != '}' && c != ']' && c != ' ' && c != '\n' && c != '\r' && c != '\t';
    }

    const char* m_at;
    const char* m_end;
};

/// Whether the key at `member`, `raw` between its quotes, is that name.
bool isKey(std::string_view member, std::string_view raw, std::string_view name) {
    if (raw.find('\\') == std::string_view::npos)
        return raw == name;
    std::string buffer;
    return RawJson(member).string(buffer) == name;
}

std::string_view longestName(const std::vector<FilterPath::Step>& steps) {
    std::string_view longest;
    for (const FilterPath::Step& step : steps)
        if (const auto* name = std::get_if<std::string>(&step);
            name != nullptr && name->size() > longest.size())
            longest = *name;
    return longest;
}

} // namespace

Json::Kind RawJson::kind() const {
    switch (m_text.empty() ? '\0' : m_text.front()) {
    case '"':
        return Json::Kind::String;
    case '{':
        return Json::Kind::Object;
    case '[':
        return Json::Kind::Array;
    case 't':
    case 'f':
        return Json::Kind::Bool;
    case 'n':
        return Json::Kind::Null;
    default:
        return Json::Kind::Number;
    }
}

std::string_view RawJson::number() const {
    return m_text.substr(0, m_text.find_first_not_of("+-.0123456789eE"));
}

std::string_view RawJson::string(std::string& buffer) const {
    const std::string_view raw = Walker(m_text).string();
    if (raw.find('\\') == std::string_view::npos)
        return raw;
    json::Scanner scanner(m_text);
    std::string_view decoded;
    if (!scanner.string(decoded))
        return {};
    buffer = decoded;
    return buffer;
}

std::string_view RawJson::text() const {
    Walker walker(m_text);
    walker.skipValue();
    return m_text.substr(0, m_text.size() - walker.rest().size());
}

JsonProbe::JsonProbe(const FilterPath& path)
    : m_steps(path.steps())
    , m_longestName(longestName(m_steps)) {}

bool JsonProbe::mayFindIn(std::string_view text) const {
    return m_longestName.isIn(text) || hasEscapes(text);
}

std::string_view JsonProbe::memberOf(std::string_view object, std::string_view name) {
    Walker walker(object);
    walker.skipBlanks();
    if (!walker.take('{'))
        return {};
    std::string_view found;
    do {
        walker.skipBlanks();
        if (!walker.isNext('"'))
            break;
        const std::string_view member = walker.rest();
        const std::string_view key = walker.string();
        walker.skipBlanks();
        if (!walker.take(':'))
            break;
        walker.skipBlanks();
        if (isKey(member, key, name))
            found = walker.rest();
        walker.skipValue();
        walker.skipBlanks();
    } while (walker.take(','));
    return found;
}

std::string_view JsonProbe::elementsOf(std::string_view array) {
    Walker walker(array);
    walker.skipBlanks();
    if (!walker.take('['))
        return {};
    walker.skipBlanks();
    return walker.isNext(']') ? std::string_view() : walker.rest();
}

std::string_view JsonProbe::afterElement(std::string_view element) {
    Walker walker(element);
    walker.skipValue();
    walker.skipBlanks();
    if (!walker.take(','))
        return {};
    walker.skipBlanks();
    return walker.rest();
}

} // namespace rewindow
