// Looking for text in text, byte by byte.
#pragma once

#include "store/filter/filter_value.h"

#include <string>
#include <string_view>
#include <vector>

namespace rewindow {

/// Finds one text wherever it stands, byte by byte.
class ExactSearch {
  public:
    explicit ExactSearch(std::string_view part);
    bool isIn(std::string_view text) const;
    const std::string& part() const { return m_part; }

  private:
    std::string m_part;
    std::size_t m_anchor = 0; ///< the byte that is looked for first: one that is seldom
};

inline bool hasEscapes(std::string_view json) {
    return json.contains('\\');
}

/// Finds one text wherever it stands, A to Z and a to z being the same.
class CaselessSearch {
  public:
    explicit CaselessSearch(std::string_view part);
    bool isIn(std::string_view text) const;

  private:
    bool isAt(const char* at) const;

    std::string m_lower;
    std::size_t m_anchor = 0; ///< the byte that is looked for first: one that is seldom
    char m_anchorLower = 0;
    char m_anchorUpper = 0;
};

/// A text with stars, each of which stands for any text. Only what comes before a NUL is looked
/// at, as SQLite's GLOB does.
class BytePattern {
  public:
    explicit BytePattern(const FilterPattern& pattern);
    bool fits(std::string_view text) const;
    bool isAscii() const { return m_isAscii; }
    /// The longest piece between stars.
    const std::string& longestPiece() const;

  private:
    std::vector<std::string> m_pieces;
    bool m_isAscii = true;
};

} // namespace rewindow
