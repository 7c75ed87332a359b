// Money with its decimals, times without their year.
#include "model/items/view_value_text.h"

#include "base/timestamp.h"
#include "model/items/time_text.h"

namespace rewindow {

namespace {

QString shownMoney(qint64 minor) {
    const quint64 size = minor < 0 ? 0 - static_cast<quint64>(minor) : static_cast<quint64>(minor);
    return (minor < 0 ? QStringLiteral("-") : QString()) + QString::number(size / 100) + u'.' +
           QString::number(size % 100).rightJustified(2, u'0');
}

/// Without the year.
QString shownTime(Timestamp time) {
    const QString text = timeText(time, TimeDigits::Second);
    return text.sliced(text.indexOf(u'-', 1) + 1);
}

} // namespace

QString wholeValue(const ViewValue& value, ViewColumn::Meaning meaning) {
    const auto* number = std::get_if<qint64>(&value);
    if (number && meaning == ViewColumn::Meaning::Money)
        return shownMoney(*number);
    if (number && meaning == ViewColumn::Meaning::Time)
        return Timestamp(*number).toString();
    return toDisplay(value);
}

QString shownValue(const ViewValue& value, ViewColumn::Meaning meaning) {
    if (meaning == ViewColumn::Meaning::Time) {
        if (const auto* number = std::get_if<qint64>(&value))
            return shownTime(Timestamp(*number));
        const auto* text = std::get_if<QString>(&value);
        const auto time = text ? Timestamp::parse(text->toStdString())
                               : Result<Timestamp>(fail(Error::Kind::BadInput, {}));
        if (time)
            return shownTime(*time);
    }
    return wholeValue(value, meaning);
}

} // namespace rewindow
