// Writing a signed span.
#include "model/items/signed_span.h"

#include <QCoreApplication>

namespace rewindow {

QString signedSpanText(qint64 microseconds) {
    constexpr quint64 kPerMs = 1000;
    constexpr quint64 kPerSecond = 1000;
    constexpr quint64 kPerDay = 86'400 * kPerSecond;
    // The most negative number has no positive one of its size.
    const quint64 size = microseconds < 0 ? 0 - static_cast<quint64>(microseconds)
                                          : static_cast<quint64>(microseconds);
    const quint64 milliseconds = size / kPerMs;
    const quint64 days = milliseconds / kPerDay;
    const quint64 seconds = milliseconds % kPerDay / kPerSecond;
    QString text = QStringLiteral("%1:%2:%3.%4")
                       .arg(seconds / 3600)
                       .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
                       .arg(seconds % 60, 2, 10, QLatin1Char('0'))
                       .arg(milliseconds % kPerSecond, 3, 10, QLatin1Char('0'));
    if (days > 0)
        text = QCoreApplication::translate("SignedSpan", "%1 d %2").arg(days).arg(text);
    if (milliseconds == 0)
        return text;
    return (microseconds < 0 ? QChar(0x2212) : QLatin1Char('+')) + text;
}

} // namespace rewindow
