// Timestamp: the texts it reads, refuses and writes.
#include "base/timestamp.h"
#include "support/test_support.h"

#include <limits>

using namespace rewindow;

class TestTimestamp : public QObject {
    Q_OBJECT

  private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void writesSixDigits_data();
    void writesSixDigits();
    void readsBackWhatItWrote();
    void nowIsNow();
};

void TestTimestamp::reads_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("written");

    const auto row = [](const char* text, const char* written) {
        QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(written);
    };
    row("2011-10-01T00:38:44.546+02:00", "2011-09-30T22:38:44.546000Z");
    row("2026-11-23 09:10:05", "2026-11-23T09:10:05.000000Z");
    row("2026-11-23T09:10:05Z", "2026-11-23T09:10:05.000000Z");
    row("2026-11-23t09:10:05z", "2026-11-23T09:10:05.000000Z");
    row("2026-11-23 09:10:05.25+00", "2026-11-23T09:10:05.250000Z");
    row("2026-11-23T09:10:05-0330", "2026-11-23T12:40:05.000000Z");
    row("2026-11-23T09:10:05.123456789Z", "2026-11-23T09:10:05.123456Z");
    row("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000000Z");
    row("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z");
    row("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z");
    row("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z");
    row("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z");
    row("2017-01-01T00:59:60+01:00", "2017-01-01T00:00:00.000000Z");
}

void TestTimestamp::reads() {
    QFETCH(QByteArray, text);
    QFETCH(QString, written);
    ASSIGN_RESULT(time, Timestamp::parse(text.toStdString()));
    QCOMPARE(time.toString(), written);
}

void TestTimestamp::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"",
                             "now",
                             "2026-11-23",
                             "2026-11-23T09:10",
                             "2026-11-23T09:10:05.",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-02-29T00:00:00Z",
                             "2026-04-31T00:00:00Z",
                             "2026-04-00T00:00:00Z",
                             "2026-04-01T24:00:00Z",
                             "2026-04-01T00:60:00Z",
                             "2026-04-01T00:00:61Z",
                             "2026-04-01T12:00:60Z",
                             "2026-04-01T00:00:00+24:00",
                             "2026-04-01T00:00:00+01:60",
                             "2026-04-01T00:00:00+1",
                             "2026-04-01T00:00:00Zx",
                             "2026-04-01T00:00:00 ",
                             " 2026-04-01T00:00:00",
                             "2026-4-1T00:00:00",
                             "26-04-01T00:00:00",
                             "2026-04-01T0x:00:00",
                             "+2026-04-01T00:00:00",
                             "2026-04-01T00:00:00+01:00:00"})
        QTest::addRow("'%s'", text) << QByteArray(text);
}

void TestTimestamp::refuses() {
    QFETCH(QByteArray, text);
    const auto time = Timestamp::parse(text.toStdString());
    QVERIFY(!time.has_value());
    QCOMPARE(time.error().kind, Error::Kind::BadInput);
    QVERIFY(time.error().what.contains(QString::fromLatin1(text)));
}

void TestTimestamp::writesSixDigits_data() {
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("epoch") << 0LL << QStringLiteral("1970-01-01T00:00:00.000000Z");
    QTest::newRow("one after") << 1LL << QStringLiteral("1970-01-01T00:00:00.000001Z");
    QTest::newRow("one before") << -1LL << QStringLiteral("1969-12-31T23:59:59.999999Z");
    QTest::newRow("documented") << 1'795'442'554'128'000LL
                                << QStringLiteral("2026-11-23T14:02:34.128000Z");
    QTest::newRow("the year 0") << -62'135'596'800'000'001LL
                                << QStringLiteral("0000-12-31T23:59:59.999999Z");
    QTest::newRow("before it") << -62'167'219'200'000'001LL
                               << QStringLiteral("-0001-12-31T23:59:59.999999Z");
    QTest::newRow("nanoseconds taken for micros")
        << 1'795'442'554'128'000'000LL << QStringLiteral("58865-04-23T02:48:48.000000Z");
    QTest::newRow("the last") << std::numeric_limits<qint64>::max()
                              << QStringLiteral("294247-01-10T04:00:54.775807Z");
    QTest::newRow("the first") << std::numeric_limits<qint64>::min()
                               << QStringLiteral("-290308-12-21T19:59:05.224192Z");
}

void TestTimestamp::writesSixDigits() {
    QFETCH(qint64, microseconds);
    QFETCH(QString, text);
    QCOMPARE(Timestamp(microseconds).toString(), text);
}

void TestTimestamp::readsBackWhatItWrote() {
    for (qint64 step = 0; step < 2'000; ++step) {
        const Timestamp time(-60'000'000'000'000'000 + step * 97'000'123'456'789);
        ASSIGN_RESULT(read, Timestamp::parse(time.toString().toStdString()));
        QCOMPARE(read.microseconds(), time.microseconds());
    }
}

void TestTimestamp::nowIsNow() {
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const qint64 now = Timestamp::now().microseconds() / 1000;
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(before <= now && now <= after);
}

QTEST_GUILESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
