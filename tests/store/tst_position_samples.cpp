// Counting under filters on logs so long that several threads share them: the answer is that of
// reading event by event.
#include "store/profile.h"
#include "store/store.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QSqlDatabase>

#include <atomic>
#include <thread>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kEvents = 60'000;

const QByteArray kProfile = R"({
    "name": "ledger", "database": "sqlite",
    "recognisedBy": [{"table": "ledger", "columns": ["seq", "book", "kind"]}],
    "events": {
        "table": "ledger", "position": "seq", "stream": "book", "version": "line",
        "type": "what", "data": "body", "metadata": "meta",
        "correlationId": {"pointer": "/trace"},
        "recordedAt": {"column": "at", "encoding": "epoch-seconds"}
    },
    "conditions": [{"column": "kind", "equals": "1"}]
})";

ImportedEvent event(qint64 number) {
    ImportedEvent event;
    event.stream = u"s-%1"_s.arg(number % 7);
    event.event.id = u"id-%1"_s.arg(number);
    event.event.type = number % 3 == 0 ? u"A"_s : u"B"_s;
    event.event.data = "{\"n\":" + QByteArray::number(number) +
                       ",\"q\":" + QByteArray::number(number % 10) +
                       (number % 5 == 0 ? ",\"w\":\"Ünd seven\"}" : "}");
    event.event.metadata = number % 2 == 0 ? R"({"user":"ann"})" : R"({"user":"bob"})";
    event.event.correlationId = u"c-%1"_s.arg(number / 100);
    event.event.recordedAt = Timestamp(1'700'000'000'000'000 + number * 1'000'000);
    return event;
}

Result<Imported> append(Store& store, qint64 from, qint64 to) {
    auto writer = store.writer();
    if (!writer)
        return std::unexpected(writer.error());
    return (*writer)->importAll([&]() -> Result<std::optional<ImportedEvent>> {
        return from < to ? std::optional(event(from++)) : std::nullopt;
    });
}

EventFilter filterOf(const char* text) {
    return EventFilter::parse(QString::fromUtf8(text)).value();
}

/// What reading says, which is done by one thread.
Result<std::vector<GlobalPosition>> read(EventReader& reader, const EventFilter& filter) {
    std::vector<GlobalPosition> positions;
    EventQuery query;
    query.filter = filter;
    const auto done = reader.forEach(query, [&](RecordedEvent&& event) {
        positions.push_back(event.position());
        return true;
    });
    if (!done)
        return std::unexpected(done.error());
    std::ranges::sort(positions);
    return positions;
}

std::vector<GlobalPosition> everySo(const std::vector<GlobalPosition>& all, qint64 step) {
    std::vector<GlobalPosition> some;
    for (qint64 row = 0; row < qint64(all.size()); row += std::min(step, qint64(all.size())))
        some.push_back(all[std::size_t(row)]);
    return some;
}

void verifySamples(EventReader& reader, const char* text) {
    const EventFilter filter = filterOf(text);
    ASSIGN_RESULT(expected, read(reader, filter));
    for (const qint64 step : {qint64(1), qint64(7), qint64(256), qint64(1) << 62}) {
        ASSIGN_RESULT(samples, reader.samplePositions(filter, step));
        QCOMPARE(samples.rows, qint64(expected.size()));
        QVERIFY2(samples.positions == everySo(expected, step), text);
    }
}

constexpr std::array kFilters{"data.q>7",
                              "data.q:3 or data.nowhere:1",
                              "type:B data.q<5",
                              "-type:A",
                              "type:A",
                              "version>5000",
                              "has:data.w",
                              "\"seven\"",
                              "data.w:\"Ünd*\" meta.user:ann",
                              "stream:s-3 data.q:1",
                              "correlation:c-7 data.q>2",
                              "position>20000 data.q:1",
                              "position<=20000 meta.user:bob",
                              "after:2023-11-15T03:00:00 data.q:2",
                              "after:2023-11-15T03:00:00 before:2023-11-15T03:01:00 data.n>0",
                              "data.nowhere:1",
                              "type:none data.q:1",
                              "id:id-77",
                              ""};

int threads() {
    return int(QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
}

} // namespace

class TestPositionSamples : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void areThoseOfReading();
    void ofLogsOfAboutTheLengthThatIsShared();
    void ofEventsThatCannotBeParsed();
    void whileOthersAppend();
    void stopWhenCancelled();
    void ofAForeignStore_data();
    void ofAForeignStore();
    void fewerThanTheirPositions();
    void sayWhatIsDamaged();
    void ofAFileThatIsNoLongerThere();

  private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    /// A store with so many events, closed.
    void make(const char* name, qint64 events);

    PrivateDataHome m_home;
    QTemporaryDir m_folder;
    std::unique_ptr<Store> m_store;
};

