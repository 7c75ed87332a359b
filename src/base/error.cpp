#include "base/error.h"

namespace rewindow {

namespace {

QString closed(QString clause) {
    if (clause.isEmpty() || clause.endsWith(u'.') || clause.endsWith(u'?') || clause.endsWith(u'!'))
        return clause;
    return clause + u'.';
}

QString capitalised(QString clause) {
    if (!clause.isEmpty())
        clause[0] = clause[0].toUpper();
    return clause;
}

} // namespace

QString Error::sentence() const {
    QString text = where.isEmpty() ? closed(what) : where + QStringLiteral(": ") + closed(what);
    if (!wayOut.isEmpty())
        text += u' ' + closed(capitalised(wayOut));
    return text;
}

} // namespace rewindow
