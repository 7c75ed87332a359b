// What database servers write alike in the statements that read events.
#include "store/sql/server_dialect.h"

namespace rewindow {

qint64 ServerDialect::microsecondsIn(Profile::Encoding encoding) {
    switch (encoding) {
    case Profile::Encoding::EpochSeconds:
        return 1'000'000;
    case Profile::Encoding::EpochMilliseconds:
        return 1'000;
    default:
        return 1;
    }
}

QString ServerDialect::pattern(const FilterPattern& pattern) const {
    QStringList pieces;
    for (const QString& piece : pattern.pieces) {
        QString like;
        for (const QChar character : piece) {
            if (character == u'\\' || character == u'%' || character == u'_')
                like += u'\\';
            like += character;
        }
        pieces << like;
    }
    return pieces.join(u'%');
}

} // namespace rewindow
