// Sessions with a PostgreSQL server: what they may, what they show, and what they survive.
#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_session.h"
#include "store/store.h"
#include "support/cutting_proxy.h"
#include "support/postgres_server.h"
#include "support/scratch_store.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;
using namespace Qt::StringLiterals;

namespace {

using Purpose = PgConnection::Purpose;

StoreUrl parsed(const QString& url) {
    const auto parsedUrl = StoreUrl::parse(url);
    if (!parsedUrl)
        qFatal("%s", qPrintable(parsedUrl.error().sentence()));
    return *parsedUrl;
}

StoreUrl urlOf(const QString& database) {
    return parsed(sharedPostgresServer().url(database));
}

BoundSql plain(const char* sql) {
    return {QString::fromUtf8(sql), {}};
}

NewEvent newEvent(const QString& id) {
    return {id, u"Happened"_s, "{}", {}, {}, {}, Timestamp(1)};
}

void writeFile(const QString& path, const QByteArray& text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(path));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
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
    void givesUpWhatNeverAnswers();
    void showsNoticesEscaped();
    void stopsWhenCancelled();
    void comesBackAfterARestart();
    void failsInMidResultAndComesBack();
    void answersAVisitorsQuestionsMeanwhile();
    void resolvesALostCommit_data();
    void resolvesALostCommit();
    void refusesASchemaThatIsNotFree();
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
    const auto made =
        runProgram(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s,
                                  u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=elsewhere"_s, u"-keyout"_s,
                                  key, u"-out"_s, certificate});
    QCOMPARE(made.exitCode, 0);
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

void TestPostgresConnection::givesUpWhatNeverAnswers() {
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    QCOMPARE(::bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
    ::listen(listening, 8);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
    QElapsedTimer timer;
    timer.start();
    const auto store =
        Store::open(parsed(u"postgresql://ann@127.0.0.1:%1/shop?connect_timeout=2"_s.arg(
                        ntohs(address.sin_port))),
                    Store::Access::Read);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::Unreachable);
    QVERIFY2(store.error().what.contains(u"timeout"), qPrintable(store.error().what));
    QVERIFY(timer.elapsed() < 10'000);
    // Who does not want to wait as long need not.
    const CancelToken cancel;
    std::jthread later([&cancel] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        cancel.cancel();
    });
    timer.restart();
    const auto cancelled =
        Store::open(parsed(u"postgresql://ann@127.0.0.1:%1/shop"_s.arg(ntohs(address.sin_port))),
                    Store::Access::Read, cancel);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().kind, Error::Kind::Cancelled);
    QVERIFY(timer.elapsed() < 1'000);
    ::close(listening);
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

void TestPostgresConnection::stopsWhenCancelled() {
    ASSIGN_RESULT(reading, PgConnection::open(urlOf(u"postgres"_s), Purpose::Read));
    const CancelToken cancel;
    std::jthread later([&cancel] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        cancel.cancel();
    });
    QElapsedTimer timer;
    timer.start();
    const auto slept = reading->execute(plain("SELECT pg_sleep(60)"), cancel);
    QVERIFY(!slept);
    QCOMPARE(slept.error().kind, Error::Kind::Cancelled);
    QVERIFY(timer.elapsed() < 5'000);
    QVERIFY_RESULT(reading->execute(plain("SELECT 1")));
}

void TestPostgresConnection::comesBackAfterARestart() {
    PostgresServer server;
    QCOMPARE(server.start(), QString());
    const QString database = server.makeDatabase();
    ASSIGN_RESULT(store, Store::create(parsed(server.url(database)), {}));
    const std::array first{newEvent(u"a"_s)};
    QVERIFY_RESULT((*store->writer())->append(u"s-1"_s, ExpectedVersion::any(), first));
    QCOMPARE((*store->reader().head()).value(), 1);
    server.stop();
    const auto gone = store->reader().head();
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, Error::Kind::Unreachable);
    QCOMPARE(server.startAgain(), QString());
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head.value(), 1);
    const std::array second{newEvent(u"b"_s)};
    QVERIFY_RESULT((*store->writer())->append(u"s-1"_s, ExpectedVersion::exactly(1_v), second));
    ASSIGN_RESULT(reading, PgConnection::open(parsed(server.url(database)), Purpose::Read));
    server.stop();
    QCOMPARE(server.startAgain(), QString());
    const auto written = reading->execute(plain("CREATE TABLE public.x(y int)"));
    QVERIFY(!written);
    QVERIFY2(written.error().what.contains(u"read-only"), qPrintable(written.error().what));
}

void TestPostgresConnection::failsInMidResultAndComesBack() {
    const QString database = sharedPostgresServer().makeDatabase();
    ASSIGN_RESULT(store, Store::create(urlOf(database), {}));
    int given = 0;
    QVERIFY_RESULT((*store->writer())->importAll([&]() -> Result<std::optional<ImportedEvent>> {
        if (++given > 1000)
            return std::nullopt;
        return ImportedEvent{u"s-1"_s, std::nullopt, newEvent(QString::number(given)), {}};
    }));
    OtherSession session(sharedPostgresServer(), database);
    int seen = 0;
    const auto cut = store->reader().forEach(
        {},
        [&](RecordedEvent&&) {
            if (++seen == 50)
                session.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                            "datname=current_database() AND pid<>pg_backend_pid()");
            return true;
        },
        {});
    QVERIFY(!cut);
    QCOMPARE(cut.error().kind, Error::Kind::Unreachable);
    QVERIFY(seen < 1000);
    ASSIGN_RESULT(all, store->reader().read({}));
    QCOMPARE(all.size(), 1000u);
}

