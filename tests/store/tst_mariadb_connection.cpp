// Sessions with a MariaDB server: what they may, what they show, and what they survive.
#include "store/mariadb/maria_session.h"
#include "support/rogue_server.h"
#include "support/server_promises.h"

#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Promises = ServerPromises<OnMariaDb>;
using Purpose = MariaConnection::Purpose;

/// Some three gigabytes.
BoundSql longAnswer() {
    return plain("SELECT seq,repeat('x',1000) FROM seq_1_to_3000000");
}

StoreUrl urlOf(const QString& database) {
    return sharedUrl<OnMariaDb>(database);
}

} // namespace

class TestMariaDbConnection : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void isReadOnlyAtTheServer();
    void valuesAreNoStatements();
    void takesNoSecondStatement();
    void keepsAnswersApart();
    void passwordsComeFromAddressOrFileAndAreNotShown();
    void readsNothingButUserAndPassword();
    void verifiesCertificates();
    void takesNoServerOfAnotherKind_data();
    void takesNoServerOfAnotherKind();
    void picksTheHostThatIsWanted();
    void givesUpWhatNeverAnswers() { Promises::givesUpWhatNeverAnswers(); }
    void givesNoFileToAServer();
    void showsTextsOfTheServerEscaped();
    void stopsWhenCancelled() { Promises::stopsWhenCancelled(); }
    void stopsALongAnswer();
    void stopsAnAnswerThatWaits();

  private:
    static QByteArray longAnswersUnderWay();

    QTemporaryDir m_home;
};

void TestMariaDbConnection::isReadOnlyAtTheServer() {
    const QString database = sharedMariaDbServer().makeDatabase();
    OtherMariaDbSession session(sharedMariaDbServer(), database);
    QVERIFY(session.run("CREATE TABLE t(x int)"));
    ASSIGN_RESULT(reading, MariaConnection::open(urlOf(database), Purpose::Read));
    for (const char* writes : {"INSERT INTO t VALUES(1)", "DROP TABLE t", "CREATE TABLE u(x int)",
                               "UPDATE t SET x=2", "TRUNCATE TABLE t"}) {
        const auto written = reading->execute(plain(writes));
        QVERIFY2(!written, writes);
        QCOMPARE(written.error().kind, Error::Kind::Storage);
        QVERIFY2(written.error().what.contains(u"READ ONLY transaction"),
                 qPrintable(written.error().what));
    }
    QVERIFY_RESULT(reading->execute(plain("SELECT * FROM t")));
    ASSIGN_RESULT(writing, MariaConnection::open(urlOf(database), Purpose::Write));
    QVERIFY_RESULT(writing->execute(plain("INSERT INTO t VALUES(1)")));
}

void TestMariaDbConnection::valuesAreNoStatements() {
    ASSIGN_RESULT(reading, MariaConnection::open(urlOf(u"mysql"_s), Purpose::Read));
    const QString odd = u"'); DROP TABLE x; -- \" \\ ` $1 ? \U0001F4A5"_s + QChar(0) + u"end"_s;
    ASSIGN_RESULT(answer, reading->execute({u"SELECT ?,?,?"_s, {odd, qint64(-7), QString()}}));
    QCOMPARE(toQString(answer.text(0, 0)), odd);
    QCOMPARE(answer.integer(0, 1), -7);
    QVERIFY(!answer.isNull(0, 2));
    QVERIFY(answer.text(0, 2).empty());
    const auto unequal = reading->execute({u"SELECT ?,?"_s, {odd}});
    QVERIFY(!unequal);
    QCOMPARE(unequal.error().kind, Error::Kind::Usage);
}

void TestMariaDbConnection::takesNoSecondStatement() {
    ASSIGN_RESULT(reading, MariaConnection::open(urlOf(u"mysql"_s), Purpose::Read));
    QVERIFY(!reading->execute(plain("SELECT 1; SELECT 2")));
    QVERIFY(!reading->run(u"DO 1; DO 2"_s));
    QVERIFY_RESULT(reading->execute(plain("SELECT 1")));
}

