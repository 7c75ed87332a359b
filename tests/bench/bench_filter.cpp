// Filters against the best that SQLite's own interface does for the same question.
#include "bench/bench_support.h"
#include "bench/demo_log.h"
#include "bench/plain_sqlite.h"
#include "store/json_lines_source.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QFile>
#include <QTemporaryDir>
#include <QThread>

using namespace rewindow;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kPage = 200;
constexpr int kMostPagesAtOnce = 20;    // one alone may be too quick to be timed
constexpr double kLongestAtOnce = 0.01; // seconds

/// The median time of each of several works that read a page, in seconds. They take turns.
template <class... Works>
std::array<double, sizeof...(Works)> pageSeconds(Works&&... works) {
    const auto repeatedly = [](auto& work) {
        return [&work] {
            double taken = 0;
            int pages = 0;
            for (; pages < kMostPagesAtOnce && taken < kLongestAtOnce; ++pages)
                taken += bench::seconds(work);
            return taken / pages;
        };
    };
    std::array<std::vector<double>, sizeof...(Works)> times;
    for (int run = 0; run < 5; ++run) {
        std::size_t at = 0;
        (times[at++].push_back(repeatedly(works)()), ...);
    }
    std::array<double, sizeof...(Works)> medians{};
    std::transform(times.begin(), times.end(), medians.begin(),
                   [](const std::vector<double>& each) { return bench::median(each); });
    return medians;
}

} // namespace

class BenchFilter : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void firstPages_data();
    void firstPages();
    void countsByPayload_data();
    void countsByPayload();
    void firstHitsComeAtOnce();
    void cancelsAtOnce();

  private:
    struct Log {
        std::unique_ptr<Store> store;
        std::unique_ptr<bench::PlainSqlite> plain;
    };
    static void open(Log& log, const QString& path);

    QTemporaryDir m_folder;
    std::map<QString, Log> m_logs;
};

void BenchFilter::open(Log& log, const QString& path) {
    auto opened = Store::open(StoreUrl::sqliteFile(path), Store::Access::Read);
    QVERIFY_RESULT(opened);
    log.store = std::move(*opened);
    log.plain = std::make_unique<bench::PlainSqlite>(path);
}

void BenchFilter::initTestCase() {
    qputenv("REWINDOW_DATA_HOME", QFile::encodeName(m_folder.path()));
    ASSIGN_RESULT(demo, bench::demoLog());
    open(m_logs[u"demo"_s], demo.path());
    NEED_SHARED_DATA(packed, "loan-applications.jsonl.gz");
    const QString path = m_folder.filePath(u"loans.db"_s);
    ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(path), {}));
    QFile file(rewindow::test::loanLog());
    QVERIFY(file.open(QIODevice::ReadOnly));
    ASSIGN_RESULT(writer, store->writer());
    QVERIFY_RESULT(writer->importAll(jsonLinesSource(file)));
    QVERIFY_RESULT(store->checkpoint());
    store.reset();
    open(m_logs[u"loans"_s], path);
}

