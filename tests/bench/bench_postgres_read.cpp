// How fast events are read from a PostgreSQL server, against what COPY of the same columns takes
// through the server's own client library; and how much memory that takes.
#include "bench/bench_support.h"
#include "bench/process_memory.h"
#include "store/store.h"
#include "support/postgres_server.h"
#include "support/test_support.h"

#include <QTemporaryDir>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kRead = 200'000; ///< in one run of those that are timed
constexpr qint64 kFew = 10'000;
constexpr qint64 kMany = 1'000'000;

/// Payloads of some hundred bytes, as orders have them.
const char* const kFill =
    "INSERT INTO events SELECT n, gen_random_uuid(), 'order-'||n/20, 'order', CAST(n/20 AS text), "
    "n%20+1, CASE n%3 WHEN 0 THEN 'OrderCreated' WHEN 1 THEN 'ItemAdded' ELSE 'OrderPlaced' END, "
    "'{\"orderId\":\"'||n/20||'\",\"quantity\":'||n%9||',\"text\":\"'||repeat(md5(CAST(n AS "
    "text)),1+n%9)||'\\n\"}', CASE WHEN n%2=0 THEN '{\"by\":\"ann\"}' END, 'c-'||n/10, "
    "CASE WHEN n%10>0 THEN 'k-'||n END, 1700000000000000+n FROM generate_series(1,1000000) n";

const QByteArray kColumns =
    "SELECT position,version,recorded_at,stream,event_id,event_type,data,metadata,correlation_id,"
    "causation_id,aggregate_type FROM events";

} // namespace

class BenchPostgresRead : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void readingInBulk();
    void memoryIsFlat();

  private:
    /// Reads up to a position; returns the number of events and of the bytes of their texts.
    std::pair<qint64, qint64> read(qint64 upTo);

    QTemporaryDir m_home;
    QString m_database;
    std::unique_ptr<Store> m_store;
};

void BenchPostgresRead::initTestCase() {
    qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8());
    m_database = sharedPostgresServer().makeDatabase();
    const auto url = StoreUrl::parse(sharedPostgresServer().url(m_database));
    QVERIFY_RESULT(Store::create(*url, {}));
    OtherSession session(sharedPostgresServer(), m_database);
    QVERIFY2(session.run(kFill), session.lastError().constData());
    QVERIFY(session.run("VACUUM ANALYZE events"));
    ASSIGN_RESULT(store, Store::open(*url, Store::Access::Read));
    m_store = std::move(store);
}

std::pair<qint64, qint64> BenchPostgresRead::read(qint64 upTo) {
    EventQuery query;
    query.upTo = GlobalPosition(upTo);
    qint64 events = 0;
    qint64 bytes = 0;
    const auto done = m_store->reader().forEach(query, [&](RecordedEvent&& event) {
        ++events;
        bytes += qint64(event.stream().size() + event.id().size() + event.type().size() +
                        event.data().size() + event.metadata().size() +
                        event.correlationId().size() + event.causationId().size());
        return true;
    });
    if (!done)
        qFatal("%s", qPrintable(done.error().sentence()));
    return {events, bytes};
}

void BenchPostgresRead::readingInBulk() {
    OtherSession session(sharedPostgresServer(), m_database);
    const QByteArray upTo = " WHERE position<=" + QByteArray::number(kRead);
    const QByteArray expected = session.value(
        "SELECT sum(octet_length(stream)+octet_length(event_id)+octet_length(event_type)+"
        "octet_length(data)+coalesce(octet_length(metadata),0)+"
        "coalesce(octet_length(correlation_id),0)+coalesce(octet_length(causation_id),0)) "
        "FROM events" +
        upTo);
    qint64 copied = 0;
    std::pair<qint64, qint64> got;
    const auto [copying, reading] = bench::medianSeconds(
        9, [&] { copied = session.copiedBytes(kColumns + upTo + " ORDER BY position"); },
        [&] { got = read(kRead); });
    QCOMPARE(got.first, kRead);
    QCOMPARE(got.second, expected.toLongLong());
    QVERIFY(copied > got.second);
    qInfo("COPY %.0f ms, events %.0f ms for %lld events", copying * 1000, reading * 1000, kRead);
    bench::checkRatio("all events as RecordedEvents / COPY of their columns as text",
                      reading / copying, 1.3);
}

void BenchPostgresRead::memoryIsFlat() {
    read(kFew);
    bench::MemoryWatch watch;
    QCOMPARE(read(kFew).first, kFew);
    const double few = watch.most();
    QCOMPARE(read(kMany).first, kMany);
    const double many = watch.most();
    QVERIFY(few > 0);
    qInfo("RssAnon %.1f MiB with %lld events, %.1f MiB with %lld", few, kFew, many, kMany);
    bench::checkRatio("memory with 1,000,000 events / with 10,000", many / few, 1.1);
}

QTEST_GUILESS_MAIN(BenchPostgresRead)
#include "bench_postgres_read.moc"
