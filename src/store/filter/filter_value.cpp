// Reading values.
#include "store/filter/filter_value.h"

#include "base/json_number.h"

#include <limits>

namespace rewindow {

namespace {

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

constexpr qsizetype kDateLength = 10;    // "2026-11-01"
constexpr qsizetype kMinutesLength = 16; // "2026-11-01T10:00"
constexpr qsizetype kSecondsLength = 19;

/// As far as times go.
Timestamp later(Timestamp time, qint64 microseconds) {
    qint64 sum = 0;
    if (__builtin_add_overflow(time.microseconds(), microseconds, &sum))
        sum = microseconds > 0 ? std::numeric_limits<qint64>::max()
                               : std::numeric_limits<qint64>::min();
    return Timestamp(sum);
}

/// How exact a time is that was written with so many digits after the decimal point.
qint64 precisionOf(const QString& text) {
    if (text.size() <= kSecondsLength ||
        (text[kSecondsLength] != u'.' && text[kSecondsLength] != u','))
        return kSecond;
    qint64 precision = kSecond;
    for (qsizetype at = kSecondsLength + 1; at < text.size() && text[at].isDigit(); ++at)
        precision = std::max<qint64>(precision / 10, 1);
    return precision;
}

FilterTime dayOf(Timestamp time, qint64 daysBefore) {
    const qint64 today = time.microseconds() / kDay - (time.microseconds() % kDay < 0 ? 1 : 0);
    const Timestamp from((today - daysBefore) * kDay);
    return {from, later(from, kDay), from.toString().first(kDateLength)};
}

} // namespace

std::optional<FilterTime> absoluteTime(const QString& text) {
    if (text.size() < kDateLength || text[4] != u'-' || text[7] != u'-')
        return std::nullopt;
    QString whole = text;
    qint64 precision = kSecond;
    if (text.size() == kDateLength) {
        whole += QStringLiteral("T00:00:00");
        precision = kDay;
    } else if (text.size() == kMinutesLength ||
               (text.size() > kMinutesLength && text[kMinutesLength] != u':')) {
        whole.insert(kMinutesLength, QStringLiteral(":00"));
        precision = kMinute;
    } else {
        precision = precisionOf(text);
    }
    const auto from = Timestamp::parse(whole.toStdString());
    if (!from)
        return std::nullopt;
    return FilterTime{*from, later(*from, precision), text};
}

FilterTime instant(Timestamp time) {
    return {time, later(time, 1), time.toString()};
}

std::optional<FilterTime> relativeTime(const QString& text, Timestamp now) {
    if (text == u"now")
        return instant(now);
    if (text == u"today")
        return dayOf(now, 0);
    if (text == u"yesterday")
        return dayOf(now, 1);
    constexpr qsizetype kMostDigits = 9;
    if (text.size() < 3 || text.size() > kMostDigits + 2 || text[0] != u'-')
        return std::nullopt;
    qint64 count = 0;
    for (const QChar digit : QStringView(text).sliced(1).chopped(1)) {
        if (digit < u'0' || digit > u'9')
            return std::nullopt;
        count = count * 10 + (digit.unicode() - u'0');
    }
    qint64 unit = 0;
    switch (text.back().unicode()) {
    case u's':
        unit = kSecond;
        break;
    case u'm':
        unit = kMinute;
        break;
    case u'h':
        unit = kHour;
        break;
    case u'd':
        unit = kDay;
        break;
    case u'w':
        unit = 7 * kDay;
        break;
    default:
        return std::nullopt;
    }
    // Before the year 0 there are no times that could be written.
    constexpr qint64 kYearZero = -719'528;
    if (now.microseconds() / kDay - kYearZero < count * (unit / kSecond) / (kDay / kSecond) + 1)
        return std::nullopt;
    return instant(later(now, -count * unit));
}

FilterValue plainValue(const QString& word) {
    if (word == u"true" || word == u"false")
        return word == u"true";
    if (word == u"null")
        return FilterNull();
    if (json::isNumber(word.toStdString()))
        return FilterNumber{word};
    if (auto time = absoluteTime(word))
        return *time;
    return word;
}

QString textOf(const FilterValue& value) {
    struct Text {
        QString operator()(const QString& text) const { return text; }
        QString operator()(const FilterPattern& pattern) const { return pattern.pieces.join(u'*'); }
        QString operator()(const FilterNumber& number) const { return number.text; }
        QString operator()(bool truth) const {
            return truth ? QStringLiteral("true") : QStringLiteral("false");
        }
        QString operator()(FilterNull) const { return QStringLiteral("null"); }
        QString operator()(const FilterTime& time) const { return time.text; }
    };
    return std::visit(Text(), value);
}

} // namespace rewindow
