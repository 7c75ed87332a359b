// How words of a filter are written: what needs quotes, and what means something.
#pragma once

#include <QString>
#include <QStringView>

namespace rewindow {

/// Ends a word that is not quoted.
inline bool endsWord(QChar character) {
    return character.isSpace() || character == u'(' || character == u')';
}

/// Whether a name of a path can stand without quotes.
bool isPlainName(QStringView name);
bool isPlainNameCharacter(QChar character);

/// "and", "or" or "not", in small or in capital letters.
bool isKeyword(QStringView word);

/// In double quotes, with a backslash before quotes, backslashes and, where `starsMean`, stars.
QString quoted(const QString& text, bool starsMean = false);

/// Such a value would read as if the sign of comparison before it went on.
bool startsWithSign(QStringView value);
/// Whether a value can stand without quotes: it is one word and starts with neither a quote nor a
/// sign of comparison.
bool isOneWord(QStringView value);
/// Whether a word without a field can stand without quotes.
bool isPlainSearch(QStringView word);

} // namespace rewindow
