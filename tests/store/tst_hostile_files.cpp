// Files that are no store, or one no longer: each refused in a sentence, none changed.
#include "store/store.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QRandomGenerator>
#include <QtEndian>

#include <sys/stat.h>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestHostileFiles : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void refusesWhatIsNoStore_data();
    void refusesWhatIsNoStore();
    void saysThatThereIsNothing();
    void refusesAFolder();
    void refusesAPipeWithoutWaiting();
    void refusesAnUnknownSchemaAndSaysWhatIsKnown();
    void namesABrokenProfileWhereItMayBeTheReason();
    void refusesATruncatedStore();
    void refusesADamagedStore();
    void refusesAnUnreadableFile();
    void opensPathsWithOddCharacters();

  private:
    QString path(const QString& name = u"a.db"_s) const { return m_folder->path() + u'/' + name; }
    Error refusal() const {
        const auto url = StoreUrl::parse(path());
        const auto store = Store::open(*url, Store::Access::ReadWrite);
        return store ? Error{} : store.error();
    }
    void write(const QByteArray& bytes) const {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    QByteArray validStore() const {
        {
            OtherProgram sqlite(path());
            sqlite.run("CREATE TABLE t(a); INSERT INTO t VALUES(randomblob(20000))");
        }
        QFile file(path());
        file.open(QIODevice::ReadOnly);
        return file.readAll();
    }

    PrivateDataHome m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestHostileFiles::init() {
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestHostileFiles::refusesWhatIsNoStore_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("is");
    QByteArray random(8192, Qt::Uninitialized);
    QRandomGenerator(3).generate(random.begin(), random.end());
    random[0] = '\x07';
    QTest::newRow("empty") << QByteArray() << u"is an empty file"_s;
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)
                         << u"is a PNG picture"_s;
    QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08\0\0", 5) << u"is a gzip archive"_s;
    QTest::newRow("zip") << QByteArray("PK\x03\x04") << u"is a zip archive"_s;
    QTest::newRow("PDF") << QByteArray("%PDF-1.7") << u"is a PDF document"_s;
    QTest::newRow("dump") << QByteArray("-- PostgreSQL database dump\n")
                          << u"is a dump of a PostgreSQL"_s;
    QTest::newRow("log") << QByteArray("\x37\x7f\x06\x82\0\0", 6) << u"write-ahead log"_s;
    QTest::newRow("JSON array") << QByteArray("[{\"stream\":\"a\"}]") << u"is a JSON array"_s;
    QTest::newRow("text") << QByteArray("hello\n") << u"is a text file"_s;
    QTest::newRow("one byte") << QByteArray("\0", 1) << u"is no SQLite file"_s;
    QTest::newRow("encrypted") << random << u"is no SQLite file"_s;
    QTest::newRow("half a header")
        << QByteArray("SQLite format 3\0\x10\0", 18) << u"is cut short"_s;
}

void TestHostileFiles::refusesWhatIsNoStore() {
    QFETCH(QByteArray, content);
    QFETCH(QString, is);
    write(content);
    const auto before = contents(m_folder->path());
    const Error error = refusal();
    QCOMPARE(error.kind, Error::Kind::Storage);
    QVERIFY2(error.what.startsWith(path()) && error.what.contains(is),
             qPrintable(error.sentence()));
    QVERIFY(!error.wayOut.isEmpty());
    QCOMPARE(contents(m_folder->path()), before);
}

void TestHostileFiles::saysThatThereIsNothing() {
    const Error error = refusal();
    QCOMPARE(error.kind, Error::Kind::NotFound);
    QVERIFY(error.what.contains(path()));
    QVERIFY(!error.wayOut.isEmpty());
    QVERIFY(contents(m_folder->path()).isEmpty());
}

void TestHostileFiles::refusesAFolder() {
    QVERIFY(QDir().mkdir(path()));
    const Error error = refusal();
    QCOMPARE(error.kind, Error::Kind::Storage);
    QVERIFY(error.what.contains(u"is a folder"));
}