void TestMariaDbConnection::keepsAnswersApart() {
    ASSIGN_RESULT(reading, MariaConnection::open(urlOf(u"mysql"_s), Purpose::Read));
    const BoundSql sql{u"SELECT repeat('x',?),NULL,?"_s, {qint64(3), u""_s}};
    ASSIGN_RESULT(first, reading->execute(sql));
    // Longer than there is room for at first, and shorter again.
    BoundSql longer = sql;
    longer.values[0] = qint64(100'000);
    ASSIGN_RESULT(second, reading->execute(longer));
    ASSIGN_RESULT(third, reading->execute(sql));
    QVERIFY(first.text(0, 0) == "xxx");
    QCOMPARE(second.text(0, 0).size(), 100'000u);
    QVERIFY(second.text(0, 0).find_first_not_of('x') == std::string_view::npos);
    QVERIFY(third.text(0, 0) == "xxx");
    QVERIFY(third.isNull(0, 1));
    QVERIFY(!third.isNull(0, 2));
}

void TestMariaDbConnection::passwordsComeFromAddressOrFileAndAreNotShown() {
    OtherMariaDbSession admin(sharedMariaDbServer(), u"mysql"_s);
    QVERIFY(admin.run("CREATE OR REPLACE USER ann@'%' IDENTIFIED BY 'sesame open'; "
                      "GRANT SELECT ON *.* TO ann@'%'"));
    const QString address = u"127.0.0.1:%1/mysql"_s.arg(sharedMariaDbServer().port());
    const QTemporaryDir home;
    const QByteArray before = qgetenv("HOME");
    qputenv("HOME", home.path().toUtf8());
    const auto back = qScopeGuard([&before] { qputenv("HOME", before); });
    const auto open = [&address](const QString& who) {
        return MariaConnection::open(parsed(u"mysql://"_s + who + address), Purpose::Read);
    };
    const auto without = open(u"ann@"_s);
    QVERIFY(!without);
    QCOMPARE(without.error().kind, Error::Kind::Password);
    QVERIFY2(without.error().sentence().contains(u"~/.my.cnf"),
             qPrintable(without.error().sentence()));
    const auto wrong = open(u"ann:pineapple@"_s);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, Error::Kind::Password);
    QVERIFY(!wrong.error().sentence().contains(u"pineapple"));
    QVERIFY_RESULT(open(u"ann:sesame%20open@"_s));
    const QString options = home.filePath(u".my.cnf"_s);
    writeFile(options, "[client]\nuser = ann\npassword = \"sesame open\"\n");
    QVERIFY_RESULT(open(u"ann@"_s));
    ASSIGN_RESULT(byFile, open(QString()));
    ASSIGN_RESULT(who, byFile->execute(plain("SELECT current_user()")));
    QVERIFY(who.text(0, 0) == "ann@%");
    // What anyone may write to is nobody's word.
    QVERIFY(QFile::setPermissions(options, QFile::permissions(options) | QFile::WriteOther));
    QVERIFY(!open(u"ann@"_s));
}

void TestMariaDbConnection::readsNothingButUserAndPassword() {
    const MariaLogin login = loginIn("[mysqld]\npassword=no\n# password=no\n[client]\n"
                                     "local-infile=1\nhost=elsewhere\n user = 'ann' \n"
                                     "password=a=b\n[other]\npassword=no\n");
    QCOMPARE(login.user, QByteArray("ann"));
    QCOMPARE(login.password, QByteArray("a=b"));
}

void TestMariaDbConnection::verifiesCertificates() {
    const QTemporaryDir folder;
    const QString key = folder.filePath(u"server.key"_s);
    const QString certificate = folder.filePath(u"server.crt"_s);
    QCOMPARE(makeCertificate(key, certificate), 0);
    MariaDbServer server;
    QCOMPARE(server.start({u"--ssl-cert="_s + certificate, u"--ssl-key="_s + key}), QString());
    const QString url = server.url(u"mysql"_s);
    QVERIFY_RESULT(MariaConnection::open(parsed(url), Purpose::Read));
    ASSIGN_RESULT(required,
                  MariaConnection::open(parsed(url + u"?sslmode=require"_s), Purpose::Read));
    ASSIGN_RESULT(cipher, required->execute(plain("SHOW STATUS LIKE 'Ssl_cipher'")));
    QVERIFY(!cipher.text(0, 1).empty());
    const QString trusting = u"?sslmode=verify-full&sslrootcert="_s + certificate;
    const auto misnamed = MariaConnection::open(parsed(url + trusting), Purpose::Read);
    QVERIFY(!misnamed);
    QVERIFY2(misnamed.error().what.contains(u"cannot be reached"),
             qPrintable(misnamed.error().what));
    QVERIFY(!MariaConnection::open(parsed(url + u"?sslmode=verify-full"_s), Purpose::Read));
    // One that offers no encryption at all is not spoken to either.
    const QString plainServer = sharedMariaDbServer().url(u"mysql"_s);
    for (const QString& mode : {u"require"_s, u"verify-full"_s})
        QVERIFY2(!MariaConnection::open(parsed(plainServer + u"?sslmode="_s + mode), Purpose::Read),
                 qPrintable(mode));
    const auto unknown =
        MariaConnection::open(parsed(plainServer + u"?sslmode=maybe"_s), Purpose::Read);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::Usage);
}

void TestMariaDbConnection::takesNoServerOfAnotherKind_data() {
    QTest::addColumn<QString>("version");
    QTest::newRow("MySQL") << u"8.0.36"_s;
    QTest::newRow("too old") << u"10.4.1-MariaDB"_s;
}

void TestMariaDbConnection::takesNoServerOfAnotherKind() {
    QFETCH(QString, version);
    MariaDbServer server;
    QCOMPARE(server.start({u"--version="_s + version}), QString());
    const auto opened = MariaConnection::open(parsed(server.url(u"mysql"_s)), Purpose::Read);
    QVERIFY(!opened);
    QVERIFY2(opened.error().sentence().contains(u"10.6"), qPrintable(opened.error().sentence()));
}

