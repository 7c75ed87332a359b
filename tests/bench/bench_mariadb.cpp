// How fast the events of a MariaDB server are read, against what its client library needs to take
// the same columns unbuffered, and how much memory that takes.
#include "bench/bench_support.h"
#include "bench/process_memory.h"
#include "store/store.h"
#include "support/mariadb_server.h"
#include "support/test_support.h"

#include <QFile>
#include <QTemporaryDir>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRuns = 5;
constexpr double kMostRatio = 1.5;
constexpr double kMostGrowthMiB = 8;
constexpr qint64 kFewEvents = 10'000;

qint64 manyEvents() {
    return qEnvironmentVariableIntValue("REWINDOW_NIGHTLY") == 1 ? 1'000'000 : 250'000;
}

} // namespace

class BenchMariaDb : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void readingTheWholeLog();
    void memoryStaysFlat();

  private:
    struct Log {
        QString database;
        std::unique_ptr<Store> store;
    };
    /// As many events as a shop has, their payloads of 100 to 700 bytes.
    void fill(Log& log, qint64 events);

    QTemporaryDir m_folder;
    MariaDbServer m_server;
    Log m_few;
    Log m_many;
};

void BenchMariaDb::fill(Log& log, qint64 events) {
    log.database = m_server.makeDatabase();
    ASSIGN_RESULT(url, StoreUrl::parse(m_server.url(log.database)));
    QVERIFY_RESULT(Store::create(url, {}));
    OtherMariaDbSession session(m_server, log.database);
    QVERIFY2(
        session.run("INSERT INTO events SELECT seq,uuid(),'order-'||(seq div 10),'order',"
                    "'' || (seq div 10),1+seq%10,'OrderItem'||(seq%7),"
                    "'{\"quantity\":'||(seq%13)||',\"note\":\"'||repeat('x',100+(seq*7919)%600)||"
                    "'\"}','{\"user\":\"u'||(seq%50)||'\"}','c'||(seq div 3),NULL,"
                    "1700000000000000+seq*1000000 FROM seq_1_to_" +
                    QByteArray::number(events)),
        session.lastError().constData());
    auto store = Store::open(url, Store::Access::Read);
    QVERIFY_RESULT(store);
    log.store = std::move(*store);
}

void BenchMariaDb::initTestCase() {
    qputenv("REWINDOW_DATA_HOME", QFile::encodeName(m_folder.path()));
    QCOMPARE(m_server.start({u"--innodb-flush-log-at-trx-commit=2"_s}), QString());
    fill(m_few, kFewEvents);
    fill(m_many, manyEvents());
}

void BenchMariaDb::readingTheWholeLog() {
    OtherMariaDbSession session(m_server, m_many.database);
    const QByteArray columns("SELECT position,version,recorded_at,stream,event_id,event_type,data,"
                             "metadata,correlation_id,causation_id FROM events ORDER BY position");
    qint64 takenBytes = 0;
    qint64 events = 0;
    qint64 bytes = 0;
    const auto [taking, reading] = bench::medianSeconds(
        kRuns, [&] { takenBytes = session.unbufferedBytes(columns); },
        [&] {
            events = 0;
            bytes = 0;
            const auto done = m_many.store->reader().forEach({}, [&](RecordedEvent&& event) {
                ++events;
                bytes += qint64(event.stream().size() + event.id().size() + event.type().size() +
                                event.data().size() + event.metadata().size() +
                                event.correlationId().size() + event.causationId().size());
                return true;
            });
            QVERIFY_RESULT(done);
        });
    QCOMPARE(events, manyEvents());
    // The numbers are digits there.
    qint64 digits = 0;
    for (const char* number : {"position", "version", "recorded_at"})
        digits += session.value(QByteArray("SELECT sum(length(") + number + ")) FROM events")
                      .toLongLong();
    QCOMPARE(bytes + digits, takenBytes);
    bench::checkRatio("all events of MariaDB as RecordedEvents / the client library unbuffered",
                      reading / taking, kMostRatio);
}

void BenchMariaDb::memoryStaysFlat() {
    const auto most = [](Store& store, qint64 wanted) {
        bench::MemoryWatch watch;
        const double before = bench::anonymousMemory();
        qint64 events = 0;
        const auto done = store.reader().forEach({}, [&](RecordedEvent&&) {
            ++events;
            return true;
        });
        return done && events == wanted ? watch.most() - before : 1e9;
    };
    const double few = most(*m_few.store, kFewEvents);
    const double many = most(*m_many.store, manyEvents());
    qInfo("RssAnon grows by %.1f MiB while %lld events are read, by %.1f while %lld are (at most "
          "%.0f more)",
          few, kFewEvents, many, manyEvents(), kMostGrowthMiB);
    QVERIFY(many < few + kMostGrowthMiB);
}

QTEST_GUILESS_MAIN(BenchMariaDb)
#include "bench_mariadb.moc"
