// The sidecar index: it says of each event what the log says, whatever happened to its file.
#include "support/sidecar_support.h"
#include "support/store_files.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QScopeGuard>

#include <csignal>
#include <sys/resource.h>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kManyEvents = 150'000; // more than two segments

Result<void> indexAll(Store& store, SidecarIndex& index) {
    return index.extend(store.reader());
}

/// A store of many events, with its index built.
class IndexedLog {
  public:
    explicit IndexedLog(const QByteArray& position = "i+1", int events = kManyEvents) {
        m_store.close();
        insertEvents(m_store.path(), 0, events, position);
        m_store.reopen();
        m_events = plainEvents(*m_store);
    }
    Store& operator*() { return *m_store; }
    Store* operator->() { return m_store.operator->(); }
    ScratchStore& scratch() { return m_store; }
    const std::vector<PlainEvent>& events() const { return m_events; }
    void readAgain() {
        m_store.reopen();
        m_events = plainEvents(*m_store);
    }

    /// Opens what index there is, extends it, and says what is wrong with it.
    QString indexed(qint64* headersRead = nullptr) {
        SidecarIndex index(m_store->info());
        CountingReader reader(m_store->reader());
        if (const auto extended = index.extend(reader); !extended)
            return extended.error().sentence();
        if (headersRead != nullptr)
            *headersRead = reader.headers;
        return difference(index.view(), m_events);
    }

  private:
    ScratchStore m_store;
    std::vector<PlainEvent> m_events;
};

} // namespace

class TestSidecarIndex : public QObject {
    Q_OBJECT

