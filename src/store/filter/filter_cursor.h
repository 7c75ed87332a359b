// What is being written at a place in a filter's text, for completion.
#pragma once

#include "store/filter/filter_expression.h"

#include <QString>

namespace rewindow {

/// Of the word at the cursor. To complete it, replace the `length` characters from `start`; to
/// replace the word as a whole, those from `wordStart`, for instance by what
/// FilterExpression::toString() says.
struct FilterCursor {
    enum class Kind : unsigned char {
        Word,   ///< the start of a condition: a field's name, `has`, a keyword, or text
        Field,  ///< after `has:`, a field's name
        Member, ///< the name of a member of what `place` names in the payload or metadata
        Value,  ///< what `place` is compared to
        Other,  ///< text in quotes, an index, or what cannot be read
    };
    Kind kind = Kind::Word;
    QString typed; ///< what stands there up to the cursor, without quotes
    FilterPlace place;
    FilterOperator comparison = FilterOperator::Match;
    qsizetype start = 0;
    qsizetype length = 0;
    qsizetype wordStart = 0; ///< without a `-` before it
    qsizetype wordLength = 0;
};

/// `cursor` is a place between characters, from 0 to the text's length. Any text will do.
FilterCursor filterCursorAt(const QString& text, qsizetype cursor);

} // namespace rewindow
