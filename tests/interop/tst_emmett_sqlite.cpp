// A store that Emmett wrote, in each state it can be found in.
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

constexpr const char* kNewest =
    "INSERT INTO emt_messages(stream_id, stream_position, partition, message_data, "
    "message_metadata, message_schema_version, message_type, message_id, created) VALUES("
    "'shopping_cart-1001', 7, 'emt:default', '{\"by\":\"newest\"}', '{}', '1', 'Newest', 'n1', "
    "'2026-11-24 10:00:00')";

} // namespace

class TestEmmettSqlite : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void everyEventIsAsTheFileHasIt_data() { states(); }
    void everyEventIsAsTheFileHasIt();
    void totalsAndTypesAreAsExpected();
    void staysAsItIs_data() { states(); }
    void staysAsItIs();
    void showsTheNewestOfALiveLog();
    void showsTheNewestAfterItsWriterWasKilled();
    void refusesAHotJournal();
    void refusesToBeWritten();

  private:
    static void states() {
        QTest::addColumn<bool>("inWalMode");
        QTest::newRow("as written") << false;
        QTest::newRow("in WAL mode, closed") << true;
    }
    QString path() const { return m_folder->filePath(u"carts.db"_s); }
    void makeWal() const {
        OtherProgram sqlite(path());
        QCOMPARE(sqlite.value("PRAGMA journal_mode=WAL"), QByteArray("wal"));
    }
    Result<std::unique_ptr<Store>> open() const {
        return Store::open(StoreUrl::sqliteFile(path()), Store::Access::ReadWrite);
    }

    PrivateDataHome m_home;
    QJsonObject m_expected;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestEmmettSqlite::init() {
    NEED_SHARED_DATA(original, "emmett-shopping-carts.db");
    NEED_SHARED_DATA(expected, "emmett-shopping-carts.expected.json");
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QFile::copy(original, path()));
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner));
    QFile file(expected);
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_expected = QJsonDocument::fromJson(file.readAll()).object();
    QVERIFY(!m_expected.isEmpty());
}

void TestEmmettSqlite::everyEventIsAsTheFileHasIt() {
    QFETCH(bool, inWalMode);
    if (inWalMode)
        makeWal();
    const auto rows =
        OtherProgram(path()).rows("SELECT global_position, stream_id, stream_position, message_id, "
                                  "message_type, message_data, message_metadata, "
                                  "strftime('%Y-%m-%dT%H:%M:%S.000000Z', created) "
                                  "FROM emt_messages ORDER BY global_position");
    QCOMPARE(rows.size(), 725);
    ASSIGN_RESULT(store, open());
    QCOMPARE(store->info().profile, u"emmett-sqlite"_s);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), 725u);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const RecordedEvent& event = events[std::size_t(i)];
        const QList<QByteArray>& row = rows[i];
        QCOMPARE(QByteArray::number(event.position().value()), row[0]);
        QCOMPARE(bytes(event.stream()), row[1]);
        QCOMPARE(QByteArray::number(event.version().value()), row[2]);
        QCOMPARE(bytes(event.id()), row[3]);
        QCOMPARE(bytes(event.type()), row[4]);
        QCOMPARE(bytes(event.data()), row[5]);
        QCOMPARE(bytes(event.metadata()), row[6]);
        QCOMPARE(event.recordedAt().toString().toUtf8(), row[7]);
    }
}

