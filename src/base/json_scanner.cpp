#include "base/json_scanner.h"

#include "base/json_bytes.h"

namespace rewindow::json {

namespace {

void appendUtf8(std::string& out, quint32 point) {
    if (point < 0x80) {
        out += static_cast<char>(point);
        return;
    }
    if (point < 0x800) {
        out += static_cast<char>(0xC0 | point >> 6);
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0 | point >> 12);
        out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | point >> 18);
        out += static_cast<char>(0x80 | (point >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    }
    out += static_cast<char>(0x80 | (point & 0x3F));
}

bool isHighSurrogate(quint32 unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
bool isLowSurrogate(quint32 unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

} // namespace

bool Scanner::wrongAt(const char* at, const char* what) {
    m_wrongAt = at;
    m_what = what;
    return false;
}

std::unexpected<Error> Scanner::error() const {
    qint64 line = 1;
    qint64 column = 1;
    for (const char* c = m_begin; c != m_wrongAt; ++c) {
        if (*c == '\n') {
            ++line;
            column = 1;
        } else if ((*c & 0xC0) != 0x80) {
            ++column;
        }
    }
    QString what = QString::fromLatin1(m_what);
    if (m_wrongAt == m_end)
        what += QStringLiteral(", but the text ends here");
    return fail(Error::Kind::BadInput, what, {},
                QStringLiteral("line %1, column %2").arg(line).arg(column));
}

bool Scanner::atEnd() {
    skipBlanks();
    return m_at == m_end || wrong("expected nothing more after the JSON value");
}

bool Scanner::word(std::string_view expected) {
    if (!std::string_view(m_at, static_cast<std::size_t>(m_end - m_at)).starts_with(expected))
        return wrong("expected a JSON value");
    m_at += expected.size();
    return true;
}

bool Scanner::digits() {
    const char* start = m_at;
    while (m_at != m_end && *m_at >= '0' && *m_at <= '9')
        ++m_at;
    return m_at != start || wrong("expected a digit");
}

bool Scanner::number(std::string_view& text) {
    const char* start = m_at;
    const bool negative = take('-');
    if (!negative && (m_at == m_end || *m_at < '0' || *m_at > '9'))
        return wrong("expected a JSON value");
    if (take('0')) {
        if (m_at != m_end && *m_at >= '0' && *m_at <= '9')
            return wrong("a number does not start with 0");
    } else if (!digits()) {
        return false;
    }
    if (take('.') && !digits())
        return false;
    if (take('e') || take('E')) {
        if (!take('+'))
            take('-');
        if (!digits())
            return false;
    }
    text = {start, static_cast<std::size_t>(m_at - start)};
    return true;
}

bool Scanner::string(std::string_view& decoded) {
    const char* start = ++m_at;
    if (!plainText())
        return false;
    if (*m_at == '\\')
        return decode(start, decoded);
    decoded = {start, static_cast<std::size_t>(m_at - start)};
    ++m_at;
    return true;
}

bool Scanner::decode(const char* start, std::string_view& decoded) {
    m_decoded.assign(start, m_at);
    while (*m_at == '\\') {
        if (!escape())
            return false;
        const char* plain = m_at;
        if (!plainText())
            return false;
        m_decoded.append(plain, m_at);
    }
    ++m_at;
    decoded = m_decoded;
    return true;
}

/// Up to the closing quote or the next escape.
bool Scanner::plainText() {
    for (;;) {
        m_at = skipPlain(m_at, m_end, true);
        if (m_at == m_end)
            return wrong("expected a closing double quote");
        const auto byte = static_cast<unsigned char>(*m_at);
        if (byte == '"' || byte == '\\')
            return true;
        if (byte < 0x20)
            return wrong("a control character in a string must be written as an escape");
        if (byte < 0x80)
            ++m_at;
        else if (!utf8Sequence())
            return false;
    }
}

/// One character beyond ASCII: the shortest form, no surrogate, at most U+10FFFF.
bool Scanner::utf8Sequence() {
    const auto left = static_cast<std::size_t>(m_end - m_at);
    const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(m_at[at]); };
    const auto follows = [&](std::size_t at, unsigned char from = 0x80, unsigned char to = 0xBF) {
        return at < left && byte(at) >= from && byte(at) <= to;
    };
    const unsigned char lead = byte(0);
    if (lead >= 0xC2 && lead <= 0xDF && follows(1)) {
        m_at += 2;
    } else if (lead >= 0xE0 && lead <= 0xEF &&
               follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && follows(2)) {
        m_at += 3;
    } else if (lead >= 0xF0 && lead <= 0xF4 &&
               follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && follows(2) &&
               follows(3)) {
        m_at += 4;
    } else {
        return wrong("a byte that is not UTF-8");
    }
    return true;
}

bool Scanner::hexUnit(quint32& unit) {
    unit = 0;
    for (int i = 0; i < 4; ++i, ++m_at) {
        const char c = m_at == m_end ? '\0' : *m_at;
        if (c >= '0' && c <= '9')
            unit = unit * 16 + static_cast<quint32>(c - '0');
        else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
            unit = unit * 16 + static_cast<quint32>((c | 0x20) - 'a' + 10);
        else
            return wrong("expected four hexadecimal digits after \\u");
    }
    return true;
}

bool Scanner::escape() {
    ++m_at;
    const char c = m_at == m_end ? '\0' : *m_at;
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t at = kNames.find(c); c != '\0' && at != std::string_view::npos) {
        m_decoded += kMeanings[at];
        ++m_at;
        return true;
    }
    if (c != 'u')
        return wrong("expected one of \" \\ / b f n r t u after a backslash");
    ++m_at;
    quint32 unit = 0;
    if (!hexUnit(unit))
        return false;
    if (isHighSurrogate(unit) && m_end - m_at >= 2 && m_at[0] == '\\' && m_at[1] == 'u') {
        const char* next = m_at;
        quint32 low = 0;
        m_at += 2;
        if (!hexUnit(low))
            return false;
        if (isLowSurrogate(low))
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        else
            m_at = next;
    }
    const bool alone = isHighSurrogate(unit) || isLowSurrogate(unit);
    appendUtf8(m_decoded, alone ? 0xFFFD : unit);
    return true;
}

} // namespace rewindow::json
