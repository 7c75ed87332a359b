// The locale that numbers and days are shown in.
#pragma once

#include <QLocale>

namespace rewindow {

/// QLocale's default. English in place of "C", which groups no digits and is what a machine has
/// that nobody has told where it stands.
QLocale shownLocale();

/// "212,408", by shownLocale().
QString shownNumber(qint64 number);

} // namespace rewindow