void TestEmmettSqlite::totalsAndTypesAreAsExpected() {
    ASSIGN_RESULT(store, open());
    const QJsonObject totals = m_expected[u"totals"_s].toObject();
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, totals[u"events"_s].toInteger());
    QCOMPARE(summary.streams, totals[u"streams"_s].toInteger());
    QCOMPARE(summary.first.value(), totals[u"minGlobalPosition"_s].toInteger());
    QCOMPARE(summary.head.value(), totals[u"maxGlobalPosition"_s].toInteger());
    ASSIGN_RESULT(types, store->reader().eventTypes());
    const QJsonObject byType = totals[u"byType"_s].toObject();
    QCOMPARE(qsizetype(types.size()), byType.size());
    for (const TypeCount& type : types)
        QCOMPARE(type.count, byType[type.type].toInteger());

    const QJsonArray expected = m_expected[u"streams"_s].toArray();
    QCOMPARE(expected.size(), 150);
    ASSIGN_RESULT(streams, store->reader().streams({}));
    QCOMPARE(qsizetype(streams.size()), expected.size());
    for (const QJsonValue& value : expected) {
        const QString name = value[u"stream"_s].toString();
        ASSIGN_RESULT(stream, store->reader().stream(name));
        QVERIFY(stream.has_value());
        QCOMPARE(stream->type, u"shopping_cart"_s);
        QCOMPARE(stream->events, value[u"eventCount"_s].toInteger());
        QCOMPARE(stream->version.value(), value[u"lastVersion"_s].toInteger());
        EventQuery query;
        query.stream = name;
        ASSIGN_RESULT(events, store->reader().read(query));
        QCOMPARE(qint64(events.size()), stream->events);
        for (std::size_t i = 0; i < events.size(); ++i) {
            QCOMPARE(events[i].version().value(), qint64(i) + 1);
            QCOMPARE(toQString(events[i].type()), value[u"types"_s][qsizetype(i)].toString());
        }
    }
}

void TestEmmettSqlite::staysAsItIs() {
    QFETCH(bool, inWalMode);
    if (inWalMode)
        makeWal();
    const auto before = contents(m_folder->path());
    QCOMPARE(before.size(), 1);
    {
        ASSIGN_RESULT(store, open());
        QVERIFY_RESULT(store->reader().read({}));
        QVERIFY_RESULT(store->reader().summary());
        QVERIFY_RESULT(store->reader().streams({}));
        QVERIFY_RESULT(store->views().status());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"carts.db"_s});
    }
    QCOMPARE(contents(m_folder->path()), before);
}

void TestEmmettSqlite::showsTheNewestOfALiveLog() {
    makeWal();
    OtherProgram emmett(path());
    sqlite3_wal_autocheckpoint(emmett.handle(), 0);
    QVERIFY(emmett.run(kNewest));
    ASSIGN_RESULT(store, open());
    ASSIGN_RESULT(newest, store->reader().eventAt(726_pos));
    QVERIFY(newest.has_value());
    QCOMPARE(bytes(newest->data()), QByteArray(R"({"by":"newest"})"));
    QCOMPARE(newest->version(), 7_v);
    QCOMPARE(emmett.value("PRAGMA integrity_check"), QByteArray("ok"));
}

void TestEmmettSqlite::showsTheNewestAfterItsWriterWasKilled() {
    makeWal();
    QCOMPARE(inKilledProcess([this] {
                 auto* emmett = new OtherProgram(path());
                 sqlite3_wal_autocheckpoint(emmett->handle(), 0);
                 return emmett->run(kNewest) ? 0 : 1;
             }),
             0);
    for (const bool withIndex : {true, false}) {
        if (!withIndex)
            QVERIFY(QFile::remove(path() + u"-shm"_s));
        auto before = contents(m_folder->path());
        {
            ASSIGN_RESULT(store, open());
            ASSIGN_RESULT(summary, store->reader().summary());
            QCOMPARE(summary.events, 726);
        }
        auto after = contents(m_folder->path());
        QCOMPARE(after.keys(), before.keys());
        before.remove(u"carts.db-shm"_s);
        after.remove(u"carts.db-shm"_s);
        QCOMPARE(after, before);
    }
}

void TestEmmettSqlite::refusesAHotJournal() {
    QCOMPARE(inKilledProcess([this] {
                 auto* emmett = new OtherProgram(path());
                 return emmett->run("PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN;"
                                    "UPDATE emt_messages SET message_data=hex(randomblob(500))")
                            ? 0
                            : 1;
             }),
             0);
    const auto before = contents(m_folder->path());
    QVERIFY(before.contains(u"carts.db-journal"_s));
    const auto store = open();
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::Storage);
    QVERIFY(store.error().what.contains(path() + u"-journal"_s));
    QCOMPARE(contents(m_folder->path()), before);
}

void TestEmmettSqlite::refusesToBeWritten() {
    ASSIGN_RESULT(store, open());
    QVERIFY(store->info().readOnly);
    const auto writer = store->writer();
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, Error::Kind::ReadOnly);
    QVERIFY(writer.error().sentence().contains(u"Emmett on SQLite"));
    QVERIFY(writer.error().sentence().contains(path()));
}

QTEST_GUILESS_MAIN(TestEmmettSqlite)
#include "tst_emmett_sqlite.moc"
