// Times in UTC and in a zone of this test, as exact as they are asked for; numbers by locale.
#include "model/items/json_preview.h"
#include "model/items/shown_locale.h"
#include "model/items/time_text.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace rewindow;
using Zone = TimeZoneChoice::Zone;

namespace {

Timestamp at(const char* text) {
    const auto time = Timestamp::parse(text);
    return time ? *time : Timestamp(-1);
}

} // namespace

class TestTimeText : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("TZ", "America/St_Johns"); }
    void cleanup() {
        TimeZoneChoice::instance().choose(Zone::Utc);
        QLocale::setDefault(QLocale::c());
    }

    void isAsExactAsAsked();
    void isOfTheChosenZone();
    void followsDaylightSaving();
    void tellsStretches();
    void standsTheFirstAndTheLastTime();
    void saysWhichZone();
    void numbersAreByLocale();
};

void TestTimeText::isAsExactAsAsked() {
    const Timestamp time = at("2026-11-23T14:02:34.128005Z");
    QCOMPARE(timeText(time, TimeDigits::Day), QStringLiteral("2026-11-23"));
    QCOMPARE(timeText(time, TimeDigits::Minute), QStringLiteral("2026-11-23 14:02"));
    QCOMPARE(timeText(time, TimeDigits::Second), QStringLiteral("2026-11-23 14:02:34"));
    QCOMPARE(timeText(time, TimeDigits::Millisecond), QStringLiteral("2026-11-23 14:02:34.128"));
    QCOMPARE(timeText(time, TimeDigits::Microsecond), QStringLiteral("2026-11-23 14:02:34.128005"));
    QCOMPARE(clockText(time), QStringLiteral("14:02:34"));
    QCOMPARE(wholeTimeText(time), QStringLiteral("Mon 2026-11-23 14:02:34.128005 UTC"));
}

void TestTimeText::isOfTheChosenZone() {
    QSignalSpy changed(&TimeZoneChoice::instance(), &TimeZoneChoice::changed);
    TimeZoneChoice::instance().choose(Zone::Local);
    TimeZoneChoice::instance().choose(Zone::Local);
    QCOMPARE(changed.size(), 1);
    const Timestamp time = at("2026-11-23T02:02:34.128005Z");
    QCOMPARE(timeText(time, TimeDigits::Second), QStringLiteral("2026-11-22 22:32:34"));
    QCOMPARE(wholeTimeText(time), QStringLiteral("Sun 2026-11-22 22:32:34.128005 UTC-03:30"));
    QCOMPARE(clockText(time), QStringLiteral("22:32:34"));
}

void TestTimeText::followsDaylightSaving() {
    TimeZoneChoice::instance().choose(Zone::Local);
    QCOMPARE(wholeTimeText(at("2026-07-01T12:00:00Z")),
             QStringLiteral("Wed 2026-07-01 09:30:00.000000 UTC-02:30"));
}

void TestTimeText::tellsStretches() {
    constexpr qint64 second = 1'000'000;
    constexpr qint64 day = 86'400 * second;
    const Timestamp midnight = at("2026-11-23T00:00:00Z");
    QCOMPARE(timeText(midnight, 7 * day), QStringLiteral("2026-11-23"));
    QCOMPARE(timeText(midnight, 60 * second), QStringLiteral("2026-11-23 00:00"));
    QCOMPARE(timeText(midnight, second), QStringLiteral("2026-11-23 00:00:00"));
    QCOMPARE(timeText(midnight, second / 2), QStringLiteral("2026-11-23 00:00:00.000"));
    QCOMPARE(timeText(midnight, 1), QStringLiteral("2026-11-23 00:00:00.000000"));
    TimeZoneChoice::instance().choose(Zone::Local);
    QCOMPARE(timeText(midnight, day), QStringLiteral("2026-11-22 20:30"));
}

void TestTimeText::standsTheFirstAndTheLastTime() {
    for (const Zone zone : {Zone::Utc, Zone::Local}) {
        TimeZoneChoice::instance().choose(zone);
        for (const qint64 time :
             {std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max()}) {
            QVERIFY(timeText(Timestamp(time), TimeDigits::Day).size() >= 10);
            QCOMPARE(clockText(Timestamp(time)).size(), 8);
            QVERIFY(!wholeTimeText(Timestamp(time)).isEmpty());
        }
    }
}

void TestTimeText::saysWhichZone() {
    QCOMPARE(withZone(QStringLiteral("recorded")), QStringLiteral("recorded (UTC)"));
    QVERIFY(zoneSentence().contains(QStringLiteral("UTC")));
    TimeZoneChoice::instance().choose(Zone::Local);
    QCOMPARE(withZone(QStringLiteral("recorded")), QStringLiteral("recorded (local)"));
    QVERIFY2(zoneSentence().contains(QStringLiteral("America/St_Johns")),
             qPrintable(zoneSentence()));
}

void TestTimeText::numbersAreByLocale() {
    QCOMPARE(shownNumber(1'234'567), QStringLiteral("1,234,567"));
    QCOMPARE(byteCountText(1'500), QStringLiteral("1.5 kB"));
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(shownNumber(1'234'567), QStringLiteral("1.234.567"));
    QCOMPARE(byteCountText(1'500), QStringLiteral("1,5 kB"));
    QVERIFY(wholeTimeText(at("2026-11-23T14:02:34Z")).startsWith(QStringLiteral("Mo")));
}

QTEST_MAIN(TestTimeText)
#include "tst_time_text.moc"
