// Quoting, and telling plain words.
#include "store/filter/filter_text.h"

#include <algorithm>

namespace rewindow {

bool isPlainNameCharacter(QChar character) {
    constexpr QStringView kMeaning = u".[]:=!<>\"";
    return !endsWord(character) && !kMeaning.contains(character);
}

bool isPlainName(QStringView name) {
    return !name.isEmpty() && std::ranges::all_of(name, isPlainNameCharacter);
}

bool isKeyword(QStringView word) {
    for (const QStringView keyword : {u"and", u"or", u"not"})
        if (word == keyword || word == keyword.toString().toUpper())
            return true;
    return false;
}

QString quoted(const QString& text, bool starsMean) {
    QString inside = text;
    inside.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    if (starsMean)
        inside.replace(u'*', QStringLiteral("\\*"));
    return u'"' + inside + u'"';
}

bool startsWithSign(QStringView value) {
    return value.startsWith(u'=') || value.startsWith(u'<') || value.startsWith(u'>');
}

bool isOneWord(QStringView value) {
    return !value.isEmpty() && value[0] != u'"' && !startsWithSign(value) &&
           std::ranges::none_of(value, endsWord);
}

bool isPlainSearch(QStringView word) {
    constexpr QStringView kPlain = u"_.@/#+*,;";
    // A path needs something to compare it to.
    const bool isPath = word.startsWith(u"data.") || word.startsWith(u"meta.");
    return isOneWord(word) && !isKeyword(word) && !isPath &&
           std::ranges::all_of(word, [&](QChar character) {
               return character.isLetterOrNumber() || character.isSurrogate() ||
                      kPlain.contains(character);
           });
}

} // namespace rewindow
