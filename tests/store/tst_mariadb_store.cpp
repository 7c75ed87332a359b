// Stores on a MariaDB server: what they survive, and what they are read through.
#include "store/mariadb/maria_connection.h"
#include "store/store.h"
#include "support/cutting_proxy.h"
#include "support/hostile_profiles.h"
#include "support/mariadb_server.h"
#include "support/test_support.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;
using namespace Qt::StringLiterals;

namespace {

using Purpose = MariaConnection::Purpose;

StoreUrl parsed(const QString& url) {
    const auto parsedUrl = StoreUrl::parse(url);
    if (!parsedUrl)
        qFatal("%s", qPrintable(parsedUrl.error().sentence()));
    return *parsedUrl;
}

StoreUrl urlOf(const QString& database) {
    return parsed(sharedMariaDbServer().url(database));
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

class TestMariaDbStore : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void comesBackAfterARestart();
    void failsInMidResultAndComesBack();
    void knowsACutInMidAnswerForOne();
    void answersAVisitorsQuestionsMeanwhile();
    void resolvesALostCommit_data();
    void resolvesALostCommit();
    void tellsOfWhatIsNotDurable();
    void readsThroughIdentifiersOfAnyKind();
    void namesWithANulAreNoTables();
    void mutatedProfilesRunNoStatement();
    void refusesADatabaseThatIsNotFree();

  private:
    QTemporaryDir m_home;
};

void TestMariaDbStore::comesBackAfterARestart() {
    MariaDbServer server;
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
    ASSIGN_RESULT(reading, MariaConnection::open(parsed(server.url(database)), Purpose::Read));
    server.stop();
    QCOMPARE(server.startAgain(), QString());
    const auto written = reading->execute(plain("CREATE TABLE x(y int)"));
    QVERIFY(!written);
    QVERIFY2(written.error().what.contains(u"READ ONLY"), qPrintable(written.error().what));
}

void TestMariaDbStore::failsInMidResultAndComesBack() {
    const QString database = sharedMariaDbServer().makeDatabase();
    ASSIGN_RESULT(store, Store::create(urlOf(database), {}));
    int given = 0;
    QVERIFY_RESULT((*store->writer())->importAll([&]() -> Result<std::optional<ImportedEvent>> {
        if (++given > 20'000)
            return std::nullopt;
        return ImportedEvent{u"s-1"_s, std::nullopt, newEvent(QString::number(given)), {}};
    }));
    OtherMariaDbSession session(sharedMariaDbServer(), database);
    int seen = 0;
    const auto cut = store->reader().forEach(
        {},
        [&](RecordedEvent&&) {
            if (++seen == 50)
                for (const auto& other :
                     session.rows("SELECT id FROM information_schema.processlist WHERE "
                                  "db=database() AND id<>connection_id()"))
                    session.run("KILL " + other[0]);
            return true;
        },
        {});
    QVERIFY(!cut);
    // It speaks of the statement or of the session, whichever it comes to first.
    QVERIFY(cut.error().kind == Error::Kind::Storage ||
            cut.error().kind == Error::Kind::Unreachable);
    QVERIFY(seen < 20'000);
    ASSIGN_RESULT(all, store->reader().read({}));
    QCOMPARE(all.size(), 20'000u);
}

void TestMariaDbStore::knowsACutInMidAnswerForOne() {
    const QString database = sharedMariaDbServer().makeDatabase();
    {
        ASSIGN_RESULT(made, Store::create(urlOf(database), {}));
        int given = 0;
        QVERIFY_RESULT((*made->writer())->importAll([&]() -> Result<std::optional<ImportedEvent>> {
            if (++given > 3000)
                return std::nullopt;
            return ImportedEvent{u"s-1"_s, std::nullopt, newEvent(QString::number(given)), {}};
        }));
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

void TestMariaDbStore::answersAVisitorsQuestionsMeanwhile() {
    const QString database = sharedMariaDbServer().makeDatabase();
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

void TestMariaDbStore::resolvesALostCommit_data() {
    QTest::addColumn<bool>("isCommitted");
    QTest::newRow("the server had it") << true;
    QTest::newRow("the server never had it") << false;
}

void TestMariaDbStore::resolvesALostCommit() {
    QFETCH(bool, isCommitted);
    const QString database = sharedMariaDbServer().makeDatabase();
    QVERIFY_RESULT(Store::create(urlOf(database), {}));
    CuttingProxy proxy(sharedMariaDbServer().port());
    ASSIGN_RESULT(
        store,
        Store::open(parsed(u"mysql://rewindow@127.0.0.1:%1/%2"_s.arg(proxy.port()).arg(database)),
                    Store::Access::ReadWrite));
    ASSIGN_RESULT(writer, store->writer());
    const std::array events{newEvent(u"a"_s), newEvent(u"b"_s)};
    proxy.cutAt("COMMIT", isCommitted ? CuttingProxy::Cut::BeforeTheClientHears
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
    QVERIFY(QDir(m_home.path()).mkpath(u"profiles"_s));
    const QString profile = m_home.filePath(u"profiles/odd.json"_s);
    writeFile(profile, R"({"name":"odd","database":"mariadb",
        "recognisedBy":[{"table":"e?'; DROP TABLE x; --","columns":["no?"]}],
        "events":{"table":"e?'; DROP TABLE x; --","position":"no?","stream":"na\"me",
        "version":{"column":"v;","countsFrom":0},"type":"ki'nd`",
        "data":{"column":"data","encoding":"json-bytes"},"recordedAt":"at"}})");
    ASSIGN_RESULT(store, Store::open(urlOf(QString::fromUtf8(QUrl::toPercentEncoding(database))),
                                     Store::Access::Read));
    QCOMPARE(store->info().profile, u"odd"_s);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), 3u);
    QVERIFY(events[0].data() == R"({"n":1})");
    QVERIFY(events[0].version() == 1_v);
    QCOMPARE(events[0].recordedAt().toString(), u"2026-11-24T10:00:00.500000Z"_s);
    QVERIFY(events[1].data().empty());
    QVERIFY(events[1].recordedAt() == Timestamp());
    ASSIGN_RESULT(filter, EventFilter::parse(u"type:A version=1"_s));
    EventQuery query;
    query.filter = filter;
    ASSIGN_RESULT(found, store->reader().read(query));
    QCOMPARE(found.size(), 1u);
    ASSIGN_RESULT(streams, store->reader().streams({}));
    QCOMPARE(streams.size(), 2u);
    ASSIGN_RESULT(one, store->reader().stream(u"s-1"_s));
    QCOMPARE(one->events, 2);
    QVERIFY(QFile::remove(profile));
}

void TestMariaDbStore::namesWithANulAreNoTables() {
    const QString database = sharedMariaDbServer().makeDatabase();
    OtherMariaDbSession session(sharedMariaDbServer(), database);
    QVERIFY(session.run("CREATE TABLE log(no bigint, name varchar(9), v bigint, kind text, data "
                        "text); INSERT INTO log VALUES(1,'s-1',1,'A','{}')"));
    QVERIFY(QDir(m_home.path()).mkpath(u"profiles"_s));
    const QString profile = m_home.filePath(u"profiles/nul.json"_s);
    writeFile(profile, logProfile("nul", "mariadb", false));
    QVERIFY_RESULT(Store::open(urlOf(database), Store::Access::Read));
    for (const QByteArray& text : profilesWithANul("mariadb")) {
        writeFile(profile, text);
        const auto store = Store::open(urlOf(database), Store::Access::Read);
        QVERIFY2(!store || !(*store)->reader().read({}), text.constData());
    }
    QVERIFY(QFile::remove(profile));
}

void TestMariaDbStore::mutatedProfilesRunNoStatement() {
    const QString database = sharedMariaDbServer().makeDatabase();
    OtherMariaDbSession session(sharedMariaDbServer(), database);
    QVERIFY(session.run("CREATE TABLE log(no bigint, name varchar(9), v bigint, kind text, data "
                        "text, flag text); INSERT INTO log VALUES(1,'s-1',1,'A','{}','x');"
                        "CREATE TABLE victim(x int)"));
    ProfileMutator mutator(logProfile("mutant", "mariadb", true), "get_lock('mutant',0)");
    // A session that only reads drops nothing, whoever asked it to. What it may do is lock, and
    // that is seen.
    const auto lockHolders = [&session] {
        return session.value("SELECT is_used_lock('mutant') IS NOT NULL");
    };
    {
        ASSIGN_RESULT(reading,
                      MariaConnection::open(urlOf(database), MariaConnection::Purpose::Read));
        QVERIFY_RESULT(reading->execute(u"SELECT get_lock('mutant',0)"_s));
        QCOMPARE(lockHolders(), QByteArray("1"));
    }
    QTRY_COMPARE(lockHolders(), QByteArray("0"));
    QVERIFY(QDir(m_home.path()).mkpath(u"profiles"_s));
    const QString profile = m_home.filePath(u"profiles/mutant.json"_s);
    int opened = 0;
    for (int mutant = 0; mutant < 1000; ++mutant) {
        const QByteArray text = mutator.next();
        writeFile(profile, text);
        const auto store = Store::open(urlOf(database), Store::Access::ReadWrite);
        if (!store)
            continue;
        ++opened;
        static_cast<void>((*store)->reader().read({}));
        static_cast<void>((*store)->reader().streams({}));
        QVERIFY((*store)->info().readOnly);
        QVERIFY2(lockHolders() == "0", text.constData());
    }
    QVERIFY(opened > 50);
    QCOMPARE(session.value("SELECT count(*) FROM victim"), QByteArray("0"));
    QCOMPARE(session.rows("SELECT * FROM log"),
             (QList<QList<QByteArray>>{{"1", "s-1", "1", "A", "{}", "x"}}));
    QVERIFY(QFile::remove(profile));
}

void TestMariaDbStore::refusesADatabaseThatIsNotFree() {
    const QString database = sharedMariaDbServer().makeDatabase();
    QVERIFY_RESULT(Store::create(urlOf(database), {}));
    const auto again = Store::create(urlOf(database), {});
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Usage);
    QVERIFY(again.error().sentence().contains(u"database"));
}

QTEST_GUILESS_MAIN(TestMariaDbStore)
#include "tst_mariadb_store.moc"
