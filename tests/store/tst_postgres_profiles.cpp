// Profiles of any making, and names of any kind, are no statements for a PostgreSQL server.
#include "store/postgres/pg_connection.h"
#include "store/store.h"
#include "support/hostile_profiles.h"
#include "support/postgres_server.h"
#include "support/test_support.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;
using namespace Qt::StringLiterals;

namespace {

StoreUrl urlOf(const QString& database) {
    const auto url = StoreUrl::parse(sharedPostgresServer().url(database));
    if (!url)
        qFatal("%s", qPrintable(url.error().sentence()));
    return *url;
}

void writeFile(const QString& path, const QByteArray& text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(path));
}

} // namespace

class TestPostgresProfiles : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void readsThroughIdentifiersOfAnyKind();
    void namesWithANulAreNoTables();
    void mutatedProfilesRunNoStatement();

  private:
    QTemporaryDir m_home;
};

void TestPostgresProfiles::readsThroughIdentifiersOfAnyKind() {
    const QString database = sharedPostgresServer().makeDatabase();
    OtherSession session(sharedPostgresServer(), database);
    QVERIFY(session.run("CREATE SCHEMA \"odd\"\"; schema?\""));
    QVERIFY(session.run("CREATE TABLE \"odd\"\"; schema?\".\"e?'; DROP TABLE x; --\"("
                        "\"no?\" bigint, \"na\"\"me\" text, \"v;\" int, \"ki'nd\" text, data "
                        "bytea, \"at\" timestamp)"));
    QVERIFY(session.run("INSERT INTO \"odd\"\"; schema?\".\"e?'; DROP TABLE x; --\" VALUES"
                        "(1,'s-1',0,'A','{\"n\":1}','2026-11-24 10:00:00.5'),"
                        "(2,'s-1',1,'B',NULL,'infinity')"));
    QVERIFY(QDir(m_home.path()).mkpath(u"profiles"_s));
    const QString profile = m_home.filePath(u"profiles/odd.json"_s);
    writeFile(profile, R"({"name":"odd","database":"postgresql",
        "recognisedBy":[{"table":"e?'; DROP TABLE x; --","columns":["no?"]}],
        "events":{"table":"e?'; DROP TABLE x; --","position":"no?","stream":"na\"me",
        "version":{"column":"v;","countsFrom":0},"type":"ki'nd",
        "data":{"column":"data","encoding":"json-bytes"},"recordedAt":"at"}})");
    ASSIGN_RESULT(store, Store::open(urlOf(database), Store::Access::Read));
    QCOMPARE(store->info().profile, u"odd"_s);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), 2u);
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
    QCOMPARE(streams.size(), 1u);
    QVERIFY(QFile::remove(profile));
}

void TestPostgresProfiles::namesWithANulAreNoTables() {
    const QString database = sharedPostgresServer().makeDatabase();
    OtherSession session(sharedPostgresServer(), database);
    QVERIFY(session.run("CREATE TABLE log(no bigint, name varchar(9), v bigint, kind text, data "
                        "text); INSERT INTO log VALUES(1,'s-1',1,'A','{}')"));
    QVERIFY(QDir(m_home.path()).mkpath(u"profiles"_s));
    const QString profile = m_home.filePath(u"profiles/nul.json"_s);
    writeFile(profile, logProfile("nul", "postgresql", false));
    QVERIFY_RESULT(Store::open(urlOf(database), Store::Access::Read));
    for (const QByteArray& text : profilesWithANul("postgresql")) {
        writeFile(profile, text);
        const auto store = Store::open(urlOf(database), Store::Access::Read);
        QVERIFY2(!store || !(*store)->reader().read({}), text.constData());
    }
    QVERIFY(QFile::remove(profile));
}

void TestPostgresProfiles::mutatedProfilesRunNoStatement() {
    const QString database = sharedPostgresServer().makeDatabase();
    OtherSession session(sharedPostgresServer(), database);
    QVERIFY(session.run("CREATE TABLE log(no bigint, name text, v bigint, kind text, data text, "
                        "flag text); INSERT INTO log VALUES(1,'s-1',1,'A','{}','x');"
                        "CREATE TABLE victim(x int)"));
    ProfileMutator mutator(logProfile("mutant", "postgresql", true), "pg_advisory_lock(4711)");
    // A session that only reads drops nothing, whoever asked it to. What it may do is lock, and
    // that is seen.
    const auto lockHolders = [&session] {
        return session.value(
            "SELECT count(*) FROM pg_locks WHERE locktype='advisory' AND objid=4711");
    };
    {
        ASSIGN_RESULT(reading, PgConnection::open(urlOf(database), PgConnection::Purpose::Read));
        QVERIFY_RESULT(reading->execute(u"SELECT pg_advisory_lock(4711)"_s));
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
    QCOMPARE(session.value("SELECT md5(string_agg(l::text,'')) FROM log l"),
             session.value("SELECT md5('(1,s-1,1,A,{},x)')"));
    QVERIFY(QFile::remove(profile));
}

QTEST_GUILESS_MAIN(TestPostgresProfiles)
#include "tst_postgres_profiles.moc"
