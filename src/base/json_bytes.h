// Looking at a JSON text eight bytes at a time.
#pragma once

#include <QtGlobal>

#include <cstring>

namespace rewindow::json {

constexpr quint64 everyByte(quint64 byte) {
    return byte * 0x0101010101010101ULL;
}

/// Whether eight bytes of a string's content mean themselves: no control character, quote or
/// backslash among them; nor, where `asciiOnly`, any byte beyond ASCII.
inline bool arePlain(const char* bytes, bool asciiOnly) {
    quint64 word;
    std::memcpy(&word, bytes, 8);
    const quint64 quote = word ^ everyByte('"');
    const quint64 backslash = word ^ everyByte('\\');
    const quint64 found = ((word - everyByte(0x20)) & ~word) | ((quote - everyByte(1)) & ~quote) |
                          ((backslash - everyByte(1)) & ~backslash) | (asciiOnly ? word : 0);
    return (found & everyByte(0x80)) == 0;
}

/// The first byte at or after `at` that may not be plain, at most eight bytes early.
inline const char* skipPlain(const char* at, const char* end, bool asciiOnly) {
    while (end - at >= 8 && arePlain(at, asciiOnly))
        at += 8;
    return at;
}

} // namespace rewindow::json
