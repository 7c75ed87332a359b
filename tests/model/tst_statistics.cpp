// Statistics of logs against a count by hand: types, times, streams, sizes.
#include "model/statistics/log_statistics.h"
#include "model/statistics/size_histogram.h"
#include "model/statistics/statistics_pass.h"
#include "model/statistics/time_buckets.h"
#include "session_support.h"

#include "base/json.h"

#include <QFile>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

using namespace rewindow;
using namespace rewindow::test;

namespace {

Result<Statistics> statisticsOf(Store& store) {
    StatisticsPass pass;
    auto read = store.reader().forEach({}, [&](RecordedEvent&& event) {
        pass.add(event);
        return true;
    });
    if (!read)
        return std::unexpected(read.error());
    return pass.statistics();
}

RecordedEvent eventOf(qint64 position, const char* stream, std::string_view type,
                      std::string_view data, qint64 at = 0) {
    return {GlobalPosition(position), StreamVersion(1), Timestamp(at),
            RecordedEvent::Texts{stream, "", type, data, "", "", ""}};
}

/// What a plain count of the same events gives.
struct Counted {
    struct Type {
        qint64 events = 0;
        GlobalPosition first;
        GlobalPosition last;
        std::vector<qint64> sizes;
    };
    struct Stream {
        qint64 events = 0;
        qint64 bytes = 0;
        std::vector<qint64> times;
    };
    std::map<std::string, Type> types;
    std::map<std::string, Stream> streams;
    std::vector<std::pair<qint64, GlobalPosition>> times;
    qint64 events = 0;
};

Result<Counted> countByHand(Store& store) {
    auto events = store.reader().read({});
    if (!events)
        return std::unexpected(events.error());
    Counted counted;
    for (const RecordedEvent& event : *events) {
        Counted::Type& type = counted.types[std::string(event.type())];
        if (type.events++ == 0)
            type.first = event.position();
        type.last = event.position();
        type.sizes.push_back(static_cast<qint64>(event.data().size()));
        Counted::Stream& stream = counted.streams[std::string(event.stream())];
        ++stream.events;
        stream.bytes += static_cast<qint64>(event.data().size());
        stream.times.push_back(event.recordedAt().microseconds());
        counted.times.emplace_back(event.recordedAt().microseconds(), event.position());
        ++counted.events;
    }
    return counted;
}

void verifySizes(const SizeStatistics& sizes, std::vector<qint64> expected) {
    std::ranges::sort(expected);
    QCOMPARE(sizes.count, static_cast<qint64>(expected.size()));
    QCOMPARE(sizes.least, expected.front());
    QCOMPARE(sizes.most, expected.back());
    QCOMPARE(sizes.total, std::accumulate(expected.begin(), expected.end(), qint64{0}));
    const auto isNear = [](qint64 told, qint64 exact) {
        return std::abs(told - exact) * 16 <= exact + 16;
    };
    QVERIFY(isNear(sizes.median, expected[(expected.size() + 1) / 2 - 1]));
    const auto rank = static_cast<std::size_t>(std::ceil(0.95 * double(expected.size())));
    QVERIFY(isNear(sizes.p95, expected[rank - 1]));
    for (std::size_t i = 0; i < sizes.buckets.size(); ++i) {
        const SizeBucket& bucket = sizes.buckets[i];
        QCOMPARE(bucket.count, std::ranges::count_if(expected, [&](qint64 size) {
                     return size >= bucket.from && size <= bucket.to;
                 }));
        if (i > 0)
            QCOMPARE(bucket.from, sizes.buckets[i - 1].to + 1);
    }
}

void verifyStreams(const Statistics& statistics, const Counted& counted) {
    QCOMPARE(statistics.streams, static_cast<qint64>(counted.streams.size()));
    QVERIFY(!statistics.ranked.empty());
    qint64 longest = 0;
    std::vector<qint64> lengths;
    for (const auto& [name, stream] : counted.streams) {
        longest = std::max(longest, stream.events);
        lengths.push_back(stream.events);
    }
    std::ranges::sort(lengths);
    QCOMPARE(statistics.median.events, lengths[(lengths.size() - 1) / 2]);
    qint64 told = 0;
    for (const StreamStatistics& stream : statistics.ranked) {
        const auto known = counted.streams.find(stream.stream.toStdString());
        QVERIFY(known != counted.streams.end());
        const Counted::Stream& expected = known->second;
        QCOMPARE(stream.events, expected.events);
        QCOMPARE(stream.bytes, expected.bytes);
        const auto [least, most] = std::ranges::minmax(expected.times);
        QCOMPARE(stream.age(), most - least);
        qint64 pause = 0;
        qint64 latest = expected.times.front();
        for (const qint64 time : expected.times) {
            pause = std::max(pause, time - latest);
            latest = std::max(latest, time);
        }
        QCOMPARE(stream.pause, pause);
        told = std::max(told, stream.events);
    }
    QCOMPARE(told, longest);
    const auto inAll = [](const std::vector<StreamBucket>& buckets) {
        qint64 all = 0;
        for (const StreamBucket& bucket : buckets)
            all += bucket.count;
        return all;
    };
    QCOMPARE(inAll(statistics.lengths), statistics.streams);
    QCOMPARE(inAll(statistics.ages), statistics.streams);
    for (const StreamBucket& bucket : statistics.lengths) {
        QCOMPARE(bucket.count, std::ranges::count_if(lengths, [&](qint64 length) {
                     return length >= bucket.from && length <= bucket.to;
                 }));
        for (const QString& example : bucket.examples) {
            const qint64 events = counted.streams.at(example.toStdString()).events;
            QVERIFY(events >= bucket.from && events <= bucket.to);
        }
    }
}

void verifyTimes(const Statistics& statistics, const Counted& counted) {
    const LogTimes& times = statistics.times;
    QVERIFY(times.width > 0);
    QVERIFY(times.starts.size() <= TimeBuckets::kMost);
    for (std::size_t i = 0; i < times.starts.size(); ++i) {
        const qint64 from = times.starts[i].microseconds();
        qint64 events = 0;
        GlobalPosition first;
        for (const auto& [time, position] : counted.times) {
            if (time < from || time >= from + times.width)
                continue;
            ++events;
            if (first == GlobalPosition(0) || position < first)
                first = position;
        }
        qint64 told = 0;
        for (const TypeStatistics& type : statistics.types)
            told += type.overTime[i];
        QCOMPARE(told, events);
        QCOMPARE(times.firsts[i], first);
    }
}

} // namespace

