// RFC 6901: naming a place in a JSON value.
#pragma once

#include "base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace rewindow {

/// "" is the whole value, "/items/0/sku" a place in it; `~` and `/` in a key are escaped.
class JsonPointer {
  public:
    JsonPointer() = default;
    explicit JsonPointer(std::vector<std::string> tokens) : m_tokens(std::move(tokens)) {}
    /// Fails with Usage where the text is neither empty nor starts with '/', or has a bad `~`.
    static Result<JsonPointer> parse(std::string_view text);

    const std::vector<std::string>& tokens() const { return m_tokens; } ///< unescaped
    std::string toString() const;
    JsonPointer child(std::string_view key) const;
    JsonPointer child(std::size_t index) const;
    JsonPointer parent() const; ///< of the root: the root
    bool isRoot() const { return m_tokens.empty(); }

    /// The value there, or nullptr; valid as long as `root` lives.
    const Json* in(const Json& root) const noexcept;

    auto operator<=>(const JsonPointer&) const = default;

  private:
    std::vector<std::string> m_tokens;
};

/// `token` escaped for use in a pointer's text.
std::string escapedPointerToken(std::string_view token);

} // namespace rewindow
