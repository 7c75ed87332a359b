// Stores of other systems: read whatever state they are in, and never touched.
#include "store/profile.h"
#include "store/store.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kProfile = R"({
    "name": "ledger", "database": "sqlite",
    "recognisedBy": [{"table": "ledger", "columns": ["seq", "book", "kind"]}],
    "events": {
        "table": "ledger", "position": "seq", "stream": "book",
        "version": {"column": "line", "countsFrom": 0}, "type": "what",
        "data": "body", "metadata": "meta",
        "correlationId": {"pointer": "/trace/id"}, "causationId": {"pointer": "/cause"},
        "recordedAt": {"column": "at", "encoding": "epoch-seconds"}
    },
    "conditions": [{"column": "kind", "equals": "1"}]
})";

constexpr const char* kSchema =
    "CREATE TABLE ledger(seq INTEGER PRIMARY KEY, book TEXT, line INTEGER, what TEXT, body, meta, "
    "at, kind INTEGER, UNIQUE(book, line));";
constexpr const char* kThree =
    "INSERT INTO ledger VALUES(1,'a-1',0,'Opened','{\"x\":1}','{\"trace\":{\"id\":\"t1\"}}',10,1),"
    "(2,'a-1',1,'Moved',x'7b7d',NULL,10.5,1),(3,'a-1',2,'Hidden','{}',NULL,11,0),"
    "(5,'b-1',0,'Opened','{}','{\"cause\":7}',12,1);";
constexpr const char* kFourth = "INSERT INTO ledger VALUES(6,'b-1',1,'Closed','{}',NULL,13,1);";

} // namespace

class TestForeignStore : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void readsByAProfileOfTheUsers();
    void countsVersionsFromOne();
    void neverWrites();
    void broadwayNeedsAJsonFileAndNoCode();
    void leavesNoTrace_data();
    void leavesNoTrace();
    void showsWhatLiesInALog_data();
    void showsWhatLiesInALog();
    void showsWhatALiveWriterAppends();
    void followsAClosedStoreThatIsWritten();
    void followsAFileThatIsReplaced();
    void refusesAHotJournal();
    void readsBesideAWriterInATransaction();
    void readsWithAJournalThatIsDoneWith();
    void isTheSameStoreWhereverItLies();
    void readsAStoreWithoutPositions();
    void composesStreamsOfTypeAndId();

  private:
    QString path() const { return m_folder->filePath(u"ledger.db"_s); }
    Result<std::unique_ptr<Store>> open() const {
        return Store::open(StoreUrl::sqliteFile(path()), Store::Access::ReadWrite);
    }
    qint64 count() const {
        const auto store = open();
        const auto summary = store ? (*store)->reader().summary() : std::unexpected(store.error());
        if (!summary)
            qWarning("%s", qPrintable(summary.error().sentence()));
        return summary ? summary->events : -1;
    }
    void fill(const char* pragmas = "") const {
        OtherProgram sqlite(path());
        QVERIFY(sqlite.run(pragmas));
        QVERIFY(sqlite.run(kSchema));
        QVERIFY(sqlite.run(kThree));
    }
    void drop(const QString& name, const QByteArray& profile) const {
        QVERIFY(QDir().mkpath(Profile::userFolder()));
        QFile file(Profile::userFolder() + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(profile);
    }

    PrivateDataHome m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestForeignStore::initTestCase() {
    drop(u"ledger.json"_s, kProfile);
}

void TestForeignStore::init() {
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestForeignStore::readsByAProfileOfTheUsers() {
    fill();
    ASSIGN_RESULT(store, open());
    QCOMPARE(store->info().profile, u"ledger"_s);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), 3u); // one does not meet the condition
    QCOMPARE(events[0].position(), 1_pos);
    QCOMPARE(bytes(events[0].stream()), QByteArray("a-1"));
    QCOMPARE(bytes(events[0].type()), QByteArray("Opened"));
    QCOMPARE(bytes(events[0].data()), QByteArray(R"({"x":1})"));
    QCOMPARE(bytes(events[0].correlationId()), QByteArray("t1"));
    QVERIFY(events[0].causationId().empty());
    QVERIFY(events[0].id().empty());
    QCOMPARE(events[0].recordedAt().microseconds(), 10'000'000);
    QCOMPARE(bytes(events[1].data()), QByteArray("{}"));
    QVERIFY(events[1].metadata().empty());
    QCOMPARE(events[1].recordedAt().microseconds(), 10'500'000);
    QCOMPARE(bytes(events[2].causationId()), QByteArray("7"));
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, 3);
    QCOMPARE(summary.streams, 2);
    QCOMPARE(summary.head, 5_pos);
    QVERIFY(!summary.gapless());
}

