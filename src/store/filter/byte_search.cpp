// Anchors for memchr, and pieces between stars.
#include "store/filter/byte_search.h"

#include <algorithm>
#include <cstring>

namespace rewindow {

namespace {

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

char raised(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

/// Roughly how common a byte is in the JSON of events.
int commonness(char c) {
    constexpr std::string_view kMostCommonFirst = "\"e0ta1-oi2rnsd3:ul4,c5m6p7d8g9hfbyvwkxjqz{}[]";
    const std::size_t rank = kMostCommonFirst.find(c);
    return rank == std::string_view::npos ? 0 : static_cast<int>(kMostCommonFirst.size() - rank);
}

/// A letter counts twice, as it is looked for in both cases.
int commonnessInBothCases(char c) {
    return lowered(c) != raised(c) ? 2 * commonness(c) : commonness(c);
}

} // namespace

ExactSearch::ExactSearch(std::string_view part) : m_part(part) {
    if (!m_part.empty())
        m_anchor = static_cast<std::size_t>(std::ranges::min_element(m_part, {}, commonness) -
                                            m_part.begin());
}

bool ExactSearch::isIn(std::string_view text) const {
    if (text.size() < m_part.size())
        return false;
    if (m_part.empty())
        return true;
    // Where the anchor may stand.
    const char* at = text.data() + m_anchor;
    const char* const end = text.data() + text.size() - (m_part.size() - 1 - m_anchor);
    while (at != end) {
        const void* found = memchr(at, m_part[m_anchor], static_cast<std::size_t>(end - at));
        if (found == nullptr)
            return false;
        at = static_cast<const char*>(found);
        if (std::memcmp(at - m_anchor, m_part.data(), m_part.size()) == 0)
            return true;
        ++at;
    }
    return false;
}

CaselessSearch::CaselessSearch(std::string_view part) : m_lower(part) {
    std::ranges::transform(m_lower, m_lower.begin(), lowered);
    const auto rarest = std::ranges::min_element(m_lower, {}, commonnessInBothCases);
    if (rarest == m_lower.end())
        return;
    m_anchor = static_cast<std::size_t>(rarest - m_lower.begin());
    m_anchorLower = *rarest;
    m_anchorUpper = raised(*rarest);
}

bool CaselessSearch::isAt(const char* at) const {
    return std::ranges::equal(m_lower, std::string_view(at, m_lower.size()), {}, {}, lowered);
}

bool CaselessSearch::isIn(std::string_view text) const {
    if (text.size() < m_lower.size())
        return false;
    if (m_lower.empty())
        return true;
    // Where the anchor may stand.
    const char* at = text.data() + m_anchor;
    const char* const end = text.data() + text.size() - (m_lower.size() - 1 - m_anchor);
    const auto next = [end](const char* from, char c) {
        const void* found = memchr(from, c, static_cast<std::size_t>(end - from));
        return found != nullptr ? static_cast<const char*>(found) : end;
    };
    const char* lower = next(at, m_anchorLower);
    const char* upper = m_anchorUpper == m_anchorLower ? end : next(at, m_anchorUpper);
    while ((at = std::min(lower, upper)) != end) {
        if (isAt(at - m_anchor))
            return true;
        if (at == lower)
            lower = next(at + 1, m_anchorLower);
        else
            upper = next(at + 1, m_anchorUpper);
    }
    return false;
}

BytePattern::BytePattern(const FilterPattern& pattern) {
    for (const QString& piece : pattern.pieces) {
        m_pieces.push_back(piece.toStdString());
        m_isAscii = m_isAscii && std::ranges::all_of(piece, [](QChar character) {
                        return character.unicode() < 0x80;
                    });
    }
}

const std::string& BytePattern::longestPiece() const {
    return *std::ranges::max_element(m_pieces, {}, &std::string::size);
}

bool BytePattern::fits(std::string_view text) const {
    text = text.substr(0, text.find('\0'));
    const std::string& first = m_pieces.front();
    const std::string& last = m_pieces.back();
    if (text.size() < first.size() + last.size() || !text.starts_with(first) ||
        !text.ends_with(last))
        return false;
    text.remove_prefix(first.size());
    text.remove_suffix(last.size());
    // The first place each piece is found at leaves most room for those that follow.
    for (std::size_t i = 1; i + 1 < m_pieces.size(); ++i) {
        const std::size_t found = text.find(m_pieces[i]);
        if (found == std::string_view::npos)
            return false;
        text.remove_prefix(found + m_pieces[i].size());
    }
    return true;
}

} // namespace rewindow
