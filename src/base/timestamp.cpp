#include "base/timestamp.h"

#include <QDate>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <string>

namespace rewindow {

namespace {

using namespace std::chrono;

/// Takes a text apart from its start. After a failed step every other fails too.
class Reader {
  public:
    explicit Reader(std::string_view text) : m_rest(text) {}

    /// A number of exactly that many digits, within bounds.
    int number(std::size_t digits, int least, int most) {
        int value = 0;
        if (m_rest.size() < digits || m_rest.find_first_not_of("0123456789") < digits) {
            m_failed = true;
            return 0;
        }
        std::from_chars(m_rest.data(), m_rest.data() + digits, value);
        m_rest.remove_prefix(digits);
        m_failed = m_failed || value < least || value > most;
        return value;
    }
    bool takeAny(std::string_view characters) {
        if (m_rest.empty() || characters.find(m_rest.front()) == std::string_view::npos)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    void expectAny(std::string_view characters) {
        if (!takeAny(characters))
            m_failed = true;
    }
    /// Digits after the decimal point, as microseconds; further ones are cut off.
    int fraction() {
        int value = 0;
        std::size_t digits = 0;
        while (digits < m_rest.size() && m_rest[digits] >= '0' && m_rest[digits] <= '9') {
            if (digits < 6)
                value = value * 10 + (m_rest[digits] - '0');
            ++digits;
        }
        m_failed = m_failed || digits == 0;
        for (std::size_t i = digits; i < 6; ++i)
            value *= 10;
        m_rest.remove_prefix(digits);
        return value;
    }
    bool isDone() const { return m_rest.empty(); }
    bool isGood() const { return !m_failed && m_rest.empty(); }

  private:
    std::string_view m_rest;
    bool m_failed = false;
};

/// "Z", "+02:00", "+0200", "+02" or nothing.
minutes offsetOf(Reader& reader) {
    if (reader.isDone() || reader.takeAny("Zz"))
        return minutes(0);
    const bool east = reader.takeAny("+");
    if (!east)
        reader.expectAny("-");
    minutes offset = hours(reader.number(2, 0, 23));
    if (!reader.isDone()) {
        reader.takeAny(":");
        offset += minutes(reader.number(2, 0, 59));
    }
    return east ? offset : -offset;
}

void appendPadded(std::string& out, qint64 value, std::size_t width) {
    const std::string digits = std::to_string(value);
    out.append(width - std::min(width, digits.size()), '0');
    out += digits;
}

} // namespace

Timestamp Timestamp::now() {
    return Timestamp(
        duration_cast<std::chrono::microseconds>(system_clock::now().time_since_epoch()).count());
}

Result<Timestamp> Timestamp::parse(std::string_view text) {
    Reader reader(text);
    const year y(reader.number(4, 0, 9999));
    reader.expectAny("-");
    const month m(static_cast<unsigned>(reader.number(2, 1, 12)));
    reader.expectAny("-");
    const day d(static_cast<unsigned>(reader.number(2, 1, 31)));
    reader.expectAny("Tt ");
    std::chrono::microseconds time = hours(reader.number(2, 0, 23));
    reader.expectAny(":");
    time += minutes(reader.number(2, 0, 59));
    reader.expectAny(":");
    const int second = reader.number(2, 0, 60);
    time += seconds(second);
    if (reader.takeAny(".,"))
        time += std::chrono::microseconds(reader.fraction());
    time -= offsetOf(reader);
    const bool isLeapSecond = second == 60 && floor<seconds>(time) % days(1) == seconds(0);
    const year_month_day date(y, m, d);
    if (!reader.isGood() || !date.ok() || (second == 60 && !isLeapSecond)) {
        const auto shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        return fail(Error::Kind::BadInput, QStringLiteral("\"%1\" is no time").arg(shown),
                    QStringLiteral("write it as 2026-11-23T14:02:34.128Z"));
    }
    return Timestamp((sys_days(date).time_since_epoch() + time).count());
}

void Timestamp::appendTo(std::string& out) const {
    // By hand: the first midnight of all lies before what microseconds can tell.
    constexpr qint64 kDay = std::chrono::microseconds(days(1)).count();
    const bool isPartBelowZero = m_microseconds % kDay < 0;
    const qint64 day = m_microseconds / kDay - (isPartBelowZero ? 1 : 0);
    const qint64 rest = m_microseconds % kDay + (isPartBelowZero ? kDay : 0);
    // The library's years end at 32,767, which a time in nanoseconds taken for micros lies beyond.
    constexpr qint64 kEpoch = 2'440'588; // 1970-01-01 as a Julian day
    int year = 0;
    int month = 0;
    int dayOfMonth = 0;
    QDate::fromJulianDay(kEpoch + day).getDate(&year, &month, &dayOfMonth);
    if (year < 0)
        ++year; // as ISO 8601 counts, which has a year 0
    if (year < 0)
        out += '-';
    appendPadded(out, std::abs(year), 4);
    out += '-';
    appendPadded(out, month, 2);
    out += '-';
    appendPadded(out, dayOfMonth, 2);
    out += 'T';
    const hh_mm_ss time{std::chrono::microseconds(rest)};
    appendPadded(out, time.hours().count(), 2);
    out += ':';
    appendPadded(out, time.minutes().count(), 2);
    out += ':';
    appendPadded(out, time.seconds().count(), 2);
    out += '.';
    appendPadded(out, time.subseconds().count(), 6);
    out += 'Z';
}

QString Timestamp::toString() const {
    std::string text;
    appendTo(text);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace rewindow
