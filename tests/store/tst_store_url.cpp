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
    void tellsTheServersParts();
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
    const int postgres = static_cast<int>(StoreUrl::Scheme::Postgres);
    QTest::newRow("several hosts")
        << u"postgresql://ann@a:5433,b,[::1]:5434/shop"_s << postgres << QString() << u"a/shop"_s;
    QTest::newRow("options")
        << u"postgresql://a/shop?sslmode=require&schema=emt%20one&target_session_attrs=any"_s
        << postgres << QString() << u"a/shop"_s;
    QTest::newRow("odd letters") << u"postgresql://a%40b:%3A%2F@h/sh%3Fop%C3%A9"_s << postgres
                                 << QString() << u"h/sh?op\u00e9"_s;
    QTest::newRow("socket") << u"postgresql://%2Frun%2Fpg/shop"_s << postgres << QString()
                            << u"/run/pg/shop"_s;
    const int mysql = static_cast<int>(StoreUrl::Scheme::MySql);
    QTest::newRow("MySQL") << u"mysql://host/shop"_s << mysql << QString() << u"host/shop"_s;
    QTest::newRow("two hosts and options of MySQL")
        << u"mysql://ann@a:3307,b/shop?sslmode=require&target_session_attrs=read-write"_s << mysql
        << QString() << u"a/shop"_s;
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
    QVERIFY(!url.displayName().contains(u"sesame"));
    QCOMPARE(url.password(), u"sesame"_s);
    ASSIGN_RESULT(other, StoreUrl::parse(u"postgresql://ann@host/shop"_s));
    QVERIFY(other == url);
    const auto broken = StoreUrl::parse(u"postgresql://ann:sesame@host:port/shop"_s);
    QVERIFY(!broken);
    QVERIFY(!broken.error().sentence().contains(u"sesame"));
}

void TestStoreUrl::tellsTheServersParts() {
    ASSIGN_RESULT(url,
                  StoreUrl::parse(u"postgres://a%40b@x:5433,[::1]:9,y/shop?schema=one%2Ctwo"_s));
    const ServerAddress& server = url.server();
    QCOMPARE(server.user(), u"a@b"_s);
    QCOMPARE(server.database(), u"shop"_s);
    QCOMPARE(server.option(u"schema"_s), u"one,two"_s);
    QCOMPARE(server.option(u"sslmode"_s), QString());
    QCOMPARE(server.hosts().size(), 3u);
    QVERIFY((server.hosts()[0] == ServerAddress::Host{u"x"_s, 5433}));
    QVERIFY((server.hosts()[1] == ServerAddress::Host{u"::1"_s, 9}));
    QVERIFY((server.hosts()[2] == ServerAddress::Host{u"y"_s, 0}));
    QVERIFY(!server.isLocal());
    ASSIGN_RESULT(local, StoreUrl::parse(u"postgres://localhost,127.0.0.1:1,[::1],%2Frun/shop"_s));
    QVERIFY(local.server().isLocal());
}

void TestStoreUrl::refusesWhatNamesNoStore_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no file") << u"sqlite:"_s;
    QTest::newRow("web page") << u"https://example.org/a.db"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u".db"_s;
    QTest::newRow("no port") << u"postgresql://host:port/shop"_s;
    QTest::newRow("port too high") << u"postgresql://host:70000/shop"_s;
    QTest::newRow("no host") << u"postgresql:///shop"_s;
    QTest::newRow("no database") << u"postgresql://host"_s;
    QTest::newRow("unknown option") << u"postgresql://host/shop?options=-c%20x"_s;
    QTest::newRow("option that reads files") << u"postgresql://host/shop?passfile=/etc/x"_s;
    QTest::newRow("option of another database") << u"mysql://host/shop?schema=one"_s;
    QTest::newRow("NUL in the user") << u"postgresql://a%00b@host/shop"_s;
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
