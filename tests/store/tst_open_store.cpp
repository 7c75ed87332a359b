// Opening and making stores of our own.
#include "store/store.h"
#include "store/workspace.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <sys/stat.h>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestOpenStore : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void makesAnEmptyStore();
    void keepsTheIdItIsGiven();
    void makesNothingWhereSomethingIs_data();
    void makesNothingWhereSomethingIs();
    void aFailedCreationLeavesNothing();
    void opensForReadingAndWriting();
    void aReaderLeavesNoTrace();
    void aReaderSeesWhatIsAppendedLater();
    void readsANewerSchemaAndDoesNotWriteIt();
    void saysWhyAnUnwritableFileIsNotWritten();
    void aServerThatIsNotThereIsToldInASentence();
    void looksDoNotDropTheLocksOfThisProcess();

  private:
    QString path(const QString& name = u"a.db"_s) const { return m_folder->filePath(name); }
    StoreUrl url(const QString& name = u"a.db"_s) const { return StoreUrl::sqliteFile(path(name)); }
    PrivateDataHome m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestOpenStore::init() {
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestOpenStore::makesAnEmptyStore() {
    {
        ASSIGN_RESULT(store, Store::create(url(), u"order"_s));
        const StoreInfo& info = store->info();
        QCOMPARE(info.profile, u"rewindow"_s);
        QCOMPARE(info.database, u"SQLite"_s);
        QCOMPARE(info.domain, u"order"_s);
        QVERIFY(info.ownSchema);
        QVERIFY(info.hasPositions);
        QVERIFY(!info.readOnly);
        QVERIFY(info.readOnlyReason.isEmpty());
        QVERIFY(!info.storeId.isEmpty());
        ASSIGN_RESULT(summary, store->reader().summary());
        QCOMPARE(summary.events, 0);
        QCOMPARE(summary.streams, 0);
        QCOMPARE(summary.head, 0_pos);
        QVERIFY(summary.gapless() || summary.events == 0);
    }
    OtherProgram sqlite(path());
    QCOMPARE(sqlite.value("PRAGMA journal_mode"), QByteArray("wal"));
    QCOMPARE(sqlite.value("PRAGMA integrity_check"), QByteArray("ok"));
    QCOMPARE(sqlite.value("SELECT domain FROM rewindow_meta"), QByteArray("order"));
}

void TestOpenStore::keepsTheIdItIsGiven() {
    ASSIGN_RESULT(first, Store::create(url(), {}, u"my-id"_s));
    QCOMPARE(first->info().storeId, u"my-id"_s);
    ASSIGN_RESULT(second, Store::create(url(u"b.db"_s), {}));
    ASSIGN_RESULT(third, Store::create(url(u"c.db"_s), {}));
    QVERIFY(second->info().storeId != third->info().storeId);
}

void TestOpenStore::makesNothingWhereSomethingIs_data() {
    QTest::addColumn<QString>("there");
    QTest::newRow("file") << u"a.db"_s;
    QTest::newRow("log of an earlier store") << u"a.db-wal"_s;
    QTest::newRow("journal of an earlier store") << u"a.db-journal"_s;
}

void TestOpenStore::makesNothingWhereSomethingIs() {
    QFETCH(QString, there);
    QFile file(path(there));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    const auto before = contents(m_folder->path());
    const auto store = Store::create(url(), {});
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::Usage);
    QVERIFY(store.error().what.contains(there));
    QCOMPARE(contents(m_folder->path()), before);
}

void TestOpenStore::aFailedCreationLeavesNothing() {
    const auto noFolder = Store::create(url(u"none/a.db"_s), {});
    QVERIFY(!noFolder);
    QCOMPARE(noFolder.error().kind, Error::Kind::Usage);
    ASSIGN_RESULT(jsonLines, StoreUrl::parse(path(u"a.jsonl"_s)));
    const auto noDatabase = Store::create(jsonLines, {});
    QVERIFY(!noDatabase);
    QCOMPARE(noDatabase.error().kind, Error::Kind::Usage);
    QVERIFY(contents(m_folder->path()).isEmpty());
}

void TestOpenStore::opensForReadingAndWriting() {
    QVERIFY_RESULT(Store::create(url(), u"order"_s));
    ASSIGN_RESULT(store, Store::open(url(), Store::Access::ReadWrite));
    ASSIGN_RESULT(writer, store->writer());
    const NewEvent event = newEvent(u"1"_s, u"A"_s);
    QVERIFY_RESULT(writer->append(u"s-1"_s, ExpectedVersion::any(), {&event, 1}));
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head, 1_pos);
    QVERIFY_RESULT(store->checkpoint());
    ASSIGN_RESULT(workspace, store->workspace());
    QVERIFY(workspace != nullptr);

    ASSIGN_RESULT(reader, Store::open(url(), Store::Access::Read));
    QVERIFY(!reader->info().readOnly);
    const auto refused = reader->writer();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::ReadOnly);
    QVERIFY_RESULT(reader->views().status());
    QVERIFY_RESULT(reader->checkpoint());
}

