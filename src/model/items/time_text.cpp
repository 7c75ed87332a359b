// A local time is written as the UTC time that reads the same.
#include "model/items/time_text.h"

#include "model/items/shown_locale.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <limits>

namespace rewindow {

namespace {

constexpr qint64 kMillisecond = 1000;
constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kDay = 1440 * kMinute;

class Words {
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

/// How far the chosen zone's clocks are ahead at `time`, in seconds.
int secondsAhead(Timestamp time) {
    if (TimeZoneChoice::instance().zone() == TimeZoneChoice::Zone::Utc)
        return 0;
    return QDateTime::fromMSecsSinceEpoch(time.microseconds() / 1000).offsetFromUtc();
}

/// The time a UTC clock shows when one of the chosen zone shows `time`.
Timestamp asRead(Timestamp time) {
    const qint64 ahead = secondsAhead(time) * kSecond;
    const qint64 at = time.microseconds();
    if (ahead > 0 ? at > std::numeric_limits<qint64>::max() - ahead
                  : at < std::numeric_limits<qint64>::min() - ahead)
        return time;
    return Timestamp(at + ahead);
}

/// "2026-11-23 14:02:34.128000"; what stands before the first blank is the day, however long the
/// year is.
QString textAsRead(Timestamp time) {
    QString text = asRead(time).toString().replace(u'T', u' ');
    text.chop(1);
    return text;
}

} // namespace

TimeZoneChoice& TimeZoneChoice::instance() {
    static TimeZoneChoice choice;
    return choice;
}

void TimeZoneChoice::choose(Zone zone) {
    if (zone == m_zone)
        return;
    m_zone = zone;
    emit changed();
}

QString TimeZoneChoice::zoneName() const {
    return m_zone == Zone::Utc ? QStringLiteral("UTC")
                               : QString::fromUtf8(QTimeZone::systemTimeZoneId());
}

QString timeText(Timestamp time, TimeDigits digits) {
    QString text = textAsRead(time);
    switch (digits) {
    case TimeDigits::Day:
        return text.first(text.indexOf(u' '));
    case TimeDigits::Minute:
        return text.chopped(10); // :34.128000
    case TimeDigits::Second:
        return text.chopped(7); // .128000
    case TimeDigits::Millisecond:
        return text.chopped(3);
    case TimeDigits::Microsecond:
        break;
    }
    return text;
}

QString timeText(Timestamp time, qint64 microseconds) {
    if (microseconds >= kDay && asRead(time).microseconds() % kDay == 0)
        return timeText(time, TimeDigits::Day);
    if (microseconds >= kMinute)
        return timeText(time, TimeDigits::Minute);
    if (microseconds >= kSecond)
        return timeText(time, TimeDigits::Second);
    return timeText(time, microseconds % kMillisecond == 0 ? TimeDigits::Millisecond
                                                           : TimeDigits::Microsecond);
}

QString clockText(Timestamp time) {
    const QString text = timeText(time, TimeDigits::Second);
    return text.sliced(text.indexOf(u' ') + 1);
}

QString wholeTimeText(Timestamp time) {
    const int ahead = secondsAhead(time);
    QString zone = QStringLiteral("UTC");
    if (TimeZoneChoice::instance().zone() == TimeZoneChoice::Zone::Local)
        zone += (ahead < 0 ? u'-' : u'+') +
                QTime::fromMSecsSinceStartOfDay(qAbs(ahead) * 1000).toString(u"HH:mm");
    const QDate day =
        QDateTime::fromMSecsSinceEpoch(asRead(time).microseconds() / 1000, Qt::UTC).date();
    return QStringLiteral("%1 %2 %3")
        .arg(shownLocale().dayName(day.dayOfWeek(), QLocale::ShortFormat), textAsRead(time), zone);
}

QString withZone(const QString& name) {
    const bool isLocal = TimeZoneChoice::instance().zone() == TimeZoneChoice::Zone::Local;
    return isLocal ? Words::tr("%1 (local)").arg(name) : Words::tr("%1 (UTC)").arg(name);
}

QString zoneSentence() {
    return Words::tr("Times of the zone %1; the View menu has the other choice.")
        .arg(TimeZoneChoice::instance().zoneName());
}

} // namespace rewindow