  private slots:
    void holdsEveryEvent_data();
    void holdsEveryEvent();
    void holdsAForeignStore();
    void holdsAStoreWithoutPositions();
    void holdsJsonLines();
    void takesFewBytesAnEvent();
    void isKept();
    void readsOnlyWhatIsNew();
    void goesOnAfterBeingCancelled();
    void tellsHowFarItIs();
    void goesOnAfterBeingKilled();
    void noticesThatItsFileWasCut();
    void noticesThatItsFileIsCutMeanwhile();
    void noticesThatItsFileWasSpoilt();
    void noticesAnotherStore();
    void noticesEventsGoneFromTheMiddle();
    void noticesEventsPutIntoTheMiddle();
    void noticesAChangedEnd();
    void noticesAStoreThatWasEmptied();
    void leavesTheFileToTheOneThatHasIt();
    void viewsOutliveTheIndex();
    void managesWithoutAFolder();
    void goesOnWhenThereIsSpaceAgain();
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
    QVERIFY2(size < 14LL * kManyEvents, qPrintable(QString::number(size)));
    IndexedLog gapped("i+1+i/10");
    QCOMPARE(gapped.indexed(), QString());
    const qint64 gappedSize = QFileInfo(indexFile()).size();
    QVERIFY2(gappedSize < 16LL * kManyEvents, qPrintable(QString::number(gappedSize)));
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

void TestSidecarIndex::goesOnAfterBeingKilled() {
    IndexedLog log("i+1+i/7");
    QRandomGenerator random(3);
    int inTheMidst = 0;
    for (int round = 0; round < 12; ++round) {
        if (!indexFile().isEmpty())
            QVERIFY(QFile::remove(indexFile()));
        QProcess builder;
        builder.start(QStringLiteral(REWINDOW_TEST_BINARY_DIR "/helper_indexer"),
                      {log.scratch().path()});
        QVERIFY(builder.waitForReadyRead(30'000)); // it begins
        QTest::qWait(int(random.bounded(round % 2 == 0 ? 60 : 400)));
        builder.kill();
        QVERIFY(builder.state() == QProcess::NotRunning || builder.waitForFinished(30'000));
        {
            const SidecarIndex left(log->info());
            inTheMidst += left.view().rows() > 0 && left.view().rows() < kManyEvents ? 1 : 0;
        }
        QCOMPARE(log.indexed(), QString());
    }
    QVERIFY2(inTheMidst > 0, "no kill fell between the first segment and the last");
}

void TestSidecarIndex::noticesThatItsFileWasCut() {
    IndexedLog log;
    QCOMPARE(log.indexed(), QString());
    const QByteArray whole = bytesOf(indexFile());
    QRandomGenerator random(4);
    for (int round = 0; round < 12; ++round) {
        const qint64 length = round == 0 ? 0 : random.bounded(int(whole.size()));
        replaceFile(indexFile(), whole.left(length));
        {
            const SidecarIndex left(log->info());
            QVERIFY(left.view().rows() < kManyEvents);
        }
        QCOMPARE(log.indexed(), QString());
        qint64 read = 0;
        QCOMPARE(log.indexed(&read), QString());
        QCOMPARE(read, 0);
    }
}

void TestSidecarIndex::noticesThatItsFileIsCutMeanwhile() {
    IndexedLog log;
    SidecarIndex index(log->info());
    QVERIFY_RESULT(indexAll(*log, index));
    QVERIFY(QFile::resize(indexFile(), 70'000));
    QVERIFY_RESULT(indexAll(*log, index));
    QCOMPARE(difference(index.view(), log.events()), QString());
    QVERIFY(index.isKept());
}

void TestSidecarIndex::noticesThatItsFileWasSpoilt() {
    IndexedLog log;
    QCOMPARE(log.indexed(), QString());
    const QByteArray whole = bytesOf(indexFile());
    QRandomGenerator random(5);
    for (int round = 0; round < 16; ++round) {
        QByteArray spoilt = whole;
        // In the headers, at their ends, and anywhere.
        const int at = round < 5 ? round * 13 : int(random.bounded(int(whole.size())));
        spoilt[at] = char(spoilt[at] ^ (1 << random.bounded(8)));
        replaceFile(indexFile(), spoilt);
        {
            const SidecarIndex left(log->info());
            QVERIFY2(left.view().rows() < kManyEvents, qPrintable(QString::number(at)));
        }
        QCOMPARE(log.indexed(), QString());
    }
    for (const QByteArray& other : {QByteArray("no index at all"), QByteArray(100'000, '\0'),
                                    whole + whole, whole + "and more"}) {
        replaceFile(indexFile(), other);
        QCOMPARE(log.indexed(), QString());
    }
}

void TestSidecarIndex::noticesAnotherStore() {
    // The same id, the same first event: a copy that went its own way.
    IndexedLog log("i+1", 3000);
    QCOMPARE(log.indexed(), QString());
    for (const char* change :
         {"UPDATE events SET event_id='other' WHERE position=3000",
          "UPDATE events SET event_type='Other' WHERE position=3000",
          "UPDATE events SET recorded_at=5 WHERE position=3000",
          "UPDATE events SET event_id=event_id||'x' WHERE position=1",
          "UPDATE events SET stream='other-'||stream", "DELETE FROM events WHERE position>2000"}) {
        RawSqlite(log.scratch().path()).run(change);
        log.readAgain();
        QCOMPARE(log.indexed(), QString());
        QCOMPARE(log.indexed(), QString());
    }
}

void TestSidecarIndex::noticesEventsGoneFromTheMiddle() {
    IndexedLog log("i+1", 3000);
    QCOMPARE(log.indexed(), QString());
    RawSqlite(log.scratch().path()).run("DELETE FROM events WHERE position=1234");
    log.readAgain();
    QCOMPARE(log.indexed(), QString());
    // And as many new ones as went.
    RawSqlite(log.scratch().path()).run("DELETE FROM events WHERE position IN (77, 78)");
    insertEvents(log.scratch().path(), 3000, 2);
    log.readAgain();
    QCOMPARE(log.indexed(), QString());
}

void TestSidecarIndex::noticesEventsPutIntoTheMiddle() {
    IndexedLog log("i*2+2", 3000);
    QCOMPARE(log.indexed(), QString());
    insertEvents(log.scratch().path(), 3000, 1, "601");
    log.readAgain();
    QCOMPARE(log.indexed(), QString());
}

void TestSidecarIndex::noticesAChangedEnd() {
    IndexedLog log("i+1", 3000);
    SidecarIndex index(log->info());
    QVERIFY_RESULT(indexAll(*log, index));
    // While it is open: the last event makes room for another.
    RawSqlite(log.scratch().path())
        .run("DELETE FROM events WHERE position=3000; INSERT INTO events(position, event_id, "
             "stream, aggregate_type, aggregate_id, version, event_type, data, recorded_at) "
             "VALUES(3000, 'n1', 's', '', '', 1, 'T', '{}', 1), "
             "(3001, 'n2', 's', '', '', 2, 'T', '{}', 2)");
    QVERIFY_RESULT(indexAll(*log, index));
    QCOMPARE(difference(index.view(), plainEvents(*log)), QString());
}

void TestSidecarIndex::noticesAStoreThatWasEmptied() {
    IndexedLog log("i+1", 3000);
    SidecarIndex index(log->info());
    QVERIFY_RESULT(indexAll(*log, index));
    RawSqlite(log.scratch().path()).run("DELETE FROM events");
    QVERIFY_RESULT(indexAll(*log, index));
    QCOMPARE(index.view().rows(), 0);
    QVERIFY(!index.view().timeSpan());
    QCOMPARE(index.view().names(NameKind::Type), 0u);
    QCOMPARE(index.view().rowAt(1_pos), 0);
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

void TestSidecarIndex::managesWithoutAFolder() {
    IndexedLog log("i+1", 100'000);
    qputenv("REWINDOW_DATA_HOME", "/proc/nowhere");
    SidecarIndex index(log->info());
    QVERIFY(!index.isKept());
    QVERIFY_RESULT(indexAll(*log, index));
    QCOMPARE(difference(index.view(), log.events()), QString());
}

void TestSidecarIndex::goesOnWhenThereIsSpaceAgain() {
    IndexedLog log;
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto restore = qScopeGuard([&before] { ::setrlimit(RLIMIT_FSIZE, &before); });
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit little = before;
    little.rlim_cur = 1'200'000; // one segment and a part of the next
    SidecarIndex index(log->info());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &little), 0);
    const auto extended = index.extend(log->reader());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(!extended && extended.error().kind == Error::Kind::Storage);
    QVERIFY2(extended.error().sentence().contains(indexFile()),
             qPrintable(extended.error().sentence()));
    const qint64 rows = index.view().rows();
    QVERIFY(rows >= 65'536 && rows < kManyEvents);
    QCOMPARE(difference(index.view(), {log.events().begin(), log.events().begin() + rows}),
             QString());
    CountingReader reader(log->reader());
    QVERIFY_RESULT(index.extend(reader));
    QCOMPARE(reader.headers, kManyEvents - rows);
    QCOMPARE(difference(index.view(), log.events()), QString());
    const SidecarIndex other(log->info());
    QCOMPARE(difference(other.view(), log.events()), QString());
}

QTEST_GUILESS_MAIN(TestSidecarIndex)
#include "tst_sidecar_index.moc"
