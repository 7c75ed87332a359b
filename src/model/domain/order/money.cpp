// Money as people read it.
#include "model/domain/order/money.h"

namespace rewindow {

QString moneyText(MinorUnits amount) {
    const quint64 size =
        amount < 0 ? 0 - static_cast<quint64>(amount) : static_cast<quint64>(amount);
    return QStringLiteral("%1%2.%3")
        .arg(amount < 0 ? QStringLiteral("-") : QString())
        .arg(size / 100)
        .arg(size % 100, 2, 10, QLatin1Char('0'));
}

} // namespace rewindow