void BenchFilter::firstPages_data() {
    QTest::addColumn<QString>("log");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QByteArrayList>("conditions"); // ways to say the same in SQL
    for (const auto& [name, log] : m_logs) {
        const auto add = [&name = name](const char* what, const QString& filter,
                                        const QByteArrayList& conditions) {
            QTest::addRow("%s, %s", qPrintable(name), what) << name << filter << conditions;
        };
        const auto type = [&log = log](const char* order) {
            return log.plain->value(QByteArray("SELECT event_type FROM events GROUP BY 1 "
                                               "ORDER BY count(*) ") +
                                    order + " LIMIT 1");
        };
        for (const char* order : {"DESC", "ASC"}) {
            const QByteArray wanted = type(order);
            add(*order == 'D' ? "the most frequent type" : "the least frequent type",
                u"type:\"%1\""_s.arg(QString::fromUtf8(wanted)),
                {"event_type='" + wanted + "'", "+event_type='" + wanted + "'"});
        }
        const QByteArray stream =
            log.plain->value("SELECT stream FROM events GROUP BY 1 ORDER BY count(*) DESC LIMIT 1");
        add("the longest stream", u"stream:%1"_s.arg(QString::fromUtf8(stream)),
            {"stream='" + stream + "'", "+stream='" + stream + "'"});
        for (const int tenths : {0, 5, 9}) {
            const QByteArray time =
                log.plain->value("SELECT recorded_at FROM events ORDER BY position LIMIT 1 OFFSET "
                                 "(SELECT count(*) FROM events)*" +
                                 QByteArray::number(tenths) + "/10");
            const QString written = Timestamp(time.toLongLong()).toString();
            add(qPrintable(u"after %1 tenths"_s.arg(tenths)), u"after:%1"_s.arg(written),
                {"recorded_at>=" + time, "+recorded_at>=" + time});
            if (tenths > 0)
                add(qPrintable(u"an hour after %1 tenths"_s.arg(tenths)),
                    u"after:%1 before:%2"_s.arg(
                        written, Timestamp(time.toLongLong() + 3'600'000'000).toString()),
                    {"recorded_at>=" + time + " AND recorded_at<" + time + "+3600000000",
                     "+recorded_at>=" + time + " AND +recorded_at<" + time + "+3600000000"});
        }
    }
}

void BenchFilter::firstPages() {
    QFETCH(QString, log);
    QFETCH(QString, filter);
    QFETCH(QByteArrayList, conditions);
    const Log& here = m_logs.at(log);
    EventQuery query;
    query.limit = kPage;
    ASSIGN_RESULT(parsed, EventFilter::parse(filter));
    query.filter = parsed;
    std::size_t found = 0;
    qint64 stepped = 0;
    const auto plain = [&](const QByteArray& condition) {
        return
            [&, sql = bench::kEventColumns + " WHERE " + condition + " ORDER BY position LIMIT " +
                      QByteArray::number(kPage)] { stepped = here.plain->rows(sql); };
    };
    const auto [ours, first, second] = pageSeconds(
        [&] {
            const auto page = here.store->reader().read(query);
            QVERIFY_RESULT(page);
            found = page->size();
        },
        plain(conditions[0]), plain(conditions[1]));
    QCOMPARE(static_cast<qint64>(found), stepped);
    QVERIFY(found > 0);
    bench::checkRatio("first page / the best SQL for it", ours / std::min(first, second), 1.5);
}

void BenchFilter::countsByPayload_data() {
    QTest::addColumn<QString>("log");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QByteArray>("condition");
    const auto add = [this](const char* log, const char* filter, const char* condition) {
        if (m_logs.contains(QString::fromLatin1(log)))
            QTest::addRow("%s, %s", log, filter)
                << QString::fromLatin1(log) << QString::fromLatin1(filter) << QByteArray(condition);
    };
    add("demo", "data.quantity>2", "json_extract(data,'$.quantity')>2");
    add("demo", "data.orderId:*7*", "json_extract(data,'$.orderId') GLOB '*7*'");
    add("demo", "has:data.unitPrice", "json_type(data,'$.unitPrice') IS NOT NULL");
    add("demo", "meta.user:u1*", "json_extract(metadata,'$.user') GLOB 'u1*'");
    add("loans", "data.amountRequested>20000", "json_extract(data,'$.amountRequested')>20000");
    add("loans", "data.applicationState:DECLINED",
        "json_extract(data,'$.applicationState')='DECLINED'");
    add("loans", "meta.resource=\"112\"", "json_extract(metadata,'$.resource')='112'");
}

void BenchFilter::countsByPayload() {
    QFETCH(QString, log);
    QFETCH(QString, filter);
    QFETCH(QByteArray, condition);
    const Log& here = m_logs.at(log);
    ASSIGN_RESULT(parsed, EventFilter::parse(filter));
    qint64 ours = 0;
    QByteArray theirs;
    const auto [counting, extracting] = bench::medianSeconds(
        3,
        [&] {
            const auto samples = here.store->reader().samplePositions(parsed, 256);
            QVERIFY_RESULT(samples);
            ours = samples->rows;
        },
        [&] { theirs = here.plain->value("SELECT count(*) FROM events WHERE " + condition); });
    QCOMPARE(QByteArray::number(ours), theirs);
    QVERIFY(ours > 0);
    bench::checkAtLeast("json_extract / counting by a value of the payload", extracting / counting,
                        2.0);
}

void BenchFilter::firstHitsComeAtOnce() {
    const Log& here = m_logs.at(u"demo"_s);
    ASSIGN_RESULT(parsed, EventFilter::parse(u"data.quantity>2"_s));
    EventQuery query;
    query.filter = parsed;
    query.limit = kPage;
    const auto [page, all] = bench::medianSeconds(
        5, [&] { QVERIFY_RESULT(here.store->reader().read(query)); },
        [&] { QVERIFY_RESULT(here.store->reader().samplePositions(parsed, 256)); });
    bench::checkRatio("first page of a payload's value / counting them all", page / all, 0.1);
}

void BenchFilter::cancelsAtOnce() {
    const Log& here = m_logs.at(u"demo"_s);
    ASSIGN_RESULT(parsed, EventFilter::parse(u"data.nowhere:1 \"nor this\""_s));
    std::vector<double> taken;
    for (int run = 0; run < 9; ++run) {
        const CancelToken cancel;
        std::chrono::steady_clock::time_point asked;
        const std::unique_ptr<QThread> canceller(QThread::create([&] {
            QThread::msleep(20);
            asked = std::chrono::steady_clock::now();
            cancel.cancel();
        }));
        canceller->start();
        Result<EventReader::PositionSamples> counted;
        do {
            counted = here.store->reader().samplePositions(parsed, 256, cancel);
        } while (counted.has_value());
        const auto ended = std::chrono::steady_clock::now();
        canceller->wait();
        QCOMPARE(counted.error().kind, Error::Kind::Cancelled);
        taken.push_back(std::chrono::duration<double>(ended - asked).count());
    }
    bench::checkRatio("seconds until a count is cancelled", bench::median(taken), 0.05);
}

QTEST_GUILESS_MAIN(BenchFilter)
#include "bench_filter.moc"
