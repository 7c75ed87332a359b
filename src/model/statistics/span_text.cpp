// The largest unit of which there is at least one.
#include "model/statistics/span_text.h"

#include "model/items/shown_locale.h"

#include <QCoreApplication>

namespace rewindow {

namespace {
class Words {
    Q_DECLARE_TR_FUNCTIONS(SpanText)
};
} // namespace

QString spanText(qint64 microseconds) {
    struct Unit {
        double microseconds;
        QString one;
        QString text;
    };
    const Unit units[] = {{86'400e6 * 365, Words::tr("1 year"), Words::tr("%1 years")},
                          {86'400e6, Words::tr("1 day"), Words::tr("%1 days")},
                          {3'600e6, Words::tr("1 h"), Words::tr("%1 h")},
                          {60e6, Words::tr("1 min"), Words::tr("%1 min")},
                          {1e6, Words::tr("1 s"), Words::tr("%1 s")},
                          {1e3, Words::tr("1 ms"), Words::tr("%1 ms")},
                          {1, Words::tr("1 µs"), Words::tr("%1 µs")}};
    const auto amount = static_cast<double>(microseconds);
    for (const Unit& unit : units) {
        const double count = amount / unit.microseconds;
        if (count < 1 && unit.microseconds > 1)
            continue;
        const QLocale locale = shownLocale();
        const bool isWhole = count == static_cast<double>(static_cast<qint64>(count));
        if (isWhole && count == 1)
            return unit.one;
        return unit.text.arg(locale.toString(count, 'f', count < 10 && !isWhole ? 1 : 0));
    }
    return {};
}

} // namespace rewindow