void TestForeignStore::countsVersionsFromOne() {
    fill();
    ASSIGN_RESULT(store, open());
    EventQuery query;
    query.stream = u"a-1"_s;
    ASSIGN_RESULT(events, store->reader().read(query));
    QCOMPARE(events.size(), 2u);
    QCOMPARE(events[0].version(), 1_v);
    query.fromVersion = 2_v;
    query.toVersion = 2_v;
    ASSIGN_RESULT(second, store->reader().read(query));
    QCOMPARE(second.size(), 1u);
    QCOMPARE(bytes(second[0].type()), QByteArray("Moved"));
    ASSIGN_RESULT(stream, store->reader().stream(u"a-1"_s));
    QCOMPARE(stream->version, 2_v);
    ASSIGN_RESULT(before, store->reader().versionAt(u"a-1"_s, 0_pos));
    QCOMPARE(before, 0_v);
    ASSIGN_RESULT(at, store->reader().versionAt(u"a-1"_s, 1_pos));
    QCOMPARE(at, 1_v);
    ASSIGN_RESULT(after, store->reader().versionAt(u"a-1"_s, 4_pos));
    QCOMPARE(after, 2_v);
}

void TestForeignStore::neverWrites() {
    fill();
    ASSIGN_RESULT(store, open());
    QVERIFY(store->info().readOnly);
    QVERIFY(!store->info().ownSchema);
    const auto writer = store->writer();
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, Error::Kind::ReadOnly);
    QVERIFY2(writer.error().what.contains(u"never writes to a store that is not its own"),
             qPrintable(writer.error().sentence()));
    QVERIFY(!writer.error().wayOut.isEmpty());
    QVERIFY_RESULT(store->checkpoint());
}

void TestForeignStore::broadwayNeedsAJsonFileAndNoCode() {
    NEED_SHARED_DATA(original, "broadway-pallets.db");
    NEED_SHARED_DATA(expectedPath, "broadway-pallets.expected.json");
    drop(u"broadway.json"_s, R"({
        "name": "broadway", "title": "Broadway", "database": "sqlite",
        "recognisedBy": [
            {"table": "events", "columns": ["uuid", "playhead", "payload", "recorded_on"]}],
        "events": {
            "table": "events", "position": "id", "stream": "uuid", "typeSeparator": null,
            "version": {"column": "playhead", "countsFrom": 0}, "type": "type",
            "data": {"column": "payload", "encoding": "json"}, "metadata": "metadata",
            "correlationId": {"pointer": "/payload/correlationId"},
            "recordedAt": {"column": "recorded_on", "encoding": "iso-time"}
        }
    })");
    QVERIFY(QFile::copy(original, path()));
    const auto before = contents(m_folder->path());
    {
        ASSIGN_RESULT(store, open());
        QCOMPARE(store->info().profile, u"broadway"_s);
        QFile file(expectedPath);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject expected = QJsonDocument::fromJson(file.readAll()).object();
        const QJsonObject totals = expected[u"totals"_s].toObject();
        ASSIGN_RESULT(summary, store->reader().summary());
        QCOMPARE(summary.events, totals[u"events"_s].toInteger());
        QCOMPARE(summary.streams, totals[u"streams"_s].toInteger());
        QCOMPARE(summary.head.value(), totals[u"maxPosition"_s].toInteger());
        QCOMPARE(summary.first.value(), totals[u"minPosition"_s].toInteger());
        ASSIGN_RESULT(types, store->reader().eventTypes());
        const QJsonObject byType = totals[u"byType"_s].toObject();
        QCOMPARE(qsizetype(types.size()), byType.size());
        for (const TypeCount& type : types)
            QCOMPARE(type.count, byType[type.type].toInteger());
        ASSIGN_RESULT(streamTypes, store->reader().streamTypes());
        QVERIFY((streamTypes == std::vector<TypeCount>{{QString(), summary.streams}}));

        const QJsonArray streams = expected[u"streams"_s].toArray();
        QCOMPARE(streams.size(), 16);
        for (const QJsonValue& value : streams) {
            EventQuery query;
            query.stream = value[u"stream"_s].toString();
            ASSIGN_RESULT(events, store->reader().read(query));
            QCOMPARE(qint64(events.size()), value[u"eventCount"_s].toInteger());
            // Playheads count from 0, versions from 1.
            QCOMPARE(events.back().version().value(), value[u"lastPlayhead"_s].toInteger() + 1);
            QCOMPARE(events.front().version(), 1_v);
            for (std::size_t i = 0; i < events.size(); ++i)
                QCOMPARE(toQString(events[i].type()), value[u"types"_s][qsizetype(i)].toString());
            const QString first = value[u"recordedOn"_s][0].toString();
            QCOMPARE(events.front().recordedAt().toString(), first.left(26) + u'Z');
            ASSIGN_RESULT(stream, store->reader().stream(*query.stream));
            QCOMPARE(stream->type, QString());
            QCOMPARE(stream->id, *query.stream);
        }
    }
    QCOMPARE(contents(m_folder->path()), before);
}

