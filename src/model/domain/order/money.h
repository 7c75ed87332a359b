// Money as the shop reckons it: whole minor units, never a fraction, never an overflow.
#pragma once

#include <QString>
#include <QtGlobal>

#include <optional>

namespace rewindow {

/// Minor units (cents).
using MinorUnits = qint64;

/// "120.50", for sentences.
QString moneyText(MinorUnits amount);

/// Nothing where the result does not fit.
inline std::optional<MinorUnits> timesQuantity(MinorUnits unitPrice, qint64 quantity) {
    MinorUnits product = 0;
    if (__builtin_mul_overflow(unitPrice, quantity, &product))
        return std::nullopt;
    return product;
}

inline std::optional<MinorUnits> plus(MinorUnits left, MinorUnits right) {
    MinorUnits sum = 0;
    if (__builtin_add_overflow(left, right, &sum))
        return std::nullopt;
    return sum;
}

} // namespace rewindow
