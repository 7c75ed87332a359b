// Stores on a MariaDB server: what they survive, and what they are read through.
#include "support/profile_promises.h"
#include "support/server_promises.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Promises = ServerPromises<OnMariaDb>;
using Profiles = ProfilePromises<OnMariaDb>;

StoreUrl urlOf(const QString& database) {
    return sharedUrl<OnMariaDb>(database);
}

} // namespace

class TestMariaDbStore : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void comesBackAfterARestart() { Promises::comesBackAfterARestart(); }
    void failsInMidResultAndComesBack() {
        // It speaks of the statement or of the session, whichever it comes to first.
        Promises::failsInMidResultAndComesBack(20'000,
                                               {Error::Kind::Storage, Error::Kind::Unreachable});
    }
    void knowsACutInMidAnswerForOne();
    void answersAVisitorsQuestionsMeanwhile() { Promises::answersAVisitorsQuestionsMeanwhile(); }
    void resolvesALostCommit_data() { Promises::resolvesALostCommit_data(); }
    void resolvesALostCommit() { Promises::resolvesALostCommit(); }
    void tellsOfWhatIsNotDurable();
    void readsThroughIdentifiersOfAnyKind();
    void namesWithANulAreNoTables() { Profiles::namesWithANulAreNoTables(m_home.path()); }
    void mutatedProfilesRunNoStatement() { Profiles::mutatedProfilesRunNoStatement(m_home.path()); }
    void refusesADatabaseThatIsNotFree() { Promises::refusesWhatIsNotFree(u"database"_s); }

  private:
    QTemporaryDir m_home;
};

void TestMariaDbStore::knowsACutInMidAnswerForOne() {
    const QString database = sharedMariaDbServer().makeDatabase();
    {
        ASSIGN_RESULT(made, Store::create(urlOf(database), {}));
        QVERIFY_RESULT(importMany(*made, 3000));
    }
    CuttingProxy proxy(sharedMariaDbServer().port());
    ASSIGN_RESULT(url, StoreUrl::parse(
                           u"mysql://rewindow@127.0.0.1:%1/%2"_s.arg(proxy.port()).arg(database)));
    ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
    proxy.cutAt("2000", CuttingProxy::Cut::InMidAnswer);
    const auto cut = store->reader().forEach({}, [](RecordedEvent&&) { return true; });
    QVERIFY(!cut);
    QCOMPARE(proxy.cuts(), 1);
    QCOMPARE(cut.error().kind, Error::Kind::Unreachable);
    QVERIFY2(cut.error().what.contains(u"gone"), qPrintable(cut.error().what));
    ASSIGN_RESULT(all, store->reader().read({}));
    QCOMPARE(all.size(), 3000u);
}

void TestMariaDbStore::tellsOfWhatIsNotDurable() {
    MariaDbServer server;
    QCOMPARE(server.start({u"--innodb-flush-log-at-trx-commit=2"_s}), QString());
    const StoreUrl url = parsed(server.url(server.makeDatabase()));
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"innodb_flush_log_at_trx_commit is 2"_s));
    QVERIFY_RESULT(Store::create(url, {}));
}

void TestMariaDbStore::readsThroughIdentifiersOfAnyKind() {
    OtherMariaDbSession session(sharedMariaDbServer(), u"mysql"_s);
    const QString database = u"odd\"; `base?"_s;
    QVERIFY(session.run("CREATE OR REPLACE DATABASE \"odd\"\"; `base?\"; USE \"odd\"\"; `base?\""));
    QVERIFY(session.run("CREATE TABLE \"e?'; DROP TABLE x; --\"("
                        "\"no?\" bigint, \"na\"\"me\" text, \"v;\" int, \"ki'nd`\" text, data "
                        "blob, \"at\" datetime(6))"));
    QVERIFY(session.run("INSERT INTO \"e?'; DROP TABLE x; --\" VALUES"
                        "(1,'s-1',0,'A','{\"n\":1}','2026-11-24 10:00:00.5'),"
                        "(2,'s-1',1,'B',NULL,NULL),(3,'S-1 ',0,'a',NULL,NULL)"));
    Profiles::readsThroughIdentifiersOfAnyKind(
        m_home.path(), urlOf(QString::fromUtf8(QUrl::toPercentEncoding(database))), "ki'nd`", 3, 2);
}

QTEST_GUILESS_MAIN(TestMariaDbStore)
#include "tst_mariadb_store.moc"