class TestStatistics : public QObject {
    Q_OBJECT

  private slots:
    void ofTheDemo();
    void ofTheLoanLog();
    void ofNothing();
    void tellsSizes();
    void bucketsWiden();
    void takesAnyTime();
    void toldApartWithinLimits();
    void findsStreamsThatStandOut();

    void readsInTheBackground();
    void readsOnlyWhatIsNew();
    void goesOnAfterCancelling();
    void saysWhyItFailed();

  private:
    ScratchFolder m_folder;
};

void TestStatistics::ofTheDemo() {
    const QString path = m_folder.path(QStringLiteral("demo.db"));
    QVERIFY_RESULT(createDemo(path, 6'000));
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(path), Store::Access::Read));
    ASSIGN_RESULT(counted, countByHand(*store));
    ASSIGN_RESULT(statistics, statisticsOf(*store));
    QCOMPARE(statistics.events, counted.events);
    QCOMPARE(statistics.types.size(), counted.types.size());
    std::vector<qint64> sizes;
    for (std::size_t i = 0; i < statistics.types.size(); ++i) {
        const TypeStatistics& type = statistics.types[i];
        const Counted::Type& expected = counted.types.at(type.type.toStdString());
        QCOMPARE(type.events, expected.events);
        QCOMPARE(type.first.position, expected.first);
        QCOMPARE(type.last.position, expected.last);
        QCOMPARE(type.notJson, 0);
        verifySizes(type.payload, expected.sizes);
        sizes.insert(sizes.end(), expected.sizes.begin(), expected.sizes.end());
        if (i > 0)
            QVERIFY(type.events <= statistics.types[i - 1].events);
    }
    verifySizes(statistics.payload, sizes);
    verifyStreams(statistics, counted);
    verifyTimes(statistics, counted);
}