void TestForeignStore::leavesNoTrace_data() {
    QTest::addColumn<QByteArray>("pragmas");
    QTest::newRow("rollback journal") << QByteArray("PRAGMA journal_mode=DELETE");
    QTest::newRow("journal kept") << QByteArray("PRAGMA journal_mode=PERSIST");
    QTest::newRow("write-ahead log") << QByteArray("PRAGMA journal_mode=WAL");
}

void TestForeignStore::leavesNoTrace() {
    QFETCH(QByteArray, pragmas);
    fill(pragmas.constData());
    const auto before = contents(m_folder->path());
    {
        ASSIGN_RESULT(store, open());
        QVERIFY_RESULT(store->reader().read({}));
        QVERIFY_RESULT(store->reader().summary());
        QVERIFY_RESULT(store->reader().dataVersion());
        QVERIFY_RESULT(store->views().status());
        QVERIFY(!store->writer());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), before.size());
    }
    QCOMPARE(contents(m_folder->path()), before);
}

void TestForeignStore::showsWhatLiesInALog_data() {
    QTest::addColumn<bool>("withIndex");
    QTest::newRow("as its writer died") << true;
    QTest::newRow("copied without its index") << false;
}

void TestForeignStore::showsWhatLiesInALog() {
    QFETCH(bool, withIndex);
    fill("PRAGMA journal_mode=WAL");
    QCOMPARE(inKilledProcess([this] {
                 auto* sqlite = new OtherProgram(path());
                 sqlite3_wal_autocheckpoint(sqlite->handle(), 0);
                 return sqlite->run(kFourth) ? 0 : 1;
             }),
             0);
    QVERIFY(QFileInfo(path() + u"-wal"_s).size() > 0);
    if (!withIndex)
        QVERIFY(QFile::remove(path() + u"-shm"_s));
    auto before = contents(m_folder->path());
    QCOMPARE(before.size(), withIndex ? 3 : 2);
    QCOMPARE(count(), 4);
    auto after = contents(m_folder->path());
    // SQLite may put what it has to know of its locks into an index that is there.
    before.remove(u"ledger.db-shm"_s);
    QCOMPARE(after.remove(u"ledger.db-shm"_s), withIndex ? 1 : 0);
    QCOMPARE(after, before);
}

void TestForeignStore::showsWhatALiveWriterAppends() {
    fill("PRAGMA journal_mode=WAL");
    OtherProgram sqlite(path());
    sqlite3_wal_autocheckpoint(sqlite.handle(), 0);
    QVERIFY(sqlite.run(kFourth));
    ASSIGN_RESULT(store, open());
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 6_pos);
    ASSIGN_RESULT(version, store->reader().dataVersion());
    ASSIGN_RESULT(unchanged, store->reader().dataVersion());
    QCOMPARE(unchanged, version);
    QVERIFY(sqlite.run("INSERT INTO ledger VALUES(9,'c-1',0,'Opened','{}',NULL,14,1)"));
    ASSIGN_RESULT(changed, store->reader().dataVersion());
    QVERIFY(changed != version);
    ASSIGN_RESULT(newHead, store->reader().head());
    QCOMPARE(newHead, 9_pos);
    // The writer is not hindered: it may checkpoint, and start its log anew.
    QVERIFY(sqlite.run("PRAGMA wal_checkpoint(RESTART)"));
    QVERIFY(sqlite.run("DELETE FROM ledger WHERE seq=9"));
    ASSIGN_RESULT(oldHead, store->reader().head());
    QCOMPARE(oldHead, 6_pos);
}