void TestPositionSamples::make(const char* name, qint64 events) {
    ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(path(name)), {}));
    QVERIFY_RESULT(append(*store, 0, events));
    QVERIFY_RESULT(store->checkpoint());
}

void TestPositionSamples::initTestCase() {
    make("log.db", kEvents);
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(path("log.db")), Store::Access::Read));
    m_store = std::move(store);
    QVERIFY(QDir().mkpath(Profile::userFolder()));
    QFile profile(Profile::userFolder() + u"/ledger.json"_s);
    QVERIFY(profile.open(QIODevice::WriteOnly));
    profile.write(kProfile);
}

void TestPositionSamples::areThoseOfReading() {
    for (const char* text : kFilters)
        verifySamples(m_store->reader(), text);
    ASSIGN_RESULT(samples, m_store->reader().samplePositions(filterOf("data.q>7"), 1000));
    QCOMPARE(samples.rows, kEvents / 5);
    QCOMPARE(samples.positions.size(), std::size_t(kEvents / 5 / 1000));
}

void TestPositionSamples::ofLogsOfAboutTheLengthThatIsShared() {
    constexpr qint64 kLength = 50'000;
    ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(path("growing.db")), {}));
    QVERIFY_RESULT(append(*store, 0, kLength - 2));
    for (qint64 events = kLength - 2; events < kLength + 2; ++events) {
        ASSIGN_RESULT(samples, store->reader().samplePositions(filterOf("data.n>=0"), 9999));
        QCOMPARE(samples.rows, events);
        verifySamples(store->reader(), "data.q>7");
        verifySamples(store->reader(), "-type:A");
        QVERIFY_RESULT(append(*store, events, events + 1));
    }
}

void TestPositionSamples::ofEventsThatCannotBeParsed() {
    make("spoilt.db", kEvents);
    QVERIFY(OtherProgram(path("spoilt.db"))
                .run("UPDATE events SET data=substr(data,1,length(data)-1) WHERE position%11=0; "
                     "UPDATE events SET data='' WHERE position%13=0; "
                     "UPDATE events SET metadata=x'7b22ff' WHERE position%17=0"));
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(path("spoilt.db")), Store::Access::Read));
    for (const char* text : {"data.q>7", "-data.q>7", "has:data", "meta.user:ann", "\"seven\""})
        verifySamples(store->reader(), text);
}

void TestPositionSamples::whileOthersAppend() {
    make("written.db", kEvents);
    ASSIGN_RESULT(store,
                  Store::open(StoreUrl::sqliteFile(path("written.db")), Store::Access::ReadWrite));
    std::atomic<bool> isOver = false;
    std::atomic<bool> hasFailed = false;
    std::jthread appending([&] {
        const auto other =
            Store::open(StoreUrl::sqliteFile(path("written.db")), Store::Access::ReadWrite);
        for (qint64 next = kEvents; other && !isOver; next += 50)
            hasFailed = hasFailed || !append(**other, next, next + 50);
        hasFailed = hasFailed || !other;
    });
    const EventFilter filter = filterOf("data.q:4");
    std::vector<EventReader::PositionSamples> answers;
    for (int round = 0; round < 20; ++round) {
        const auto samples = store->reader().samplePositions(filter, 10);
        if (samples)
            answers.push_back(*samples);
    }
    isOver = true;
    appending.join();
    QVERIFY(!hasFailed);
    QCOMPARE(answers.size(), 20u);
    ASSIGN_RESULT(all, read(store->reader(), filter));
    QVERIFY(qint64(all.size()) > kEvents / 10);
    qint64 before = kEvents / 10;
    for (const auto& answer : answers) {
        QVERIFY(answer.rows >= before && answer.rows <= qint64(all.size()));
        before = answer.rows;
        const std::vector<GlobalPosition> seen(all.begin(), all.begin() + answer.rows);
        QVERIFY(answer.positions == everySo(seen, 10));
    }
}

