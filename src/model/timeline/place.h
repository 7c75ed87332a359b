// A place in a state while it is walked: a chain of steps up to the root.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rewindow {

/// One step of a walk. Lives on the walker's stack, as do its parents.
struct Place {
    static constexpr std::size_t kNoIndex = static_cast<std::size_t>(-1);

    const Place* parent = nullptr;     ///< nullptr at the root
    std::string_view key{};            ///< of an object's member, unescaped
    std::size_t index = kNoIndex;      ///< of an array's element; kNoIndex: `key` counts
    mutable unsigned known = kUnknown; ///< scratch of the walk's user: what it knows this place by

    static constexpr unsigned kUnknown = static_cast<unsigned>(-1);

    bool isIndex() const { return index != kNoIndex; }
    /// RFC 6901.
    std::string pointer() const;
};

/// The index a token of a pointer means in an array; nothing for "-", "01" and other texts.
std::optional<std::size_t> indexOfToken(std::string_view token);

} // namespace rewindow