void TestForeignStore::followsAClosedStoreThatIsWritten() {
    for (const char* pragmas : {"PRAGMA journal_mode=WAL", "PRAGMA journal_mode=DELETE"}) {
        init();
        fill(pragmas);
        ASSIGN_RESULT(store, open());
        ASSIGN_RESULT(head, store->reader().head());
        QCOMPARE(head, 5_pos);
        ASSIGN_RESULT(version, store->reader().dataVersion());
        // Written and closed again: nothing lies beside it before or after.
        QCOMPARE(inKilledProcess([this] { return OtherProgram(path()).run(kFourth) ? 0 : 1; }), 0);
        ASSIGN_RESULT(changed, store->reader().dataVersion());
        QVERIFY(changed != version);
        ASSIGN_RESULT(newHead, store->reader().head());
        QCOMPARE(newHead, 6_pos);
        // And opened while a writer stays.
        OtherProgram sqlite(path());
        QVERIFY(sqlite.run("DELETE FROM ledger WHERE seq=6"));
        ASSIGN_RESULT(oldHead, store->reader().head());
        QCOMPARE(oldHead, 5_pos);
    }
}

void TestForeignStore::followsAFileThatIsReplaced() {
    fill();
    QVERIFY(QFile::copy(path(), path() + u".new"_s));
    QVERIFY(OtherProgram(path() + u".new"_s).run(kFourth));
    ASSIGN_RESULT(store, open());
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 5_pos);
    QVERIFY(::rename(qPrintable(path() + u".new"_s), qPrintable(path())) == 0);
    ASSIGN_RESULT(newHead, store->reader().head());
    QCOMPARE(newHead, 6_pos);
    // Gone, it says so; back, it is read again.
    QVERIFY(QFile::rename(path(), path() + u".away"_s));
    const auto gone = store->reader().head();
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, Error::Kind::NotFound);
    QVERIFY(QFile::rename(path() + u".away"_s, path()));
    ASSIGN_RESULT(again, store->reader().head());
    QCOMPARE(again, 6_pos);
}

void TestForeignStore::refusesAHotJournal() {
    fill();
    // Killed in the middle of a transaction whose changes were already written to the file.
    QCOMPARE(inKilledProcess([this] {
                 auto* sqlite = new OtherProgram(path());
                 return sqlite->run(
                            "PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN;"
                            "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i+1 FROM n "
                            "WHERE i<3000) INSERT INTO ledger SELECT i,'z-'||i,0,'T',"
                            "hex(randomblob(200)),NULL,1,1 FROM n")
                            ? 0
                            : 1;
             }),
             0);
    QVERIFY(QFileInfo(path() + u"-journal"_s).size() > 0);
    const auto before = contents(m_folder->path());
    const auto store = open();
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::Storage);
    QVERIFY2(store.error().what.contains(u"hot journal"), qPrintable(store.error().sentence()));
    QVERIFY(!store.error().wayOut.isEmpty());
    QCOMPARE(contents(m_folder->path()), before);
    // The way out that it names is one.
    QCOMPARE(OtherProgram(path()).value("SELECT count(*) FROM ledger"), QByteArray("4"));
    QCOMPARE(count(), 3);
}