void TestPositionSamples::stopWhenCancelled() {
    const int threadsBefore = threads();
    const qsizetype connectionsBefore = QSqlDatabase::connectionNames().size();
    for (const int ms : {0, 1, 3, 7}) {
        const CancelToken cancel;
        const std::jthread canceller([cancel, ms] {
            std::this_thread::sleep_for(std::chrono::milliseconds(ms));
            cancel.cancel();
        });
        Result<EventReader::PositionSamples> samples;
        do {
            samples = m_store->reader().samplePositions(filterOf("data.q>2"), 1, cancel);
        } while (samples.has_value());
        QCOMPARE(samples.error().kind, Error::Kind::Cancelled);
    }
    // Nothing goes on, and the next count is a whole one.
    QTRY_COMPARE(threads(), threadsBefore);
    QCOMPARE(QSqlDatabase::connectionNames().size(), connectionsBefore);
    ASSIGN_RESULT(samples, m_store->reader().samplePositions(filterOf("data.q>2"), 1));
    QCOMPARE(samples.rows, kEvents / 10 * 7);
}

void TestPositionSamples::ofAForeignStore_data() {
    QTest::addColumn<QByteArray>("position");
    QTest::newRow("keyed by position") << QByteArray("INTEGER PRIMARY KEY");
    QTest::newRow("positions beside the key") << QByteArray("INT UNIQUE");
}

void TestPositionSamples::ofAForeignStore() {
    QFETCH(QByteArray, position);
    const QString file = m_folder.filePath(u"ledger%1.db"_s.arg(position.size()));
    {
        OtherProgram sqlite(file);
        QVERIFY(sqlite.run("CREATE TABLE ledger(seq " + position +
                           ", book TEXT, line INTEGER, what TEXT, body, meta, at, kind INTEGER, "
                           "UNIQUE(book, line))"));
        // Positions with gaps; every ninth row is none of the log.
        QVERIFY(sqlite.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE "
                           "i<60000) INSERT INTO ledger SELECT i*3, 's-'||(i%7), i/7+1, "
                           "CASE i%3 WHEN 0 THEN 'A' ELSE 'B' END, "
                           "'{\"n\":'||i||',\"q\":'||(i%10)||'}', "
                           "'{\"user\":\"ann\",\"trace\":\"c-'||(i/100)||'\"}', 1700000000+i, "
                           "i%9<>0 FROM n"));
    }
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(file), Store::Access::Read));
    QCOMPARE(store->info().profile, u"ledger"_s);
    for (const char* text : kFilters)
        verifySamples(store->reader(), text);
    ASSIGN_RESULT(samples, store->reader().samplePositions(filterOf("data.n>0"), 1));
    QCOMPARE(samples.rows, kEvents - kEvents / 9);
}

void TestPositionSamples::fewerThanTheirPositions() {
    // Far apart, so that most stretches have none; and further than can be shared.
    for (const char* far : {"100000000", "9000000000000000"}) {
        const QString file = m_folder.filePath(u"far%1.db"_s.arg(QLatin1String(far)));
        {
            ASSIGN_RESULT(store, Store::create(StoreUrl::sqliteFile(file), {}));
            QVERIFY_RESULT(append(*store, 0, 100));
        }
        QVERIFY(OtherProgram(file).run(QByteArray("UPDATE events SET position=") + far +
                                       "+position WHERE position>50"));
        ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(file), Store::Access::Read));
        for (const char* text : {"data.q>7", "-type:A", "data.n>=0"})
            verifySamples(store->reader(), text);
    }
}

void TestPositionSamples::sayWhatIsDamaged() {
    make("damaged.db", kEvents);
    QFile file(path("damaged.db"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() / 2));
    file.write(QByteArray(file.size() / 8, '\xff'));
    file.close();
    ASSIGN_RESULT(store,
                  Store::open(StoreUrl::sqliteFile(path("damaged.db")), Store::Access::Read));
    const auto samples = store->reader().samplePositions(filterOf("data.q>2"), 1);
    QVERIFY(!samples);
    QCOMPARE(samples.error().kind, Error::Kind::Storage);
    QVERIFY(samples.error().sentence().contains(u"damaged.db"_s));
}

void TestPositionSamples::ofAFileThatIsNoLongerThere() {
    // No second connection can be had; the first one still has the file.
    make("removed.db", kEvents);
    ASSIGN_RESULT(store,
                  Store::open(StoreUrl::sqliteFile(path("removed.db")), Store::Access::ReadWrite));
    QVERIFY_RESULT(store->writer());
    for (const char* ending : {"", "-wal", "-shm"})
        QFile::remove(path("removed.db") + QLatin1String(ending));
    ASSIGN_RESULT(samples, store->reader().samplePositions(filterOf("data.q>2"), 1));
    QCOMPARE(samples.rows, kEvents / 10 * 7);
}

QTEST_GUILESS_MAIN(TestPositionSamples)
#include "tst_position_samples.moc"