void TestMariaDbConnection::picksTheHostThatIsWanted() {
    MariaDbServer replica;
    QCOMPARE(replica.start({u"--read-only=1"_s}), QString());
    const auto portOf = [&](const QString& hosts, const QString& wanted) -> qint64 {
        const auto opened = MariaConnection::open(
            parsed(u"mysql://rewindow@%1/mysql?target_session_attrs=%2"_s.arg(hosts, wanted)),
            Purpose::Read);
        const auto port =
            opened ? (*opened)->execute(plain("SELECT @@port")) : std::unexpected(opened.error());
        return port ? port->integer(0, 0) : -1;
    };
    const QString both = u"127.0.0.1:1,127.0.0.1:%1,127.0.0.1:%2"_s.arg(replica.port())
                             .arg(sharedMariaDbServer().port());
    QCOMPARE(portOf(both, u"any"_s), replica.port());
    QCOMPARE(portOf(both, u"read-only"_s), replica.port());
    QCOMPARE(portOf(both, u"read-write"_s), sharedMariaDbServer().port());
    QCOMPARE(portOf(u"127.0.0.1:%1"_s.arg(replica.port()), u"read-write"_s), -1);
    // A store of ours on it is read, and says why it is not written.
    OtherMariaDbSession admin(replica, u"mysql"_s);
    const QString database = replica.makeDatabase();
    QVERIFY(admin.run("SET GLOBAL read_only=0"));
    QVERIFY_RESULT(Store::create(parsed(replica.url(database)), {}));
    QVERIFY(admin.run("SET GLOBAL read_only=1"));
    ASSIGN_RESULT(store, Store::open(parsed(replica.url(database)), Store::Access::ReadWrite));
    QVERIFY(store->info().readOnly);
    QVERIFY(store->info().readOnlyReason.contains(u"replica"));
    QVERIFY_RESULT(store->reader().summary());
}

void TestMariaDbConnection::givesNoFileToAServer() {
    const QTemporaryDir folder;
    const QString secret = folder.filePath(u"secret"_s);
    writeFile(secret, "only for me");
    RogueServer server(secret.toUtf8());
    const auto opened = MariaConnection::open(
        parsed(u"mysql://ann:sesame@127.0.0.1:%1/shop"_s.arg(server.port())), Purpose::Read);
    QVERIFY(!opened);
    QTRY_VERIFY(server.requests() > 0);
    QVERIFY(!server.said().contains("only for me"));
    QVERIFY(server.said().size() <= 16);
}

void TestMariaDbConnection::showsTextsOfTheServerEscaped() {
    ASSIGN_RESULT(writing, MariaConnection::open(urlOf(u"mysql"_s), Purpose::Write));
    const auto failed =
        writing->execute(plain("SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT='bad \x1b]0;x\x07'"));
    QVERIFY(!failed);
    QVERIFY(failed.error().what.contains(u"bad "));
    QVERIFY(std::ranges::none_of(failed.error().what, [](QChar character) {
        return character.category() == QChar::Other_Control;
    }));
}

QByteArray TestMariaDbConnection::longAnswersUnderWay() {
    OtherMariaDbSession admin(sharedMariaDbServer(), u"mysql"_s);
    return admin.value("SELECT count(*) FROM information_schema.processlist WHERE info LIKE "
                       "'%seq_1_to_3%' AND id<>connection_id()");
}

void TestMariaDbConnection::stopsALongAnswer() {
    ASSIGN_RESULT(reading, MariaConnection::open(urlOf(u"mysql"_s), Purpose::Read));
    const CancelToken cancel;
    qint64 seen = 0;
    QElapsedTimer timer;
    timer.start();
    const auto cancelled = reading->forEachRow(longAnswer(), cancel, [&](const MariaRow&) {
        if (++seen == 1000)
            cancel.cancel();
        return true;
    });
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().kind, Error::Kind::Cancelled);
    QCOMPARE(seen, 1000);
    QVERIFY_RESULT(reading->forEachRow(longAnswer(), {},
                                       [&](const MariaRow& row) { return row.integer(0) < 10; }));
    QVERIFY(timer.elapsed() < 5'000);
    ASSIGN_RESULT(one, reading->execute(plain("SELECT 1")));
    QCOMPARE(one.integer(0, 0), 1);
    QTRY_COMPARE(longAnswersUnderWay(), QByteArray("0"));
}

/// However long nothing was taken of it.
void TestMariaDbConnection::stopsAnAnswerThatWaits() {
    ASSIGN_RESULT(reading, MariaConnection::open(urlOf(u"mysql"_s), Purpose::Read));
    QVERIFY_RESULT(reading->forEachRow(longAnswer(), {}, [&](const MariaRow& row) {
        if (row.integer(0) < 10)
            return true;
        QThread::sleep(4);
        return false;
    }));
    QTRY_COMPARE_WITH_TIMEOUT(longAnswersUnderWay(), QByteArray("0"), 1'000);
}

QTEST_GUILESS_MAIN(TestMariaDbConnection)
#include "tst_mariadb_connection.moc"
