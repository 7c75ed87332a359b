// Reading JSON text strictly (RFC 8259), without recursion.
#pragma once

#include "base/error.h"
#include "base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace rewindow::json {

/// Walks a text and tells a sink what stands there. Every step answers whether all is well; after
/// a false one, error() says what is wrong and where.
///
/// A sink has: openArray(), openObject(), close(), key(text), string(text), number(text),
/// literal(kind, truth). Texts are decoded, and valid during the call.
class Scanner {
  public:
    explicit Scanner(std::string_view text)
        : m_begin(text.data())
        , m_at(m_begin)
        , m_end(m_begin + text.size()) {}

    /// One value, whatever lies in it.
    template <class Sink>
    bool value(Sink& sink);
    /// A string, its opening quote next.
    bool string(std::string_view& decoded);
    /// Nothing but blanks is left.
    bool atEnd();

    void skipBlanks() {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
    }
    bool isNext(char c) const { return m_at != m_end && *m_at == c; }
    bool take(char c) {
        if (!isNext(c))
            return false;
        ++m_at;
        return true;
    }
    const char* position() const { return m_at; }

    bool wrong(const char* what) { return wrongAt(m_at, what); }
    std::unexpected<Error> error() const;

  private:
    bool wrongAt(const char* at, const char* what);
    bool number(std::string_view& text);
    bool word(std::string_view expected);
    bool digits();
    bool decode(const char* start, std::string_view& decoded);
    bool escape();
    bool hexUnit(quint32& unit);
    bool plainText();
    bool utf8Sequence();
    template <class Sink>
    bool scalar(Sink& sink);
    template <class Sink>
    bool memberKey(Sink& sink);

    const char* m_begin;
    const char* m_at;
    const char* m_end;
    const char* m_wrongAt = nullptr;
    const char* m_what = nullptr;
    std::string m_decoded; ///< a string that has escapes
    std::string m_open;    ///< '[' and '{' not closed yet
};

template <class Sink>
bool Scanner::scalar(Sink& sink) {
    std::string_view text;
    switch (m_at == m_end ? '\0' : *m_at) {
    case '"':
        return string(text) && (sink.string(text), true);
    case 't':
        return word("true") && (sink.literal(Json::Kind::Bool, true), true);
    case 'f':
        return word("false") && (sink.literal(Json::Kind::Bool, false), true);
    case 'n':
        return word("null") && (sink.literal(Json::Kind::Null, false), true);
    default:
        return number(text) && (sink.number(text), true);
    }
}

template <class Sink>
bool Scanner::memberKey(Sink& sink) {
    std::string_view key;
    if (!isNext('"'))
        return wrong("expected a key in double quotes");
    if (!string(key))
        return false;
    sink.key(key);
    skipBlanks();
    if (!take(':'))
        return wrong("expected ':' after the key");
    skipBlanks();
    return true;
}

template <class Sink>
bool Scanner::value(Sink& sink) {
    m_open.clear();
    skipBlanks();
    for (;;) {
        // A value is next.
        const bool isObject = isNext('{');
        if (isObject || isNext('[')) {
            if (m_open.size() == static_cast<std::size_t>(Json::kMaxDepth))
                return wrong("arrays and objects are nested deeper than 12,000 levels");
            m_open.push_back(*m_at++);
            isObject ? sink.openObject() : sink.openArray();
            skipBlanks();
            if (!isNext(isObject ? '}' : ']')) {
                if (isObject && !memberKey(sink))
                    return false;
                continue;
            }
        } else if (!scalar(sink)) {
            return false;
        }
        // A value is done, or an empty container is about to be closed.
        for (;;) {
            if (m_open.empty())
                return true;
            skipBlanks();
            const bool inObject = m_open.back() == '{';
            if (take(inObject ? '}' : ']')) {
                sink.close();
                m_open.pop_back();
                continue;
            }
            if (!take(','))
                return wrong(inObject ? "expected ',' or '}'" : "expected ',' or ']'");
            skipBlanks();
            if (inObject && !memberKey(sink))
                return false;
            break;
        }
    }
}

} // namespace rewindow::json
