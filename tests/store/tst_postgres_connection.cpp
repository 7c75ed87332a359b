// Sessions with a PostgreSQL server: what they may, what they show, and what they survive.
#include "store/postgres/pg_session.h"
#include "support/server_promises.h"

#include <QRegularExpression>
#include <QTemporaryDir>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Promises = ServerPromises<OnPostgres>;
using Purpose = PgConnection::Purpose;

StoreUrl urlOf(const QString& database) {
    return sharedUrl<OnPostgres>(database);
}

} // namespace

class TestPostgresConnection : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void cleanup() { qunsetenv("PGPASSFILE"); }
    void isReadOnlyAtTheServer();
    void numbersParametersOutsideQuotes();
    void valuesAreNoStatements();
    void takesNoSecondStatement();
    void passwordsComeFromAddressOrFileAndAreNotShown();
    void verifiesCertificatesOffThisMachine();
    void refusesAWrongCertificate();
    void givesUpWhatNeverAnswers() { Promises::givesUpWhatNeverAnswers(); }
    void showsNoticesEscaped();
    void stopsWhenCancelled() { Promises::stopsWhenCancelled(); }
    void comesBackAfterARestart() { Promises::comesBackAfterARestart(); }
    void failsInMidResultAndComesBack() {
        Promises::failsInMidResultAndComesBack(1000, {Error::Kind::Unreachable});
    }
    void answersAVisitorsQuestionsMeanwhile() { Promises::answersAVisitorsQuestionsMeanwhile(); }
    void resolvesALostCommit_data() { Promises::resolvesALostCommit_data(); }
    void resolvesALostCommit() { Promises::resolvesALostCommit(); }
    void refusesASchemaThatIsNotFree() { Promises::refusesWhatIsNotFree(u"schema"_s); }
    void twoStoresLieInTwoSchemas();

  private:
    QTemporaryDir m_home;
};

void TestPostgresConnection::isReadOnlyAtTheServer() {
    const QString database = sharedPostgresServer().makeDatabase();
    OtherSession session(sharedPostgresServer(), database);
    QVERIFY(session.run("CREATE TABLE t(x int)"));
    ASSIGN_RESULT(reading, PgConnection::open(urlOf(database), Purpose::Read));
    const auto written = reading->execute(plain("INSERT INTO public.t VALUES(1)"));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Error::Kind::Storage);
    QVERIFY2(written.error().what.contains(u"read-only transaction"),
             qPrintable(written.error().what));
    QVERIFY(!reading->execute(plain("DROP TABLE public.t")));
    QVERIFY_RESULT(reading->execute(plain("SELECT * FROM public.t")));
    ASSIGN_RESULT(writing, PgConnection::open(urlOf(database), Purpose::Write));
    QVERIFY_RESULT(writing->execute(plain("INSERT INTO public.t VALUES(1)")));
    ASSIGN_RESULT(durable, writing->execute(plain("SHOW synchronous_commit")));
    QCOMPARE(toQString(durable.text(0, 0)), u"on"_s);
}

void TestPostgresConnection::numbersParametersOutsideQuotes() {
    QCOMPARE(numberedParameters(u"SELECT \"a?\"\"?\", 'b?''?' WHERE x=? AND y>?"_s),
             QByteArray("SELECT \"a?\"\"?\", 'b?''?' WHERE x=$1 AND y>$2"));
}

void TestPostgresConnection::valuesAreNoStatements() {
    ASSIGN_RESULT(reading, PgConnection::open(urlOf(u"postgres"_s), Purpose::Read));
    const QString odd = u"'); DROP TABLE x; -- \" \\ $1 ?"_s;
    ASSIGN_RESULT(answer, reading->execute({u"SELECT CAST(? AS TEXT)"_s, {odd}}));
    QCOMPARE(toQString(answer.text(0, 0)), odd);
    const auto cut = reading->execute({u"SELECT CAST(? AS TEXT)"_s, {u"a"_s + QChar(0)}});
    QVERIFY(!cut);
    QCOMPARE(cut.error().kind, Error::Kind::Usage);
}

void TestPostgresConnection::takesNoSecondStatement() {
    ASSIGN_RESULT(reading, PgConnection::open(urlOf(u"postgres"_s), Purpose::Read));
    const auto two = reading->execute(plain("SELECT 1; SELECT 2"));
    QVERIFY(!two);
    QVERIFY_RESULT(reading->execute(plain("SELECT 1")));
}

