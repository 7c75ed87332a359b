// What a database server says, for a person to read.
#include "store/sql/server_text.h"

namespace rewindow {

QString shownServerText(const char* text) {
    QString shown;
    for (const QChar character : QString::fromUtf8(text).trimmed()) {
        const bool isControl = character.category() == QChar::Other_Control ||
                               character.category() == QChar::Other_Format;
        if (character == u'\n' || character == u'\t')
            shown += u' ';
        else if (isControl)
            shown += QStringLiteral("\\x%1").arg(character.unicode(), 2, 16, QLatin1Char('0'));
        else
            shown += character;
    }
    return shown.simplified();
}

} // namespace rewindow
