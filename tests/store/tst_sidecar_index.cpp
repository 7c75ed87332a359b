// The sidecar index: it says of each event what the log says, whatever happened to its file.
#include "store/sidecar/sidecar_counts.h"
#include "support/sidecar_support.h"
#include "support/store_files.h"

#include <QRandomGenerator>

#include <algorithm>
#include <limits>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

Result<void> indexAll(Store& store, SidecarIndex& index) {
    return index.extend(store.reader());
}

} // namespace

class TestSidecarIndex : public QObject {
    Q_OBJECT

  private slots:
    void holdsEveryEvent_data();
    void holdsEveryEvent();
    void holdsTimesHoweverFarApart_data();
    void holdsTimesHoweverFarApart();
    void holdsAForeignStore();
    void holdsAStoreWithoutPositions();
    void holdsJsonLines();
    void takesFewBytesAnEvent();
    void isKept();
    void readsOnlyWhatIsNew();
    void goesOnAfterBeingCancelled();
    void tellsHowFarItIs();
    void leavesTheFileToTheOneThatHasIt();
    void viewsOutliveTheIndex();
};

void TestSidecarIndex::holdsEveryEvent_data() {
    QTest::addColumn<QByteArray>("position");
    QTest::newRow("no gaps") << QByteArray("i+1");
    QTest::newRow("from far on") << QByteArray("i+9000000000");
    QTest::newRow("few gaps") << QByteArray("i+1+i/10");
    QTest::newRow("many gaps") << QByteArray("i*5+1");
    QTest::newRow("vast gaps") << QByteArray("i*1000000007+1");
    QTest::newRow("from below zero") << QByteArray("i-70000");
}

void TestSidecarIndex::holdsEveryEvent() {
    QFETCH(QByteArray, position);
    IndexedLog log(position);
    SidecarIndex index(log->info());
    QVERIFY_RESULT(indexAll(*log, index));
    const SidecarView& view = index.view();
    QCOMPARE(difference(view, log.events()), QString());

    QRandomGenerator random(1);
    for (int i = 0; i < 2000; ++i) {
        const auto row = std::size_t(random.bounded(kManyEvents));
        const qint64 at = log.events()[row].position;
        QCOMPARE(view.rowAt(GlobalPosition(at)), qint64(row));
        const bool isGap = row > 0 && log.events()[row - 1].position < at - 1;
        if (isGap)
            QCOMPARE(view.rowAt(GlobalPosition(at - 1)), qint64(row));
    }
    QCOMPARE(view.rowAt(GlobalPosition(log.events().back().position + 1)), qint64(kManyEvents));
    QCOMPARE(view.names(NameKind::Stream), 1000u);
    for (NameId id = 0; id < view.names(NameKind::Stream); ++id)
        QCOMPARE(view.find(NameKind::Stream, view.name(NameKind::Stream, id)), id);
    QVERIFY(!view.find(NameKind::Stream, "order-"));
    const auto [earliest, latest] = std::minmax_element(
        log.events().begin(), log.events().end(),
        [](const PlainEvent& a, const PlainEvent& b) { return a.time < b.time; });
    QVERIFY(view.timeSpan() ==
            (SidecarView::TimeSpan{Timestamp(earliest->time), Timestamp(latest->time)}));
}

void TestSidecarIndex::holdsTimesHoweverFarApart_data() {
    QTest::addColumn<qint64>("earliest");
    QTest::addColumn<quint64>("span");
    constexpr qint64 now = 1'700'000'000'000'000;
    QTest::newRow("all at once") << now << quint64(0);
    for (const int bits : {31, 32, 39, 40, 47, 48, 62, 63}) {
        const quint64 power = quint64(1) << bits;
        QTest::addRow("2^%d less one", bits) << -now << power - 1;
        QTest::addRow("2^%d", bits) << -now << power;
    }
    QTest::newRow("all there are")
        << std::numeric_limits<qint64>::min() << std::numeric_limits<quint64>::max();
}

