// What could be written at the cursor in a filter's text.
#pragma once

#include "model/filter/filter_vocabulary.h"
#include "model/places/fuzzy_match.h"

#include <QString>

#include <span>
#include <vector>

namespace rewindow {

struct FilterSuggestion {
    enum class Kind : unsigned char {
        Field,
        Keyword,
        Operator,
        Member, ///< of payload or metadata
        Type,
        Category,
        Stream,
        Value,
        Time,
    };
    Kind kind = Kind::Field;
    QString shown = {};                 ///< as a list shows it; of a name, as it is stored
    std::vector<TextSpan> matched = {}; ///< of `shown`: what was typed
    QString detail = {};                ///< what it means, or examples
    qint64 count = -1;                  ///< events; -1: not known
    QString text = {};                  ///< takes the place of the `length` characters from `start`
    qsizetype start = 0;
    qsizetype length = 0;
    /// More belongs to the word: what is next can be suggested at once.
    bool goesOn = false;
};

/// What is known of the values at the cursor.
struct KnownValues {
    std::span<const SeenValue> values; ///< of its field
    QStringList streams;               ///< that begin with what is typed
};

constexpr std::size_t kMostSuggestions = 60;

/// The best first; none where nothing is known or nothing is left to complete.
std::vector<FilterSuggestion> filterSuggestions(const QString& text, qsizetype cursor,
                                                const FilterVocabulary& vocabulary,
                                                const KnownValues& known = {});

struct EditedText {
    QString text;
    qsizetype cursor = 0;
    bool operator==(const EditedText&) const = default;
};
/// The text with the suggestion in it; after the last word a blank follows what is complete.
EditedText withSuggestion(const QString& text, const FilterSuggestion& suggestion);

} // namespace rewindow
