// Store addresses: what a person may type, and what comes of it.
#include "store/store_url.h"
#include "support/test_support.h"

#include <QDir>

using namespace rewindow;
using namespace Qt::StringLiterals;

class TestStoreUrl : public QObject {
    Q_OBJECT

  private slots:
    void readsPathsAndUrls_data();
    void readsPathsAndUrls();
    void readsBackWhatItWrites_data() { readsPathsAndUrls_data(); }
    void readsBackWhatItWrites();
    void neverHoldsAPassword();
    void refusesWhatNamesNoStore_data();
    void refusesWhatNamesNoStore();
};

void TestStoreUrl::readsPathsAndUrls_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("scheme");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("displayName");
    const QString here = QDir::currentPath();
    const int sqlite = static_cast<int>(StoreUrl::Scheme::Sqlite);
    const int jsonLines = static_cast<int>(StoreUrl::Scheme::JsonLines);
    QTest::newRow("absolute") << u"/a/b.db"_s << sqlite << u"/a/b.db"_s << u"b.db"_s;
    QTest::newRow("relative") << u"b.db"_s << sqlite << here + u"/b.db"_s << u"b.db"_s;
    QTest::newRow("dots") << u"/a/x/../b.db"_s << sqlite << u"/a/b.db"_s << u"b.db"_s;
    QTest::newRow("scheme") << u"sqlite:/a/b.db"_s << sqlite << u"/a/b.db"_s << u"b.db"_s;
    QTest::newRow("slashes") << u"sqlite:///a/b.db"_s << sqlite << u"/a/b.db"_s << u"b.db"_s;
    QTest::newRow("scheme, relative")
        << u"sqlite:b.db"_s << sqlite << here + u"/b.db"_s << u"b.db"_s;
    QTest::newRow("file URL") << u"file:///a/b%20c.db"_s << sqlite << u"/a/b c.db"_s << u"b c.db"_s;
    QTest::newRow("per cent") << u"/a/50%20.db"_s << sqlite << u"/a/50%20.db"_s << u"50%20.db"_s;
    QTest::newRow("question mark")
        << u"/a/b?mode=rw.db"_s << sqlite << u"/a/b?mode=rw.db"_s << u"b?mode=rw.db"_s;
    QTest::newRow("jsonl") << u"/a/log.jsonl"_s << jsonLines << u"/a/log.jsonl"_s << u"log.jsonl"_s;
    QTest::newRow("ndjson") << u"/a/LOG.NDJSON"_s << jsonLines << u"/a/LOG.NDJSON"_s
                            << u"LOG.NDJSON"_s;
    QTest::newRow("insisting") << u"sqlite:/a/log.jsonl"_s << sqlite << u"/a/log.jsonl"_s
                               << u"log.jsonl"_s;
    QTest::newRow("PostgreSQL") << u"postgres://ann@host:5433/shop"_s
                                << static_cast<int>(StoreUrl::Scheme::Postgres) << QString()
                                << u"host/shop"_s;
    QTest::newRow("MySQL") << u"mysql://host/shop"_s << static_cast<int>(StoreUrl::Scheme::MySql)
                           << QString() << u"host/shop"_s;
}

void TestStoreUrl::readsPathsAndUrls() {
    QFETCH(QString, text);
    ASSIGN_RESULT(url, StoreUrl::parse(text));
    QTEST(static_cast<int>(url.scheme()), "scheme");
    QTEST(url.path(), "path");
    QTEST(url.displayName(), "displayName");
    QCOMPARE(url.isFile(), !url.path().isEmpty());
}

void TestStoreUrl::readsBackWhatItWrites() {
    QFETCH(QString, text);
    ASSIGN_RESULT(url, StoreUrl::parse(text));
    ASSIGN_RESULT(again, StoreUrl::parse(url.toString()));
    QVERIFY(again == url);
    QCOMPARE(again.toString(), url.toString());
}

void TestStoreUrl::neverHoldsAPassword() {
    ASSIGN_RESULT(url, StoreUrl::parse(u"postgresql://ann:sesame@host/shop"_s));
    QVERIFY(!url.toString().contains(u"sesame"));
    QCOMPARE(url.toString(), u"postgresql://ann@host/shop"_s);
}

void TestStoreUrl::refusesWhatNamesNoStore_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no file") << u"sqlite:"_s;
    QTest::newRow("web page") << u"https://example.org/a.db"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u".db"_s;
    QTest::newRow("no URL") << u"postgresql://host:port/"_s;
}

void TestStoreUrl::refusesWhatNamesNoStore() {
    QFETCH(QString, text);
    const auto url = StoreUrl::parse(text);
    QVERIFY(!url);
    QCOMPARE(url.error().kind, Error::Kind::Usage);
    QVERIFY(!url.error().wayOut.isEmpty());
}

QTEST_GUILESS_MAIN(TestStoreUrl)
#include "tst_store_url.moc"
