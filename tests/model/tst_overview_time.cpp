// The grid of a histogram: few enough buckets, and boundaries that people know.
#include "model/overview/time_step.h"
#include "support/test_support.h"

#include <QRandomGenerator>

#include <limits>

using namespace rewindow;
using namespace Qt::StringLiterals;

namespace {

Timestamp at(const char* text) {
    const auto time = Timestamp::parse(text);
    if (!time)
        qFatal("%s", text);
    return *time;
}

QStringList edgesOf(const TimeGrid& grid) {
    QStringList edges;
    for (const Timestamp edge : grid.edges)
        edges << edge.toString().left(16);
    return edges;
}

} // namespace

class TestOverviewTime : public QObject {
    Q_OBJECT

  private slots:
    void beginsWhereClocksDo_data();
    void beginsWhereClocksDo();
    void coversAnySpan();
    void reachesTheEndsOfTime();
};

void TestOverviewTime::beginsWhereClocksDo_data() {
    using Unit = TimeStep::Unit;
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("last");
    QTest::addColumn<int>("most");
    QTest::addColumn<TimeStep>("step");
    QTest::addColumn<QStringList>("edges");
    QTest::newRow("one moment") << QByteArray("2026-03-04T05:06:07Z")
                                << QByteArray("2026-03-04T05:06:07Z") << 10
                                << TimeStep{Unit::Microsecond, 1}
                                << QStringList{u"2026-03-04T05:06"_s, u"2026-03-04T05:06"_s};
    QTest::newRow("quarters of an hour")
        << QByteArray("2026-03-04T05:16:07Z") << QByteArray("2026-03-04T05:45:00Z") << 3
        << TimeStep{Unit::Minute, 15}
        << QStringList{u"2026-03-04T05:15"_s, u"2026-03-04T05:30"_s, u"2026-03-04T05:45"_s,
                       u"2026-03-04T06:00"_s};
    QTest::newRow("days before 1970")
        << QByteArray("1969-12-30T23:59:59Z") << QByteArray("1970-01-01T00:00:00Z") << 3
        << TimeStep{Unit::Day, 1}
        << QStringList{u"1969-12-30T00:00"_s, u"1969-12-31T00:00"_s, u"1970-01-01T00:00"_s,
                       u"1970-01-02T00:00"_s};
    QTest::newRow("weeks") << QByteArray("2026-11-24T12:00:00Z")
                           << QByteArray("2026-11-30T00:00:00Z") << 2 << TimeStep{Unit::Week, 1}
                           << QStringList{u"2026-11-23T00:00"_s, u"2026-11-30T00:00"_s,
                                          u"2026-12-07T00:00"_s};
    QTest::newRow("months") << QByteArray("2023-12-31T23:59:59Z")
                            << QByteArray("2024-02-29T12:00:00Z") << 3 << TimeStep{Unit::Month, 1}
                            << QStringList{u"2023-12-01T00:00"_s, u"2024-01-01T00:00"_s,
                                           u"2024-02-01T00:00"_s, u"2024-03-01T00:00"_s};
    QTest::newRow("quarters") << QByteArray("2023-11-01T00:00:00Z")
                              << QByteArray("2024-05-01T00:00:00Z") << 3 << TimeStep{Unit::Month, 3}
                              << QStringList{u"2023-10-01T00:00"_s, u"2024-01-01T00:00"_s,
                                             u"2024-04-01T00:00"_s, u"2024-07-01T00:00"_s};
    QTest::newRow("decades") << QByteArray("1969-11-01T00:00:00Z")
                             << QByteArray("1981-05-01T00:00:00Z") << 3 << TimeStep{Unit::Year, 10}
                             << QStringList{u"1960-01-01T00:00"_s, u"1970-01-01T00:00"_s,
                                            u"1980-01-01T00:00"_s, u"1990-01-01T00:00"_s};
}

void TestOverviewTime::beginsWhereClocksDo() {
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, last);
    QFETCH(int, most);
    QFETCH(TimeStep, step);
    QFETCH(QStringList, edges);
    const TimeGrid grid = timeGrid(at(first.constData()), at(last.constData()), std::size_t(most));
    QCOMPARE(edgesOf(grid), edges);
    QVERIFY(grid.step == step);
}

void TestOverviewTime::coversAnySpan() {
    QRandomGenerator random(1);
    for (int round = 0; round < 20'000; ++round) {
        const auto anyTime = [&] {
            const auto bits = qint64(random.generate64()) >> random.bounded(64);
            return Timestamp(random.bounded(2) == 0 ? bits : 1'700'000'000'000'000 + bits / 4096);
        };
        Timestamp first = anyTime();
        Timestamp last = anyTime();
        if (last < first)
            std::swap(first, last);
        const auto most = std::size_t(1 + random.bounded(300));
        const TimeGrid grid = timeGrid(first, last, most);
        QVERIFY(grid.buckets() >= 1 && grid.buckets() <= most);
        QVERIFY(grid.edges.front() <= first);
        QVERIFY(grid.edges.back() > last);
        QVERIFY(std::adjacent_find(grid.edges.begin(), grid.edges.end(), std::greater_equal<>()) ==
                grid.edges.end());
        // No bucket at either end is without need.
        QVERIFY(grid.edges[1] > first);
        QVERIFY(grid.edges[grid.edges.size() - 2] <= last);
    }
}

void TestOverviewTime::reachesTheEndsOfTime() {
    constexpr qint64 kMost = std::numeric_limits<qint64>::max();
    constexpr qint64 kLeast = std::numeric_limits<qint64>::min();
    for (const std::size_t most : {1u, 2u, 30u, 1000u})
        for (const auto& [first, last] : {std::pair{kLeast, kMost}, std::pair{kLeast, kLeast},
                                          std::pair{kMost, kMost}, std::pair{qint64(0), kMost}}) {
            const TimeGrid grid = timeGrid(Timestamp(first), Timestamp(last), most);
            QVERIFY(grid.buckets() >= 1 && grid.buckets() <= most);
            QVERIFY(grid.edges.front().microseconds() <= first);
            QVERIFY(grid.edges.back().microseconds() >= last);
        }
}

QTEST_GUILESS_MAIN(TestOverviewTime)
#include "tst_overview_time.moc"
