// Grouped digits, and durations in the unit that fits.
#include "ui/shell/number_text.h"

#include "model/items/shown_locale.h"

namespace rewindow {

QString numberText(qint64 number) {
    return shownNumber(number);
}

QString durationText(qint64 microseconds) {
    const auto amount = static_cast<double>(microseconds);
    if (microseconds < 10)
        return QStringLiteral("%1 µs").arg(microseconds);
    const auto with = [](const QString& unit, double number, int digits) {
        return unit.arg(shownLocale().toString(number, 'f', digits));
    };
    if (microseconds < 1'000'000)
        return with(QStringLiteral("%1 ms"), amount / 1e3,
                    microseconds < 1'000     ? 2
                    : microseconds < 100'000 ? 1
                                             : 0);
    return with(QStringLiteral("%1 s"), amount / 1e6, 2);
}

} // namespace rewindow
