// The file our own stores are: its tables, its mark, and what becomes of other schema versions.
#include "support/scratch_store.h"

#include <QFile>

using namespace rewindow;
using namespace Qt::StringLiterals;
using namespace rewindow::test;

class TestOwnSchema : public QObject {
    Q_OBJECT

  private slots:
    void isMarkedAsOurs();
    void hasTheTablesThatWereAgreed();
    void remembersStoreAndDomain();
    void keepsVersionsAndIdsApartByItself();
    void opensANewerSchemaReadOnly();
    void refusesAnOlderSchema();
    void leavesTheFileWholeWhenClosed();
};

void TestOwnSchema::isMarkedAsOurs() {
    ScratchStore store;
    store.close();
    QFile file(store.path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray header = file.read(100);
    QCOMPARE(header.mid(68, 4), QByteArray("RWND"));
}

void TestOwnSchema::hasTheTablesThatWereAgreed() {
    ScratchStore store;
    RawSqlite raw(store.path());
    QCOMPARE(
        raw.run("SELECT name || ' ' || type FROM pragma_table_info('events') ORDER BY cid"),
        QStringList({u"position INTEGER"_s, u"event_id TEXT"_s, u"stream TEXT"_s,
                     u"aggregate_type TEXT"_s, u"aggregate_id TEXT"_s, u"version INTEGER"_s,
                     u"event_type TEXT"_s, u"data TEXT"_s, u"metadata TEXT"_s,
                     u"correlation_id TEXT"_s, u"causation_id TEXT"_s, u"recorded_at INTEGER"_s}));
    QCOMPARE(raw.run("SELECT name FROM pragma_table_info('rewindow_meta') ORDER BY cid"),
             QStringList({u"schema_version"_s, u"store_id"_s, u"domain"_s}));
    QCOMPARE(raw.run("SELECT name FROM pragma_table_info('view_checkpoints') ORDER BY cid"),
             QStringList({u"name"_s, u"position"_s, u"paused"_s}));
    QCOMPARE(raw.value("PRAGMA journal_mode"), u"wal"_s);
}

void TestOwnSchema::remembersStoreAndDomain() {
    ScratchStore store(u"order"_s);
    const QString id = store->info().storeId;
    QVERIFY(!id.isEmpty());
    store.reopen();
    QCOMPARE(store->info().storeId, id);
    QCOMPARE(store->info().domain, u"order"_s);
    QVERIFY(store->info().ownSchema);
    QVERIFY(!store->info().readOnly);
    RawSqlite raw(store.path());
    QCOMPARE(raw.value("SELECT schema_version || domain FROM rewindow_meta"), u"1order"_s);
}

void TestOwnSchema::keepsVersionsAndIdsApartByItself() {
    ScratchStore store;
    store.append(u"order-1"_s, u"Happened"_s, "{}");
    RawSqlite raw(store.path());
    QCOMPARE(raw.run("SELECT group_concat(column.name) FROM pragma_index_list('events') AS list, "
                     "pragma_index_info(list.name) AS column WHERE list.\"unique\" "
                     "GROUP BY list.name ORDER BY 1"),
             QStringList({u"event_id"_s, u"stream,version"_s}));
    QCOMPARE(raw.value("SELECT aggregate_type || '/' || aggregate_id FROM events"), u"order/1"_s);
}

void TestOwnSchema::opensANewerSchemaReadOnly() {
    ScratchStore store;
    store.append(u"order-1"_s, u"Happened"_s, "{}");
    RawSqlite(store.path()).run("UPDATE rewindow_meta SET schema_version = 2");
    store.reopen();
    QVERIFY(store->info().readOnly);
    QVERIFY(store->info().readOnlyReason.contains(u"schema version 2"_s));
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head.value(), 1);
    const auto writer = store->writer();
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, Error::Kind::ReadOnly);
}

void TestOwnSchema::refusesAnOlderSchema() {
    ScratchStore store;
    RawSqlite(store.path()).run("UPDATE rewindow_meta SET schema_version = 0");
    store.close();
    const auto opened = Store::open(store.url(), Store::Access::ReadWrite);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Storage);
    QVERIFY2(opened.error().what.contains(u"schema version 0"_s),
             qPrintable(opened.error().sentence()));
}

void TestOwnSchema::leavesTheFileWholeWhenClosed() {
    ScratchStore store;
    store.append(u"order-1"_s, u"Happened"_s, "{}");
    store.close();
    // The database file alone, as someone would take it along.
    const QString copy = store.folder() + u"/copy.db"_s;
    QVERIFY(QFile::copy(store.path(), copy));
    QCOMPARE(RawSqlite(copy).value("SELECT count(*) FROM events"), u"1"_s);
}

QTEST_GUILESS_MAIN(TestOwnSchema)
#include "tst_own_schema.moc"