void TestOpenStore::aReaderLeavesNoTrace() {
    QVERIFY_RESULT(Store::create(url(), u"order"_s));
    // As it is copied to another machine: without what lies beside it.
    {
        OtherProgram sqlite(path());
        QVERIFY(sqlite.run("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
    QVERIFY(QFile::rename(path(), path(u"b.db"_s)));
    for (const QString& name : QDir(m_folder->path()).entryList({u"a.db*"_s}))
        QFile::remove(path(name));
    const auto before = contents(m_folder->path());
    QCOMPARE(before.size(), 1);
    {
        ASSIGN_RESULT(store, Store::open(url(u"b.db"_s), Store::Access::Read));
        QVERIFY_RESULT(store->reader().summary());
        QVERIFY_RESULT(store->views().status());
    }
    QCOMPARE(contents(m_folder->path()), before);
}

void TestOpenStore::aReaderSeesWhatIsAppendedLater() {
    QVERIFY_RESULT(Store::create(url(), {}));
    for (const QString& name : {u"a.db-wal"_s, u"a.db-shm"_s})
        QFile::remove(path(name)); // closed, and nothing in its log
    ASSIGN_RESULT(reader, Store::open(url(), Store::Access::Read));
    ASSIGN_RESULT(none, reader->reader().head());
    QCOMPARE(none, 0_pos);
    ASSIGN_RESULT(version, reader->reader().dataVersion());
    ASSIGN_RESULT(sameVersion, reader->reader().dataVersion());
    QCOMPARE(sameVersion, version);

    ASSIGN_RESULT(store, Store::open(url(), Store::Access::ReadWrite));
    ASSIGN_RESULT(writer, store->writer());
    for (qint64 count = 1; count <= 3; ++count) {
        const NewEvent event = newEvent(QString::number(count), u"A"_s);
        QVERIFY_RESULT(writer->append(u"s-1"_s, ExpectedVersion::any(), {&event, 1}));
        ASSIGN_RESULT(now, reader->reader().dataVersion());
        QVERIFY(now != version);
        version = now;
        ASSIGN_RESULT(head, reader->reader().head());
        QCOMPARE(head, GlobalPosition(count));
        QVERIFY_RESULT(reader->views().status());
    }
}

void TestOpenStore::readsANewerSchemaAndDoesNotWriteIt() {
    QVERIFY_RESULT(Store::create(url(), {}));
    {
        OtherProgram sqlite(path());
        QVERIFY(sqlite.run("UPDATE rewindow_meta SET schema_version=schema_version+1;"
                           "ALTER TABLE events ADD COLUMN tenant TEXT;"
                           "PRAGMA wal_checkpoint(TRUNCATE)"));
    }
    const QByteArray before = contents(m_folder->path()).value(u"a.db"_s);
    {
        ASSIGN_RESULT(store, Store::open(url(), Store::Access::ReadWrite));
        QVERIFY(store->info().readOnly);
        QVERIFY(store->info().readOnlyReason.endsWith(u'.'));
        QVERIFY_RESULT(store->reader().summary());
        const auto writer = store->writer();
        QVERIFY(!writer);
        QCOMPARE(writer.error().kind, Error::Kind::ReadOnly);
        QVERIFY(writer.error().sentence().startsWith(store->info().readOnlyReason.left(20)));
    }
    QCOMPARE(contents(m_folder->path()).value(u"a.db"_s), before);
}

void TestOpenStore::saysWhyAnUnwritableFileIsNotWritten() {
    QVERIFY_RESULT(Store::create(url(), {}));
    for (const QString& name : {u"a.db-wal"_s, u"a.db-shm"_s})
        QFile::remove(path(name));
    QVERIFY(::chmod(m_folder->path().toUtf8().constData(), 0755) == 0);
    QVERIFY(::chmod(path().toUtf8().constData(), 0444) == 0);
    // Someone who is not root: root may write whatever the permissions are.
    const int answer = inKilledProcess([this] {
        if (::geteuid() == 0 && ::seteuid(65534) != 0)
            return 1;
        const auto store = Store::open(url(), Store::Access::ReadWrite);
        if (!store)
            return 2;
        if (!(*store)->info().readOnly ||
            !(*store)->info().readOnlyReason.contains(u"may not write"))
            return 3;
        if (!(*store)->reader().summary())
            return 4;
        return (*store)->writer() ? 5 : 0;
    });
    QCOMPARE(answer, 0);
    QCOMPARE(contents(m_folder->path()).size(), 1);
}

void TestOpenStore::aServerThatIsNotThereIsToldInASentence() {
    for (const QString& url : {u"mysql://127.0.0.1:1/shop"_s, u"postgresql://127.0.0.1:1/shop"_s}) {
        ASSIGN_RESULT(server, StoreUrl::parse(url));
        const auto store = Store::open(server, Store::Access::Read);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, Error::Kind::Unreachable);
        QVERIFY(store.error().what.contains(u"127.0.0.1/shop cannot be reached"));
    }
}

void TestOpenStore::looksDoNotDropTheLocksOfThisProcess() {
    ASSIGN_RESULT(store, Store::create(url(), {}));
    ASSIGN_RESULT(writer, store->writer());
    const NewEvent event = newEvent(u"1"_s, u"A"_s);
    QVERIFY_RESULT(writer->append(u"s-1"_s, ExpectedVersion::any(), {&event, 1}));
    // Opened and closed meanwhile, each time with a look at the file's first bytes.
    for (int i = 0; i < 3; ++i)
        QVERIFY_RESULT(Store::open(url(), Store::Access::Read));
    // Were the locks gone, another program would be the last to leave, and clear the log away.
    const int closed = inKilledProcess([this] {
        OtherProgram* sqlite = new OtherProgram(path());
        const bool read = sqlite->rows("SELECT * FROM events").size() == 1;
        delete sqlite;
        return read ? 0 : 1;
    });
    QCOMPARE(closed, 0);
    QVERIFY(QFileInfo(path(u"a.db-wal"_s)).size() > 0);
}

QTEST_GUILESS_MAIN(TestOpenStore)
#include "tst_open_store.moc"
