// The best way to find letters in a text, by dynamic programming over (letter, place).
#include "model/places/fuzzy_match.h"

#include <QString>

#include <algorithm>

namespace rewindow {

namespace {

constexpr qsizetype kMostWanted = 64;
constexpr qsizetype kMostText = 256;

constexpr int kLetter = 1;
constexpr int kFollows = 6; ///< right after the letter before it
constexpr int kBeginsWord = 5;
constexpr int kBeginsText = 4; ///< beside beginning a word
constexpr int kNever = -1;

bool beginsWord(QStringView text, qsizetype at) {
    if (at == 0)
        return true;
    const QChar before = text[at - 1];
    const QChar here = text[at];
    if (!before.isLetterOrNumber())
        return here.isLetterOrNumber();
    return here.isUpper() && !before.isUpper();
}

bool isSubsequence(const QString& wanted, const QString& text) {
    qsizetype found = 0;
    for (const QChar letter : text) {
        if (found < wanted.size() && letter == wanted[found])
            ++found;
    }
    return found == wanted.size();
}

/// Letter by letter, so that places in it are places in the text.
QString folded(QStringView text) {
    QString letters = text.toString();
    for (QChar& letter : letters)
        letter = letter.toCaseFolded();
    return letters;
}

std::optional<FuzzyMatch> wholeMatch(const QString& wanted, QStringView text) {
    const qsizetype at = text.indexOf(wanted, 0, Qt::CaseInsensitive);
    if (at < 0)
        return std::nullopt;
    return FuzzyMatch{static_cast<int>(wanted.size()) * kFollows, {{at, wanted.size()}}};
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView wantedText, QStringView wholeText) {
    const QStringView text = wholeText.left(kMostText);
    QString wanted = folded(wantedText);
    wanted.removeIf([](QChar letter) { return letter.isSpace(); });
    if (wanted.isEmpty())
        return FuzzyMatch{};
    if (wanted.size() > kMostWanted)
        return wholeMatch(wanted, wholeText);
    const QString letters = folded(text);
    if (!isSubsequence(wanted, letters))
        return std::nullopt;

    const auto rows = static_cast<std::size_t>(wanted.size());
    const auto columns = static_cast<std::size_t>(letters.size());
    struct Cell {
        int score = kNever;
        int from = -1; ///< the place of the letter before
    };
    std::vector<Cell> cells(rows * columns);
    for (std::size_t row = 0; row < rows; ++row) {
        int bestBefore = kNever;
        int bestPlace = -1;
        for (std::size_t column = 0; column < columns; ++column) {
            const auto place = static_cast<qsizetype>(column);
            const bool fits = letters[place] == wanted[static_cast<qsizetype>(row)];
            const int begins = beginsWord(text, place) ? kBeginsWord : 0;
            Cell cell{begins + (column == 0 ? kBeginsText : 0), -1};
            if (row > 0) {
                cell = {bestBefore == kNever ? kNever : bestBefore + begins, bestPlace};
                if (column > 0) {
                    const Cell& adjacent = cells[(row - 1) * columns + column - 1];
                    if (adjacent.score != kNever && adjacent.score + kFollows >= cell.score)
                        cell = {adjacent.score + kFollows, static_cast<int>(column) - 1};
                }
            }
            if (fits && cell.score != kNever)
                cells[row * columns + column] = {cell.score + kLetter, cell.from};
            if (row > 0 && cells[(row - 1) * columns + column].score > bestBefore) {
                bestBefore = cells[(row - 1) * columns + column].score;
                bestPlace = static_cast<int>(column);
            }
        }
    }

    const auto last = cells.begin() + static_cast<std::ptrdiff_t>((rows - 1) * columns);
    const auto best = std::max_element(
        last, cells.end(), [](const Cell& a, const Cell& b) { return a.score < b.score; });
    FuzzyMatch match;
    match.score = best->score;
    auto place = static_cast<int>(best - last);
    for (std::size_t row = rows; row-- > 0;) {
        if (!match.spans.empty() && match.spans.back().start == place + 1) {
            --match.spans.back().start;
            ++match.spans.back().length;
        } else {
            match.spans.push_back({place, 1});
        }
        place = cells[row * columns + static_cast<std::size_t>(place)].from;
    }
    std::reverse(match.spans.begin(), match.spans.end());
    return match;
}

} // namespace rewindow
