// Json::dump, Json::dumpPretty and appendQuoted.
#include "base/json.h"
#include "base/json_bytes.h"
#include "base/json_node.h"

#include <QString>

namespace rewindow {

namespace {

class Writer {
  public:
    /// `indent` is the number of blanks a level; below 0 all stands on one line.
    explicit Writer(int indent) : m_indent(indent) {}

    std::string write(const Json& root) {
        value(root);
        while (!m_open.empty()) {
            Open& innermost = m_open.back();
            const json::Node& node = *innermost.container->node();
            const bool isObject = node.kind == json::Kind::Object;
            if (innermost.next == json::sizeOf(node)) {
                const bool wasEmpty = innermost.next == 0;
                m_open.pop_back();
                if (!wasEmpty)
                    newLine();
                m_out += isObject ? '}' : ']';
                continue;
            }
            const std::size_t index = innermost.next++;
            if (index > 0)
                m_out += ',';
            newLine();
            if (isObject) {
                appendQuoted(m_out, json::textOf(json::keyAt(node, index)));
                m_out += m_indent < 0 ? ":" : ": ";
            }
            value(json::valueAt(node, index));
        }
        return std::move(m_out);
    }

  private:
    struct Open {
        const Json* container;
        std::size_t next;
    };

    void value(const Json& value) {
        switch (value.kind()) {
        case json::Kind::Null:
            m_out += "null";
            break;
        case json::Kind::Bool:
            m_out += value.toBool() ? "true" : "false";
            break;
        case json::Kind::Number:
            m_out += value.text();
            break;
        case json::Kind::String:
            appendQuoted(m_out, value.text());
            break;
        case json::Kind::Array:
        case json::Kind::Object:
            m_out += value.kind() == json::Kind::Array ? '[' : '{';
            m_open.push_back({&value, 0});
            break;
        }
    }

    void newLine() {
        if (m_indent < 0)
            return;
        m_out += '\n';
        m_out.append(m_open.size() * static_cast<std::size_t>(m_indent), ' ');
    }

    int m_indent;
    std::string m_out;
    std::vector<Open> m_open;
};

void appendEscaped(std::string& out, char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        break;
    case '\\':
        out += "\\\\";
        break;
    case '\b':
        out += "\\b";
        break;
    case '\f':
        out += "\\f";
        break;
    case '\n':
        out += "\\n";
        break;
    case '\r':
        out += "\\r";
        break;
    case '\t':
        out += "\\t";
        break;
    default:
        out += "\\u00";
        out += kHex[static_cast<unsigned char>(c) >> 4];
        out += kHex[static_cast<unsigned char>(c) & 15];
    }
}

} // namespace

std::string Json::dump() const {
    return Writer(-1).write(*this);
}

std::string Json::dumpPretty(int indent) const {
    return Writer(std::max(indent, 0)).write(*this);
}

void appendQuoted(std::string& out, std::string_view utf8) {
    if (const QUtf8StringView text(utf8.data(), static_cast<qsizetype>(utf8.size()));
        !text.isValidUtf8()) {
        appendQuoted(out, text.toString().toStdString());
        return;
    }
    const char* at = utf8.data();
    const char* const end = at + utf8.size();
    const char* start = at;
    out += '"';
    while ((at = json::skipPlain(at, end, false)) != end) {
        const char c = *at++;
        if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20)
            continue;
        out.append(start, at - 1);
        appendEscaped(out, c);
        start = at;
    }
    out.append(start, end);
    out += '"';
}

} // namespace rewindow
