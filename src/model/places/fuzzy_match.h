// Finding a name by some of its letters.
#pragma once

#include <QStringView>

#include <optional>
#include <vector>

namespace rewindow {

/// A part of a text, in UTF-16 units.
struct TextSpan {
    qsizetype start = 0;
    qsizetype length = 0;
    bool operator==(const TextSpan&) const = default;
};

struct FuzzyMatch {
    int score = 0;               ///< the higher, the better
    std::vector<TextSpan> spans; ///< what of the text was asked for; ascending, apart
};

/// Whether the letters of `wanted` stand in `text` in their order, whatever their case; blanks of
/// `wanted` ask for nothing. Of all ways the best: letters that follow one another, and that begin
/// the text or a word ("pa" in "OrderPaid" is "Pa"). Costs no more than 64 times 256 steps: of a
/// longer text its beginning counts, what is longer than 64 letters must stand in it as it is.
std::optional<FuzzyMatch> fuzzyMatch(QStringView wanted, QStringView text);

} // namespace rewindow
