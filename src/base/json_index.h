// A pointer's token read as the index of an array's element.
#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace rewindow::json {

/// RFC 6901: digits without a leading zero.
inline std::optional<std::size_t> arrayIndex(std::string_view token) noexcept {
    std::size_t index = 0;
    const char* end = token.data() + token.size();
    const auto read = std::from_chars(token.data(), end, index);
    if (read.ec != std::errc() || read.ptr != end || (token.size() > 1 && token.front() == '0'))
        return std::nullopt;
    return index;
}

} // namespace rewindow::json
