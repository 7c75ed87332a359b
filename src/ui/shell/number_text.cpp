// Grouped digits, and durations in the unit that fits.
#include "ui/shell/number_text.h"

#include <QLocale>

namespace rewindow {

QString numberText(qint64 number) {
    return QLocale(QLocale::English).toString(number);
}

QString durationText(qint64 microseconds) {
    const auto amount = static_cast<double>(microseconds);
    if (microseconds < 10)
        return QStringLiteral("%1 µs").arg(microseconds);
    if (microseconds < 100'000)
        return QStringLiteral("%1 ms").arg(amount / 1e3, 0, 'f', microseconds < 1'000 ? 2 : 1);
    if (microseconds < 1'000'000)
        return QStringLiteral("%1 ms").arg(amount / 1e3, 0, 'f', 0);
    return QStringLiteral("%1 s").arg(amount / 1e6, 0, 'f', 2);
}

} // namespace rewindow
