// A session on a store that lies on a server: it follows what others append, and a server that goes
// away and comes back.
#include "model/session_support.h"
#include "support/emmett_table.h"
#include "support/postgres_server.h"

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;
using namespace Qt::StringLiterals;

class TestSessionOnServer : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { QCOMPARE(m_server.start(), QString()); }
    void sendsAndFollowsOnAServer();
    void keepsWhatItHasWhileTheServerIsAway();
    void followsAForeignLogPastItsGaps();

  private:
    ScratchFolder m_folder;
    PostgresServer m_server;
};

void TestSessionOnServer::sendsAndFollowsOnAServer() {
    const QString url = m_server.url(m_server.makeDatabase());
    const auto parsed = StoreUrl::parse(url);
    QVERIFY_RESULT(Store::create(*parsed, u"order"_s));
    ASSIGN_RESULT(session, openSession(url));
    QCOMPARE(session->info().database, u"PostgreSQL"_s);
    QVERIFY(!session->info().readOnly);
    QCOMPARE(session->domain()->name(), u"order"_s);
    ASSIGN_RESULT(registered, send(*session, request(u"RegisterUser"_s, {{"name", Json("Ada")}})));
    QVERIFY(std::holds_alternative<CommandAccepted>(registered));
    QTRY_COMPARE(session->head(), 1_pos);

    ASSIGN_RESULT(other, Store::open(*parsed, Store::Access::ReadWrite));
    QVERIFY_RESULT(fillStream(*other, u"note-1"_s, 3));
    QTRY_COMPARE(session->head(), 4_pos);
}

void TestSessionOnServer::keepsWhatItHasWhileTheServerIsAway() {
    const QString url = m_server.url(m_server.makeDatabase());
    const auto parsed = StoreUrl::parse(url);
    {
        ASSIGN_RESULT(store, Store::create(*parsed, {}));
        QVERIFY_RESULT(fillStream(*store, u"note-1"_s, 5));
    }
    ASSIGN_RESULT(session, openSession(url));
    QTRY_COMPARE(session->head(), 5_pos);
    QSignalSpy failures(session.get(), &Session::failed);
    m_server.stop();
    QTRY_VERIFY(!failures.isEmpty());
    QVERIFY(failures.front().front().value<Error>().what.contains(parsed->displayName()));
    QCOMPARE(session->head(), 5_pos);
    QCOMPARE(session->summary().events, 5);
    QTest::qWait(1000);
    QVERIFY2(failures.size() <= 3, "it says so again and again");

    QCOMPARE(m_server.startAgain(), QString());
    ASSIGN_RESULT(other, Store::open(*parsed, Store::Access::ReadWrite));
    QVERIFY_RESULT(fillStream(*other, u"note-2"_s, 2));
    QTRY_COMPARE_WITH_TIMEOUT(session->head(), 7_pos, 20'000);
}

void TestSessionOnServer::followsAForeignLogPastItsGaps() {
    const QString database = m_server.makeDatabase();
    OtherSession quick(m_server, database);
    QVERIFY(quick.run(kEmmettTables));
    QVERIFY(quick.run(emmettInsertion(0, 0)));
    ASSIGN_RESULT(session, openSession(m_server.url(database)));
    QVERIFY(session->info().readOnly);
    QTRY_COMPARE(session->head(), 1_pos);
    OtherSession slow(m_server, database);
    QVERIFY(slow.run("BEGIN"));
    QVERIFY(slow.run(emmettInsertion(1, 0)));
    QVERIFY(quick.run(emmettInsertion(0, 1)));
    QTest::qWait(1000);
    QCOMPARE(session->head(), 1_pos);
    QVERIFY(slow.run("ROLLBACK"));
    QTRY_COMPARE(session->head(), 3_pos);
    QTRY_COMPARE(session->summary().events, 2);
}

QTEST_GUILESS_MAIN(TestSessionOnServer)
#include "tst_session_on_server.moc"
