// One rule for all who show a number.
#include "model/items/shown_locale.h"

namespace rewindow {

QLocale shownLocale() {
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates)
                                           : locale;
}

QString shownNumber(qint64 number) {
    return shownLocale().toString(number);
}

} // namespace rewindow