void TestPostgresConnection::passwordsComeFromAddressOrFileAndAreNotShown() {
    PostgresServer server;
    QCOMPARE(server.start(), QString());
    OtherSession admin(server, u"postgres"_s);
    QVERIFY(admin.run("CREATE ROLE ann LOGIN PASSWORD 'sesame open'"));
    const QString rules = server.folder() + u"/data/pg_hba.conf"_s;
    QFile file(rules);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("host all ann all scram-sha-256\nhost all all all trust\n");
    file.close();
    QVERIFY(admin.run("SELECT pg_reload_conf()"));
    const QString address = u"127.0.0.1:%1/postgres"_s.arg(server.port());
    QTRY_VERIFY(!PgConnection::open(parsed(u"postgresql://ann@"_s + address), Purpose::Read));

    const auto without =
        PgConnection::open(parsed(u"postgresql://ann@"_s + address), Purpose::Read);
    QVERIFY(!without);
    QCOMPARE(without.error().kind, Error::Kind::Password);
    QVERIFY2(without.error().sentence().contains(u"PGPASSFILE"),
             qPrintable(without.error().sentence()));
    const auto wrong =
        PgConnection::open(parsed(u"postgresql://ann:pineapple@"_s + address), Purpose::Read);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, Error::Kind::Password);
    QVERIFY2(wrong.error().what.endsWith(u"password authentication failed for user \"ann\""),
             qPrintable(wrong.error().what));
    QVERIFY(!wrong.error().sentence().contains(u"pineapple"));
    QVERIFY_RESULT(
        PgConnection::open(parsed(u"postgresql://ann:sesame%20open@"_s + address), Purpose::Read));
    const QString passwords = m_home.filePath(u"pgpass"_s);
    writeFile(passwords, "127.0.0.1:*:*:ann:sesame open\n");
    qputenv("PGPASSFILE", passwords.toUtf8());
    QVERIFY_RESULT(PgConnection::open(parsed(u"postgresql://ann@"_s + address), Purpose::Read));
}

void TestPostgresConnection::verifiesCertificatesOffThisMachine() {
    const auto modeOf = [](const QString& url) {
        for (const auto& [key, value] : connectionKeywords(parsed(url), {}).pairs)
            if (qstrcmp(key, "sslmode") == 0)
                return value;
        return QByteArray();
    };
    QCOMPARE(modeOf(u"postgresql://db.example.org/shop"_s), QByteArray("verify-full"));
    QCOMPARE(modeOf(u"postgresql://localhost,db.example.org/shop"_s), QByteArray("verify-full"));
    QCOMPARE(modeOf(u"postgresql://localhost/shop"_s), QByteArray("prefer"));
    QCOMPARE(modeOf(u"postgresql://db.example.org/shop?sslmode=require"_s), QByteArray("require"));
}

void TestPostgresConnection::refusesAWrongCertificate() {
    PostgresServer server;
    QCOMPARE(server.start(), QString());
    server.stop();
    const QString key = server.folder() + u"/data/server.key"_s;
    const QString certificate = server.folder() + u"/data/server.crt"_s;
    QCOMPARE(makeCertificate(key, certificate), 0);
    server.own(key);
    server.own(certificate);
    QCOMPARE(server.startAgain(
                 {u"ssl=on"_s, u"ssl_cert_file="_s + certificate, u"ssl_key_file="_s + key}),
             QString());
    const QString url = server.url(u"postgres"_s);
    QVERIFY_RESULT(PgConnection::open(parsed(url + u"?sslmode=require"_s), Purpose::Read));
    const QString roots = m_home.filePath(u"roots.crt"_s);
    QVERIFY(QFile::copy(certificate, roots));
    const QString trusting = u"?sslrootcert="_s + roots + u"&sslmode="_s;
    QVERIFY_RESULT(PgConnection::open(parsed(url + trusting + u"verify-ca"_s), Purpose::Read));
    const auto misnamed =
        PgConnection::open(parsed(url + trusting + u"verify-full"_s), Purpose::Read);
    QVERIFY(!misnamed);
    QVERIFY2(misnamed.error().what.contains(u"elsewhere"), qPrintable(misnamed.error().what));
    const auto unknown = PgConnection::open(parsed(url + u"?sslmode=verify-full"_s), Purpose::Read);
    QVERIFY(!unknown);
    QVERIFY2(unknown.error().what.contains(u"certificate verify failed"),
             qPrintable(unknown.error().what));
}

void TestPostgresConnection::showsNoticesEscaped() {
    ASSIGN_RESULT(writing, PgConnection::open(urlOf(u"postgres"_s), Purpose::Write));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"danger \\\\x1b\\[2J\\\\x07"_s));
    QVERIFY_RESULT(writing->execute(
        plain("DO $x$ BEGIN RAISE WARNING USING MESSAGE=E'danger \\x1b[2J\\x07'; END $x$")));
    const auto failed = writing->execute(
        plain("DO $x$ BEGIN RAISE EXCEPTION USING MESSAGE=E'bad \\x1b]0;x\\x07'; END $x$"));
    QVERIFY(!failed);
    QVERIFY(!failed.error().what.contains(QChar(0x1b)));
    QVERIFY(failed.error().what.contains(u"bad \\x1b]0;x\\x07"));
}

void TestPostgresConnection::twoStoresLieInTwoSchemas() {
    const QString database = sharedPostgresServer().makeDatabase();
    const QString url = sharedPostgresServer().url(database);
    ASSIGN_RESULT(one, Store::create(parsed(url + u"?schema=one"_s), u"order"_s));
    ASSIGN_RESULT(two, Store::create(parsed(url + u"?schema=Two%20%22quoted"_s), {}));
    QCOMPARE(one->info().domain, u"order"_s);
    QCOMPARE(two->info().domain, QString());
    QVERIFY(one->info().storeId != two->info().storeId);
    const std::array event{happened(u"a"_s)};
    QVERIFY_RESULT((*two->writer())->append(u"s-1"_s, ExpectedVersion::any(), event));
    QCOMPARE((*one->reader().head()).value(), 0);
    QCOMPARE((*two->reader().head()).value(), 1);
}

QTEST_GUILESS_MAIN(TestPostgresConnection)
#include "tst_postgres_connection.moc"
