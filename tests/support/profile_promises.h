// Profiles of any making, and names of any kind, are no statements for a server, whatever it is.
#pragma once

#include "support/hostile_profiles.h"
#include "support/server_kinds.h"

#include <QDir>

namespace rewindow::test {

/// Promises for one Kind of server, each for one test function. `home` is where profiles are looked
/// for.
template <class Kind>
struct ProfilePromises {
    /// Of a store in a table whose every name is odd: the events A and B of the stream s-1, and
    /// others of other streams. `typeColumn` is what is odd in one server's names alone.
    static void readsThroughIdentifiersOfAnyKind(const QString& home, const StoreUrl& url,
                                                 const QByteArray& typeColumn, std::size_t events,
                                                 std::size_t streams);
    static void namesWithANulAreNoTables(const QString& home);
    static void mutatedProfilesRunNoStatement(const QString& home);

  private:
    static StoreUrl urlOf(const QString& database) { return sharedUrl<Kind>(database); }
    static QString profileFile(const QString& home, const QString& name) {
        const QString folder = home + QStringLiteral("/profiles");
        if (!QDir().mkpath(folder))
            qFatal("%s cannot be made", qPrintable(folder));
        return folder + u'/' + name;
    }
};

template <class Kind>
void ProfilePromises<Kind>::readsThroughIdentifiersOfAnyKind(const QString& home,
                                                             const StoreUrl& url,
                                                             const QByteArray& typeColumn,
                                                             std::size_t events,
                                                             std::size_t streams) {
    using namespace Qt::StringLiterals;
    const QString profile = profileFile(home, u"odd.json"_s);
    writeFile(profile, R"({"name":"odd","database":")" + Kind::inProfiles() + R"(",
        "recognisedBy":[{"table":"e?'; DROP TABLE x; --","columns":["no?"]}],
        "events":{"table":"e?'; DROP TABLE x; --","position":"no?","stream":"na\"me",
        "version":{"column":"v;","countsFrom":0},"type":")" +
                           typeColumn + R"(",
        "data":{"column":"data","encoding":"json-bytes"},"recordedAt":"at"}})");
    ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
    QCOMPARE(store->info().profile, u"odd"_s);
    ASSIGN_RESULT(all, store->reader().read({}));
    QCOMPARE(all.size(), events);
    QVERIFY(all[0].data() == R"({"n":1})");
    QVERIFY(all[0].version() == 1_v);
    QCOMPARE(all[0].recordedAt().toString(), u"2026-11-24T10:00:00.500000Z"_s);
    QVERIFY(all[1].data().empty());
    QVERIFY(all[1].recordedAt() == Timestamp());
    ASSIGN_RESULT(filter, EventFilter::parse(u"type:A version=1"_s));
    EventQuery query;
    query.filter = filter;
    ASSIGN_RESULT(found, store->reader().read(query));
    QCOMPARE(found.size(), 1u);
    ASSIGN_RESULT(summaries, store->reader().streams({}));
    QCOMPARE(summaries.size(), streams);
    ASSIGN_RESULT(one, store->reader().stream(u"s-1"_s));
    QCOMPARE(one->events, 2);
    QVERIFY(QFile::remove(profile));
}

template <class Kind>
void ProfilePromises<Kind>::namesWithANulAreNoTables(const QString& home) {
    const QString database = Kind::shared().makeDatabase();
    typename Kind::Session session(Kind::shared(), database);
    QVERIFY(session.run("CREATE TABLE log(no bigint, name varchar(9), v bigint, kind text, data "
                        "text); INSERT INTO log VALUES(1,'s-1',1,'A','{}')"));
    const QString profile = profileFile(home, QStringLiteral("nul.json"));
    writeFile(profile, logProfile("nul", Kind::inProfiles(), false));
    QVERIFY_RESULT(Store::open(urlOf(database), Store::Access::Read));
    for (const QByteArray& text : profilesWithANul(Kind::inProfiles())) {
        writeFile(profile, text);
        const auto store = Store::open(urlOf(database), Store::Access::Read);
        QVERIFY2(!store || !(*store)->reader().read({}), text.constData());
    }
    QVERIFY(QFile::remove(profile));
}

template <class Kind>
void ProfilePromises<Kind>::mutatedProfilesRunNoStatement(const QString& home) {
    using Connection = typename Kind::Connection;
    const QString database = Kind::shared().makeDatabase();
    typename Kind::Session session(Kind::shared(), database);
    QVERIFY(session.run("CREATE TABLE log(no bigint, name varchar(9), v bigint, kind text, data "
                        "text, flag text); INSERT INTO log VALUES(1,'s-1',1,'A','{}','x');"
                        "CREATE TABLE victim(x int)"));
    ProfileMutator mutator(logProfile("mutant", Kind::inProfiles(), true), Kind::kLock);
    // A session that only reads drops nothing, whoever asked it to. What it may do is lock, and
    // that is seen.
    const auto lockHolders = [&session] { return session.value(Kind::kLockHolders); };
    {
        ASSIGN_RESULT(reading, Connection::open(urlOf(database), Connection::Purpose::Read));
        QVERIFY_RESULT(reading->execute(QStringLiteral("SELECT ") + QLatin1String(Kind::kLock)));
        QCOMPARE(lockHolders(), QByteArray("1"));
    }
    QTRY_COMPARE(lockHolders(), QByteArray("0"));
    const QString profile = profileFile(home, QStringLiteral("mutant.json"));
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

} // namespace rewindow::test