void TestStatistics::ofTheLoanLog() {
    NEED_SHARED_DATA(data, "loan-applications.jsonl.gz");
    LogStatistics log(*StoreUrl::parse(loanLog()));
    log.start();
    QTRY_COMPARE_WITH_TIMEOUT(log.state(), LogStatistics::State::Ready, 120'000);
    const auto statistics = log.statistics();
    QCOMPARE(statistics->events, 262'200);
    QCOMPARE(statistics->reached, GlobalPosition(262'200));
    QVERIFY(!statistics->isPartial);
    ASSIGN_RESULT(store, Store::open(*StoreUrl::parse(loanLog()), Store::Access::Read));
    ASSIGN_RESULT(summary, store->reader().summary());
    ASSIGN_RESULT(types, store->reader().eventTypes());
    QCOMPARE(statistics->streams, summary.streams);
    QCOMPARE(statistics->types.size(), types.size());
    for (const TypeStatistics& type : statistics->types)
        QVERIFY(std::ranges::find(types, TypeCount{type.type, type.events}) != types.end());
    qint64 inTime = 0;
    for (const TypeStatistics& type : statistics->types)
        for (const quint32 count : type.overTime)
            inTime += count;
    QCOMPARE(inTime, 262'200);
}

void TestStatistics::ofNothing() {
    const Statistics statistics = StatisticsPass().statistics();
    QCOMPARE(statistics.events, 0);
    QVERIFY(statistics.types.empty());
    QVERIFY(statistics.times.starts.empty());
    QVERIFY(statistics.ranked.empty());
    QVERIFY(statistics.findings.empty());
    QVERIFY(statistics.payload.buckets.empty());
}

void TestStatistics::tellsSizes() {
    SizeHistogram histogram;
    std::vector<qint64> sizes;
    quint64 random = 42;
    for (int i = 0; i < 4'000; ++i) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        const qint64 size = static_cast<qint64>(random >> 40) >> (random % 24);
        sizes.push_back(size);
        histogram.add(size, GlobalPosition(i + 1));
    }
    verifySizes(histogram.statistics(), sizes);
    const SizeStatistics told = histogram.statistics();
    QCOMPARE(sizes[static_cast<std::size_t>(told.mostAt.value() - 1)], told.most);
    for (const SizeBucket& bucket : told.buckets) {
        if (bucket.count == 0)
            continue;
        const qint64 example = sizes[static_cast<std::size_t>(bucket.example.value() - 1)];
        QVERIFY(example >= bucket.from && example <= bucket.to);
    }
}

/// Whatever the order in which times come, the stretches end up the same.
void TestStatistics::bucketsWiden() {
    std::vector<qint64> times;
    for (qint64 i = 0; i < 3'000; ++i)
        times.push_back(1'700'000'000'000'000 + i * i * i * 1'000);
    const auto count = [](const std::vector<qint64>& inOrder) {
        TimeBuckets buckets;
        TimeBuckets::Row row;
        for (const qint64 time : inOrder) {
            const std::size_t index = buckets.place(Timestamp(time), GlobalPosition(1),
                                                    [&](const auto& move) { move(row); });
            if (row.size() <= index)
                row.resize(index + 1);
            ++row[index];
        }
        row.resize(buckets.size());
        return std::pair(row, buckets.times());
    };
    const auto [row, told] = count(times);
    QVERIFY(row.size() > TimeBuckets::kMost / 10);
    for (std::size_t i = 0; i < row.size(); ++i) {
        const qint64 from = told.starts[i].microseconds();
        QCOMPARE(qint64{row[i]}, std::ranges::count_if(times, [&](qint64 time) {
                     return time >= from && time < from + told.width;
                 }));
    }
    std::ranges::reverse(times);
    const auto [reversed, toldReversed] = count(times);
    QCOMPARE(reversed, row);
    QCOMPARE(toldReversed.starts, told.starts);
}

void TestStatistics::takesAnyTime() {
    StatisticsPass pass;
    const qint64 times[] = {0, std::numeric_limits<qint64>::max(),
                            std::numeric_limits<qint64>::min(), -1, 1'700'000'000'000'000};
    qint64 position = 0;
    for (const qint64 time : times)
        pass.add(eventOf(++position, "odd-1", "Odd", "{}", time));
    const Statistics statistics = pass.statistics();
    QCOMPARE(std::accumulate(statistics.types[0].overTime.begin(),
                             statistics.types[0].overTime.end(), 0u),
             5u);
    QVERIFY(statistics.ranked[0].age() > 0);
    QVERIFY(statistics.times.starts.size() <= TimeBuckets::kMost);
}

void TestStatistics::toldApartWithinLimits() {
    StatisticsPass pass;
    constexpr qint64 kTypes = 3'000;
    for (qint64 i = 0; i < kTypes; ++i)
        pass.add(eventOf(i + 1, "many-1", "Type" + std::to_string(i), R"({"a":1})"));
    pass.add(eventOf(kTypes + 1, "many-1", std::string(5'000, 'x'), "{}"));
    const Statistics statistics = pass.statistics();
    QCOMPARE(statistics.types.size(), StatisticsPass::kMostTypes);
    QCOMPARE(statistics.otherTypes, kTypes + 1 - qint64(StatisticsPass::kMostTypes));
    QCOMPARE(statistics.events, kTypes + 1);
    QVERIFY(std::ranges::any_of(statistics.findings, [](const Finding& finding) {
        return finding.kind == Finding::Kind::Limit &&
               finding.sentence.contains(QStringLiteral("1,001 events are of types"));
    }));
}

void TestStatistics::findsStreamsThatStandOut() {
    StatisticsPass pass;
    qint64 minute = 0;
    const auto add = [&](const std::string& stream, std::string_view data) {
        ++minute;
        pass.add(eventOf(pass.events() + 1, stream.c_str(), "Filled", data, minute * 60'000'000));
    };
    const std::string fat = R"({"text":")" + std::string(20'000, 'x') + R"("})";
    for (int stream = 0; stream < 50; ++stream)
        for (int i = 0; i < 3; ++i)
            add("box-" + std::to_string(stream), R"({"n":1})");
    for (int i = 0; i < 120; ++i)
        add("box-long", "{}");
    add("box-fat", fat);
    add("box-slow", "{}");
    minute += 12 * 1'440;
    add("box-slow", "{}");
    const qint64 late = pass.events();
    const Statistics statistics = pass.statistics();
    const auto isFound = [&](const char* stream, const QString& sentence, qint64 at) {
        return std::ranges::any_of(statistics.findings, [&](const Finding& finding) {
            return finding.kind == Finding::Kind::Stream &&
                   finding.stream == QLatin1String(stream) && finding.sentence == sentence &&
                   finding.position == GlobalPosition(at);
        });
    };
    QVERIFY(isFound("box-long",
                    QStringLiteral("Stream box-long is 40 times as long as the median: 120 events"),
                    270));
    QVERIFY(isFound("box-fat",
                    QStringLiteral("Stream box-fat is 952 times as fat as the median: payloads of "
                                   "20.0 kB"),
                    271));
    QVERIFY(
        isFound("box-slow",
                QStringLiteral(
                    "Stream box-slow stood still for 12 days, 17,281 times as long as the median"),
                late));
}

void TestStatistics::readsInTheBackground() {
    const QString path = m_folder.path(QStringLiteral("background.db"));
    QVERIFY_RESULT(createDemo(path, 3'000));
    LogStatistics log(StoreUrl::sqliteFile(path));
    QCOMPARE(log.state(), LogStatistics::State::Idle);
    QVERIFY(!log.statistics());
    QSignalSpy states(&log, &LogStatistics::stateChanged);
    log.start();
    QCOMPARE(log.state(), LogStatistics::State::Reading);
    QTRY_COMPARE(log.state(), LogStatistics::State::Ready);
    QCOMPARE(states.count(), 2);
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(path), Store::Access::Read));
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(log.statistics()->reached, head);
    QCOMPARE(log.reached(), log.total());
    QVERIFY(!log.statistics()->isPartial);
    QVERIFY(log.statistics()->hasPositions);
}

void TestStatistics::readsOnlyWhatIsNew() {
    const QString path = m_folder.path(QStringLiteral("grows.db"));
    ASSIGN_RESULT(store, createStore(path, {}));
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("first-1"), 500));
    LogStatistics log(StoreUrl::sqliteFile(path));
    log.start();
    QTRY_COMPARE(log.state(), LogStatistics::State::Ready);
    QCOMPARE(log.statistics()->events, 500);

    QVERIFY_RESULT(fillStream(*store, QStringLiteral("second-1"), 70));
    log.extend(GlobalPosition(570));
    QTRY_COMPARE(log.statistics()->events, 570);
    QTRY_COMPARE(log.state(), LogStatistics::State::Ready);
    QCOMPARE(log.statistics()->streams, 2);
    QCOMPARE(log.statistics()->types[0].events, 570);
    QCOMPARE(log.statistics()->types[0].schema[1].events, 570);

    QSignalSpy changes(&log, &LogStatistics::changed);
    log.extend(GlobalPosition(570));
    QTest::qWait(50);
    QCOMPARE(log.state(), LogStatistics::State::Ready);
    QCOMPARE(changes.count(), 0);
}

void TestStatistics::goesOnAfterCancelling() {
    const QString path = m_folder.path(QStringLiteral("cancelled.db"));
    ASSIGN_RESULT(store, createStore(path, {}));
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("long-1"), 30'000));
    LogStatistics log(StoreUrl::sqliteFile(path));
    log.start();
    log.cancel();
    QCOMPARE(log.state(), LogStatistics::State::Cancelled);
    log.extend(GlobalPosition(40'000));
    QTest::qWait(30);
    QCOMPARE(log.state(), LogStatistics::State::Cancelled);
    for (int i = 0; i < 5; ++i) {
        log.start();
        QTest::qWait(5);
        log.cancel();
    }
    log.start();
    QTRY_COMPARE_WITH_TIMEOUT(log.state(), LogStatistics::State::Ready, 30'000);
    QCOMPARE(log.statistics()->events, 30'000);
    QCOMPARE(log.statistics()->types[0].payload.count, 30'000);
}

void TestStatistics::saysWhyItFailed() {
    LogStatistics log(StoreUrl::sqliteFile(m_folder.path(QStringLiteral("nothing.db"))));
    log.start();
    QTRY_COMPARE(log.state(), LogStatistics::State::Failed);
    QVERIFY(log.error());
    QVERIFY(log.error()->sentence().contains(QStringLiteral("nothing.db")));
    QVERIFY(!log.statistics());
    QVERIFY_RESULT(createDemo(m_folder.path(QStringLiteral("nothing.db")), 100));
    log.start();
    QTRY_COMPARE(log.state(), LogStatistics::State::Ready);
    QVERIFY(!log.error());
}

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