void TestSidecarIndex::holdsTimesHoweverFarApart() {
    QFETCH(qint64, earliest);
    QFETCH(quint64, span);
    constexpr quint64 kEvents = 1000;
    std::vector<qint64> times;
    for (quint64 i = 0; i < kEvents; ++i) {
        // The latest in the midst of them.
        const quint64 share = span / kEvents * (i * 37 % kEvents);
        times.push_back(qint64(quint64(earliest) + (i == kEvents / 2 ? span : share)));
    }
    SidecarAppender appender(1);
    for (std::size_t i = 0; i < times.size(); ++i)
        appender.add({.position = GlobalPosition(qint64(i) + 1),
                      .version = StreamVersion(1),
                      .recordedAt = Timestamp(times[i]),
                      .stream = "a-1",
                      .type = "A",
                      .category = "a"},
                     {});
    const auto bytes = std::make_shared<const QByteArray>(appender.segment(0, 0, 0));
    const auto segment =
        SidecarSegment::read({bytes, bytes->constData()}, std::size_t(bytes->size()), 0);
    QVERIFY(segment);
    const SidecarView view({*segment}, 1, true);
    QCOMPARE(view.rows(), qint64(kEvents));
    for (quint64 i = 0; i < kEvents; ++i)
        QCOMPARE(view.timeOf(qint64(i)).microseconds(), times[i]);
    std::vector<qint64> room(kEvents);
    const qint64* read = segment->times(3, 900, room.data());
    QVERIFY(std::equal(read, read + 897, times.begin() + 3));

    const qint64 middle = times[kEvents / 3];
    SidecarSelection until;
    until.until = Timestamp(middle);
    const auto counted = countTypes(view, until, 0);
    QVERIFY_RESULT(counted);
    QCOMPARE((*counted)[0],
             std::ranges::count_if(times, [middle](qint64 time) { return time < middle; }));
}

void TestSidecarIndex::holdsAForeignStore() {
    NEED_SHARED_DATA(shared, "emmett-shopping-carts.db");
    const PrivateDataHome home;
    const QTemporaryDir folder;
    const QString copy = folder.filePath(u"carts.db"_s);
    QVERIFY(QFile::copy(shared, copy));
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(copy), Store::Access::Read));
    const auto events = plainEvents(*store);
    QVERIFY(!events.empty());
    for (int round = 0; round < 2; ++round) {
        SidecarIndex index(store->info());
        QCOMPARE(index.view().rows(), round == 0 ? 0 : qint64(events.size()));
        QVERIFY_RESULT(indexAll(*store, index));
        QCOMPARE(difference(index.view(), events), QString());
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"carts.db"_s});
}

void TestSidecarIndex::holdsAStoreWithoutPositions() {
    const PrivateDataHome home;
    QVERIFY(QDir().mkpath(home.path() + u"/profiles"_s));
    replaceFile(home.path() + u"/profiles/ledger.json"_s, R"({
        "name": "ledger", "title": "Ledger", "database": "sqlite",
        "recognisedBy": [{"table": "ledger", "columns": ["book", "n", "what"]}],
        "events": {"table": "ledger", "stream": "book", "version": "n", "type": "what",
                   "data": "body"}
    })");
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"ledger.db"_s);
    RawSqlite(path).run("CREATE TABLE ledger(book TEXT, n INTEGER, what TEXT, body TEXT);"
                        "INSERT INTO ledger VALUES('b-1',1,'Opened','{}'),('a-1',1,'Opened','{}'),"
                        "('a-1',2,'Closed','{}')");
    ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(path), Store::Access::Read));
    QVERIFY(!store->info().hasPositions);
    SidecarIndex index(store->info());
    QVERIFY_RESULT(indexAll(*store, index));
    QCOMPARE(difference(index.view(), plainEvents(*store)), QString());
    QVERIFY(!index.isKept());
    RawSqlite(path).run("INSERT INTO ledger VALUES('a-1',3,'Opened','{}')");
    QVERIFY_RESULT(indexAll(*store, index));
    QCOMPARE(index.view().rows(), 4);
    QCOMPARE(difference(index.view(), plainEvents(*store)), QString());
    CountingReader reader(store->reader());
    QVERIFY_RESULT(index.extend(reader));
    QCOMPARE(reader.headers, 0);
}

void TestSidecarIndex::holdsJsonLines() {
    const PrivateDataHome home;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.jsonl"_s);
    replaceFile(path,
                R"({"stream":"a-1","type":"Made","data":{},"recordedAt":"2026-01-02T03:04:05Z"}
{"stream":"b","type":"Made","data":{}}
{"stream":"a-1","type":"Gone","data":{}}
)");
    ASSIGN_RESULT(url, StoreUrl::parse(path));
    ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
    SidecarIndex index(store->info());
    QVERIFY_RESULT(indexAll(*store, index));
    QCOMPARE(difference(index.view(), plainEvents(*store)), QString());
    QCOMPARE(index.view().rows(), 3);
}

void TestSidecarIndex::takesFewBytesAnEvent() {
    IndexedLog log;
    QCOMPARE(log.indexed(), QString());
    const qint64 size = QFileInfo(indexFile()).size();
    QVERIFY2(size < 12LL * kManyEvents, qPrintable(QString::number(size)));
    IndexedLog gapped("i+1+i/10");
    QCOMPARE(gapped.indexed(), QString());
    const qint64 gappedSize = QFileInfo(indexFile()).size();
    QVERIFY2(gappedSize < 14LL * kManyEvents, qPrintable(QString::number(gappedSize)));
}