void TestPostgresConnection::answersAVisitorsQuestionsMeanwhile() {
    const QString database = sharedPostgresServer().makeDatabase();
    ASSIGN_RESULT(store, Store::create(urlOf(database), {}));
    int given = 0;
    QVERIFY_RESULT((*store->writer())->importAll([&]() -> Result<std::optional<ImportedEvent>> {
        if (++given > 700)
            return std::nullopt;
        return ImportedEvent{
            u"s-%1"_s.arg(given % 7), std::nullopt, newEvent(QString::number(given)), {}};
    }));
    int seen = 0;
    const auto done =
        store->reader().forEach({},
                                [&](RecordedEvent&& event) {
                                    const auto same =
                                        store->reader().eventById(toQString(event.id()));
                                    EventQuery query;
                                    query.stream = toQString(event.stream());
                                    query.upTo = event.position();
                                    const auto before = store->reader().read(query);
                                    if (same && *same && (*same)->position() == event.position() &&
                                        before && qint64(before->size()) == event.version().value())
                                        ++seen;
                                    return true;
                                },
                                {});
    QVERIFY_RESULT(done);
    QCOMPARE(seen, 700);
}

void TestPostgresConnection::resolvesALostCommit_data() {
    QTest::addColumn<bool>("isCommitted");
    QTest::newRow("the server had it") << true;
    QTest::newRow("the server never had it") << false;
}

void TestPostgresConnection::resolvesALostCommit() {
    QFETCH(bool, isCommitted);
    const QString database = sharedPostgresServer().makeDatabase();
    QVERIFY_RESULT(Store::create(urlOf(database), {}));
    CuttingProxy proxy(sharedPostgresServer().port());
    ASSIGN_RESULT(store,
                  Store::open(parsed(u"postgresql://rewindow@127.0.0.1:%1/%2?sslmode=disable"_s
                                         .arg(proxy.port())
                                         .arg(database)),
                              Store::Access::ReadWrite));
    ASSIGN_RESULT(writer, store->writer());
    const std::array events{newEvent(u"a"_s), newEvent(u"b"_s)};
    // A transaction begins with a word that goes on: COMMITTED.
    proxy.cutAt(QByteArray("COMMIT\0", 7), isCommitted ? CuttingProxy::Cut::BeforeTheClientHears
                                                       : CuttingProxy::Cut::BeforeTheServerHears);
    const auto outcome = writer->append(u"s-1"_s, ExpectedVersion::exactly(0_v), events);
    QCOMPARE(proxy.cuts(), 1);
    if (isCommitted) {
        QVERIFY_RESULT(outcome);
        const auto appended = std::get<Appended>(*outcome);
        QVERIFY(!appended.wasThere);
        QVERIFY(appended.version == 2_v);
        QVERIFY(appended.position == 2_pos);
    } else {
        QVERIFY(!outcome);
        QVERIFY2(outcome.error().what.contains(u"nothing was appended"),
                 qPrintable(outcome.error().what));
    }
    QCOMPARE((*store->reader().head()).value(), isCommitted ? 2 : 0);
    ASSIGN_RESULT(again, writer->append(u"s-1"_s, ExpectedVersion::exactly(0_v), events));
    QCOMPARE(std::get<Appended>(again).wasThere, isCommitted);
    QCOMPARE((*store->reader().head()).value(), 2);
}

void TestPostgresConnection::refusesASchemaThatIsNotFree() {
    const QString database = sharedPostgresServer().makeDatabase();
    QVERIFY_RESULT(Store::create(urlOf(database), {}));
    const auto again = Store::create(urlOf(database), {});
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Usage);
    QVERIFY(again.error().sentence().contains(u"schema"));
}

void TestPostgresConnection::twoStoresLieInTwoSchemas() {
    const QString database = sharedPostgresServer().makeDatabase();
    const QString url = sharedPostgresServer().url(database);
    ASSIGN_RESULT(one, Store::create(parsed(url + u"?schema=one"_s), u"order"_s));
    ASSIGN_RESULT(two, Store::create(parsed(url + u"?schema=Two%20%22quoted"_s), {}));
    QCOMPARE(one->info().domain, u"order"_s);
    QCOMPARE(two->info().domain, QString());
    QVERIFY(one->info().storeId != two->info().storeId);
    const std::array event{newEvent(u"a"_s)};
    QVERIFY_RESULT((*two->writer())->append(u"s-1"_s, ExpectedVersion::any(), event));
    QCOMPARE((*one->reader().head()).value(), 0);
    QCOMPARE((*two->reader().head()).value(), 1);
}

QTEST_GUILESS_MAIN(TestPostgresConnection)
#include "tst_postgres_connection.moc"