void TestForeignStore::readsBesideAWriterInATransaction() {
    fill();
    int begun[2];
    int done[2];
    QVERIFY(::pipe(begun) == 0 && ::pipe(done) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        OtherProgram sqlite(path());
        const bool wrote = sqlite.run("BEGIN IMMEDIATE") && sqlite.run(kFourth);
        char byte = wrote ? 'y' : 'n';
        if (::write(begun[1], &byte, 1) == 1)
            ::_exit(::read(done[0], &byte, 1) == 1 ? 0 : 1);
        ::_exit(1);
    }
    char byte = 0;
    QVERIFY(::read(begun[0], &byte, 1) == 1);
    const qint64 counted = count();
    QVERIFY(::write(done[1], &byte, 1) == 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    QCOMPARE(byte, 'y');
    QCOMPARE(counted, 3);
}

void TestForeignStore::readsWithAJournalThatIsDoneWith() {
    fill("PRAGMA journal_mode=PERSIST");
    QVERIFY(QFileInfo(path() + u"-journal"_s).size() > 0);
    QCOMPARE(count(), 3);
}

void TestForeignStore::isTheSameStoreWhereverItLies() {
    fill();
    ASSIGN_RESULT(store, open());
    const QString copy = m_folder->filePath(u"copy.db"_s);
    QVERIFY(QFile::copy(path(), copy));
    ASSIGN_RESULT(same, Store::open(StoreUrl::sqliteFile(copy), Store::Access::Read));
    QCOMPARE(same->info().storeId, store->info().storeId);
    QVERIFY(OtherProgram(copy).run("UPDATE ledger SET body='{\"x\":2}' WHERE seq=1"));
    ASSIGN_RESULT(other, Store::open(StoreUrl::sqliteFile(copy), Store::Access::Read));
    QVERIFY(other->info().storeId != store->info().storeId);
}

void TestForeignStore::readsAStoreWithoutPositions() {
    drop(u"plain.json"_s, R"({
        "name": "plain", "database": "sqlite",
        "recognisedBy": [{"table": "log", "columns": ["stream"]}],
        "events": {"table": "log", "stream": "stream", "version": "v", "type": "t", "data": "d"}
    })");
    QVERIFY(OtherProgram(path()).run("CREATE TABLE log(stream TEXT, v INTEGER, t TEXT, d TEXT);"
                                     "INSERT INTO log VALUES('b',1,'T','{}'),('a',1,'T','{}'),"
                                     "('a',2,'U','{}')"));
    ASSIGN_RESULT(store, open());
    QVERIFY(!store->info().hasPositions);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), 3u);
    QCOMPARE(bytes(events[0].stream()), QByteArray("a"));
    QCOMPARE(events[1].version(), 2_v);
    QCOMPARE(events[2].position(), 0_pos);
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, 3);
    QCOMPARE(summary.head, 0_pos);
    ASSIGN_RESULT(samples, store->reader().samplePositions({}, 1));
    QCOMPARE(samples.rows, 3);
    QVERIFY(samples.positions.empty());
    ASSIGN_RESULT(none, store->reader().eventAt(1_pos));
    QVERIFY(!none.has_value());
}

void TestForeignStore::composesStreamsOfTypeAndId() {
    drop(u"composed.json"_s, R"({
        "name": "composed", "database": "sqlite",
        "recognisedBy": [{"table": "log", "columns": ["kind", "key"]}],
        "events": {"table": "log", "position": "p", "aggregateType": "kind", "aggregateId": "key",
                   "version": "v", "type": "t", "data": "d"}
    })");
    QVERIFY(OtherProgram(path()).run(
        "CREATE TABLE log(p INTEGER PRIMARY KEY, kind TEXT, key TEXT, v INTEGER, t TEXT, d TEXT);"
        "INSERT INTO log VALUES(1,'cart','7',1,'T','{}'),(2,'cart','7',2,'U','{}'),"
        "(3,'user','ann-1',1,'T','{}')"));
    ASSIGN_RESULT(store, open());
    ASSIGN_RESULT(streams, store->reader().streams({}));
    QVERIFY(
        (streams == std::vector<StreamSummary>{{u"cart-7"_s, u"cart"_s, u"7"_s, 2, 2_v},
                                               {u"user-ann-1"_s, u"user"_s, u"ann-1"_s, 1, 1_v}}));
    ASSIGN_RESULT(types, store->reader().streamTypes());
    QVERIFY((types == std::vector<TypeCount>{{u"cart"_s, 1}, {u"user"_s, 1}}));
    StreamQuery users;
    users.type = u"user"_s;
    ASSIGN_RESULT(found, store->reader().streams(users));
    QCOMPARE(found.size(), 1u);
    EventQuery query;
    query.stream = u"cart-7"_s;
    ASSIGN_RESULT(events, store->reader().read(query));
    QCOMPARE(events.size(), 2u);
}

QTEST_GUILESS_MAIN(TestForeignStore)
#include "tst_foreign_store.moc"
