// The process's own memory while a log is opened, filtered, counted, shown over time and by name,
// and its statistics are made.
#include "bench/bench_support.h"
#include "bench/demo_log.h"
#include "bench/process_memory.h"
#include "model/overview/log_overview.h"
#include "model/statistics/log_statistics.h"
#include "model/statistics/statistics.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace rewindow;
using namespace Qt::StringLiterals;

namespace {

constexpr double kMostMiB = 300;
constexpr int kPatienceMs = 900'000;

} // namespace

class BenchMemory : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void opening();
    void filtering_data();
    void filtering();
    void histogramAndFacets();
    void countingUnderAFilter();
    void statistics();
    void cleanup();

  private:
    QTemporaryDir m_folder;
    qint64 m_events = 0;
    std::optional<StoreUrl> m_url;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<LogOverview> m_overview;
    std::unique_ptr<LogStatistics> m_statistics;
    std::unique_ptr<bench::MemoryWatch> m_watch;
};

void BenchMemory::initTestCase() {
    qputenv("REWINDOW_DATA_HOME", QFile::encodeName(m_folder.path()));
    m_events = bench::demoLogEvents();
    ASSIGN_RESULT(url, bench::demoLog());
    m_url = url;
    m_watch = std::make_unique<bench::MemoryWatch>();
}

void BenchMemory::cleanup() {
    if (!m_watch)
        return;
    const double most = m_watch->most();
    qInfo("RssAnon %.1f MiB (at most %.0f)", most, kMostMiB);
    QVERIFY(most > 0);
    QVERIFY2(most < kMostMiB, "more memory than may be");
}

void BenchMemory::opening() {
    ASSIGN_RESULT(store, Store::open(*m_url, Store::Access::Read));
    m_store = std::move(store);
    ASSIGN_RESULT(summary, m_store->reader().summary());
    QCOMPARE(summary.events, m_events);
    EventQuery query;
    query.limit = 200;
    query.newestFirst = true;
    ASSIGN_RESULT(page, m_store->reader().read(query));
    QCOMPARE(page.size(), 200u);
}

void BenchMemory::filtering_data() {
    QTest::addColumn<QString>("filter");
    for (const char* filter : {"type:*", "data.quantity>0", "meta.user:u*", "\"o\"", "version>1"})
        QTest::newRow(filter) << QString::fromLatin1(filter);
}

void BenchMemory::filtering() {
    QFETCH(QString, filter);
    ASSIGN_RESULT(parsed, EventFilter::parse(filter));
    ASSIGN_RESULT(samples, m_store->reader().samplePositions(parsed, 256));
    QVERIFY(samples.rows > m_events / 10);
}

void BenchMemory::histogramAndFacets() {
    m_overview = std::make_unique<LogOverview>(*m_url);
    QSignalSpy completed(m_overview.get(), &LogOverview::completed);
    m_overview->build();
    QVERIFY(completed.wait(kPatienceMs));
    QCOMPARE(m_overview->view().rows(), m_events);
    QObject guard;
    std::optional<Result<Histogram>> histogram;
    std::optional<Result<Facets>> facets;
    m_overview->histogram({}, &guard, [&](auto answer) { histogram = std::move(answer); });
    m_overview->facets({}, &guard, [&](auto answer) { facets = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(histogram && facets, kPatienceMs);
    QVERIFY_RESULT(*histogram);
    QVERIFY_RESULT(*facets);
    QCOMPARE((*histogram)->events(), m_events);
    QCOMPARE((*facets)->events(), m_events);
}

void BenchMemory::countingUnderAFilter() {
    QObject guard;
    std::optional<Result<Histogram>> frame;
    m_overview->histogram({}, &guard, [&](auto answer) { frame = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(frame, kPatienceMs);
    QVERIFY_RESULT(*frame);
    std::optional<Result<FilteredCounts>> counts;
    ASSIGN_RESULT(filter, EventFilter::parse(u"data.quantity>0"_s));
    m_overview->filtered({.filter = filter, .span = {}, .values = {}}, (*frame)->grid(), &guard, {},
                         [&](auto answer) { counts = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(counts, kPatienceMs);
    QVERIFY_RESULT(*counts);
    ASSIGN_RESULT(samples, m_store->reader().samplePositions(filter, 256));
    QCOMPARE((*counts)->matches, samples.rows);
}

void BenchMemory::statistics() {
    m_statistics = std::make_unique<LogStatistics>(*m_url);
    m_statistics->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_statistics->state() == LogStatistics::State::Ready ||
                                 m_statistics->state() == LogStatistics::State::Failed,
                             kPatienceMs);
    QVERIFY(!m_statistics->error());
    QCOMPARE(m_statistics->reached(), m_events);
}

QTEST_GUILESS_MAIN(BenchMemory)
#include "bench_memory.moc"