void TestSidecarIndex::isKept() {
    IndexedLog log;
    qint64 read = 0;
    QCOMPARE(log.indexed(&read), QString());
    QCOMPARE(read, qint64(kManyEvents));
    const QByteArray before = bytesOf(indexFile());
    QCOMPARE(log.indexed(&read), QString());
    QCOMPARE(read, 0);
    QCOMPARE(bytesOf(indexFile()), before);
}

void TestSidecarIndex::readsOnlyWhatIsNew() {
    IndexedLog log("i+1", 1000);
    SidecarIndex index(log->info());
    QVERIFY_RESULT(indexAll(*log, index));
    CountingReader reader(log->reader());
    for (int i = 0; i < 200; ++i) {
        log.scratch().append(u"new-%1"_s.arg(i % 7), u"New%1"_s.arg(i % 3), "{}");
        QVERIFY_RESULT(index.extend(reader));
        QCOMPARE(reader.headers, i + 1);
        QCOMPARE(index.view().rows(), 1001 + i);
    }
    QCOMPARE(difference(index.view(), plainEvents(*log)), QString());
}

void TestSidecarIndex::goesOnAfterBeingCancelled() {
    IndexedLog log;
    qint64 rows = 0;
    {
        SidecarIndex index(log->info());
        CountingReader reader(log->reader());
        reader.cancelAfter = 100'000;
        const auto extended = index.extend(reader, {}, reader.cancelToken);
        QVERIFY(!extended && extended.error().kind == Error::Kind::Cancelled);
        rows = index.view().rows();
        QVERIFY(rows >= 99'999 && rows <= 100'000);
    }
    SidecarIndex index(log->info());
    QCOMPARE(index.view().rows(), rows);
    CountingReader reader(log->reader());
    QVERIFY_RESULT(index.extend(reader));
    QCOMPARE(reader.headers, kManyEvents - rows);
    QCOMPARE(difference(index.view(), log.events()), QString());
}

void TestSidecarIndex::tellsHowFarItIs() {
    IndexedLog log("i*3+1");
    SidecarIndex index(log->info());
    std::vector<qint64> rows;
    qint64 last = 0;
    const auto extended =
        index.extend(log->reader(), [&](const SidecarView& view, qint64 reached, qint64 total) {
            QCOMPARE(total, log.events().back().position);
            QVERIFY(reached >= last && reached <= total);
            last = reached;
            rows.push_back(view.rows());
            for (const qint64 row : {qint64(0), view.rows() - 1})
                QVERIFY(plainEvent(view, row) == log.events()[std::size_t(row)]);
        });
    QVERIFY_RESULT(extended);
    QCOMPARE(last, log.events().back().position);
    QVERIFY(rows.size() >= 3 && rows.front() < kManyEvents / 2);
    QCOMPARE(rows.back(), qint64(kManyEvents));
}

void TestSidecarIndex::leavesTheFileToTheOneThatHasIt() {
    IndexedLog log("i+1", 100'000);
    SidecarIndex first(log->info());
    QVERIFY_RESULT(indexAll(*log, first));
    QVERIFY(first.isKept());
    const QByteArray before = bytesOf(indexFile());

    SidecarIndex second(log->info());
    QVERIFY(!second.isKept());
    QCOMPARE(second.view().rows(), 100'000);
    log.scratch().close();
    insertEvents(log.scratch().path(), 100'000, 70'000);
    log.readAgain();
    CountingReader reader(log->reader());
    QVERIFY_RESULT(second.extend(reader));
    QCOMPARE(reader.headers, 70'000);
    QCOMPARE(difference(second.view(), log.events()), QString());
    QCOMPARE(bytesOf(indexFile()), before);

    QVERIFY_RESULT(indexAll(*log, first));
    QCOMPARE(difference(first.view(), log.events()), QString());
    QVERIFY(bytesOf(indexFile()).startsWith(before));
    QCOMPARE(difference(second.view(), log.events()), QString());
}

void TestSidecarIndex::viewsOutliveTheIndex() {
    IndexedLog log;
    SidecarView view;
    {
        SidecarIndex index(log->info());
        QVERIFY_RESULT(indexAll(*log, index));
        view = index.view();
    }
    QVERIFY(QFile::remove(indexFile()));
    QCOMPARE(difference(view, log.events()), QString());
}

QTEST_GUILESS_MAIN(TestSidecarIndex)
#include "tst_sidecar_index.moc"