void TestHostileFiles::refusesAPipeWithoutWaiting() {
    QVERIFY(::mkfifo(QFile::encodeName(path()).constData(), 0644) == 0);
    QCOMPARE(refusal().kind, Error::Kind::Storage);
}

void TestHostileFiles::refusesAnUnknownSchemaAndSaysWhatIsKnown() {
    validStore();
    const auto before = contents(m_folder->path());
    const Error error = refusal();
    QCOMPARE(error.kind, Error::Kind::Storage);
    QVERIFY2(error.what.contains(u"rewindow") && error.what.contains(u"emmett-sqlite"),
             qPrintable(error.what));
    QVERIFY2(error.wayOut.contains(m_home.path() + u"/profiles"_s), qPrintable(error.wayOut));
    QCOMPARE(contents(m_folder->path()), before);
}

void TestHostileFiles::namesABrokenProfileWhereItMayBeTheReason() {
    validStore();
    const QString folder = m_home.path() + u"/profiles"_s;
    QVERIFY(QDir().mkpath(folder));
    QFile profile(folder + u"/mine.json"_s);
    QVERIFY(profile.open(QIODevice::WriteOnly));
    profile.write("{\"name\": 7}");
    profile.close();
    const Error error = refusal();
    QVERIFY2(error.wayOut.contains(u"mine.json: /name"), qPrintable(error.wayOut));
    QVERIFY(profile.remove());
}

void TestHostileFiles::refusesATruncatedStore() {
    const QByteArray whole = validStore();
    for (const qsizetype size :
         {whole.size() - 1, whole.size() / 2, qsizetype(4096), qsizetype(512)}) {
        write(whole.left(size));
        const auto before = contents(m_folder->path());
        const Error error = refusal();
        QCOMPARE(error.kind, Error::Kind::Storage);
        QVERIFY2(error.what.contains(u"is cut short") &&
                     error.what.contains(QString::number(whole.size())),
                 qPrintable(error.what));
        QCOMPARE(contents(m_folder->path()), before);
    }
}

void TestHostileFiles::refusesADamagedStore() {
    const QByteArray whole = validStore();
    QRandomGenerator random(4);
    for (int round = 0; round < 200; ++round) {
        QByteArray damaged = whole;
        // The header's magic stays, so that SQLite itself gets to see the rest.
        for (int count = random.bounded(1, 60); count > 0; --count)
            damaged[random.bounded(16, 4096)] = static_cast<char>(random.bounded(256));
        write(damaged);
        const auto before = contents(m_folder->path());
        const Error error = refusal();
        QCOMPARE(error.kind, Error::Kind::Storage);
        QVERIFY2(error.what.contains(path()), qPrintable(error.sentence()));
        QCOMPARE(contents(m_folder->path()), before);
    }
}

void TestHostileFiles::refusesAnUnreadableFile() {
    validStore();
    QVERIFY(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755) == 0);
    QVERIFY(::chmod(QFile::encodeName(path()).constData(), 0) == 0);
    const int answer = inKilledProcess([this] {
        // Root may read everything: somebody else asks then.
        constexpr uid_t kNobody = 65534;
        if (::geteuid() == 0 && ::seteuid(kNobody) != 0)
            return 1;
        const Error error = refusal();
        if (error.kind != Error::Kind::Storage)
            return 2;
        return error.what.contains(path()) && error.what.contains(u"no permission") &&
                       !error.wayOut.isEmpty()
                   ? 0
                   : 3;
    });
    QCOMPARE(answer, 0);
}

void TestHostileFiles::opensPathsWithOddCharacters() {
    for (const QString& name :
         {u"a?mode=rwc.db"_s, u"a#b%20c.db"_s, u"ä \"b\" 'c'.db"_s, u"-a\nb.db"_s, u":memory:"_s}) {
        const StoreUrl url = StoreUrl::sqliteFile(path(name));
        QVERIFY_RESULT(Store::create(url, {}));
        QVERIFY2(QFile::exists(path(name)), qPrintable(name));
        ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
        QVERIFY_RESULT(store->reader().summary());
    }
}

QTEST_GUILESS_MAIN(TestHostileFiles)
#include "tst_hostile_files.moc"
