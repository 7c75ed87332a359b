// Following a log on a PostgreSQL server while several writers commit in any order.
#include "store/store.h"
#include "support/emmett_table.h"
#include "support/scratch_store.h"
#include "support/tail_load.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;
using namespace Qt::StringLiterals;

namespace {

void writeForeign(const QString& database, const TailLoad& load, int number) {
    OtherSession session(sharedPostgresServer(), database);
    QRandomGenerator random(quint32(number) + 1);
    for (int event = 0; event < load.events; ++event) {
        session.run("BEGIN");
        // Some draw long before they insert.
        const bool drawsFirst = random.bounded(4) == 0;
        QByteArray insert = emmettInsertion(number, event);
        if (drawsFirst) {
            const QByteArray position =
                session.value("SELECT nextval('emt_global_message_position')");
            insert.replace("emt_messages(", "emt_messages(global_position,")
                .replace("VALUES(", "VALUES(" + position + ",");
            std::this_thread::sleep_for(
                std::chrono::microseconds(random.bounded(load.mostDelayMs * 1000)));
        }
        session.run(insert);
        std::this_thread::sleep_for(
            std::chrono::microseconds(random.bounded(load.mostDelayMs * 1000)));
        session.run(random.bounded(10) == 0 ? "ROLLBACK" : "COMMIT");
    }
}

void writeOwn(const StoreUrl& url, const TailLoad& load, int number) {
    const auto store = Store::open(url, Store::Access::ReadWrite);
    if (!store)
        qFatal("%s", qPrintable(store.error().sentence()));
    QRandomGenerator random(quint32(number) + 1);
    const auto pause = [&random, &load] {
        std::this_thread::sleep_for(
            std::chrono::microseconds(random.bounded(load.mostDelayMs * 1000)));
    };
    for (int event = 0; event < load.events; ++event) {
        const QString id = u"%1-%2"_s.arg(number).arg(event);
        const ImportedEvent one{u"cart-%1"_s.arg(number),
                                std::nullopt,
                                {id, u"Happened"_s, "{}", {}, {}, {}, Timestamp(1)},
                                {}};
        const bool takesBack = random.bounded(10) == 0;
        int given = 0;
        const auto done =
            (*(*store)->writer())->importAll([&]() -> Result<std::optional<ImportedEvent>> {
                if (given++ == 0)
                    return one;
                pause();
                if (takesBack)
                    return fail(Error::Kind::BadInput, u"no"_s);
                return std::nullopt;
            });
        if (!done && !takesBack)
            qFatal("%s", qPrintable(done.error().sentence()));
    }
}

/// Reads what is new, again and again, until `isOver` and nothing more has come.
Positions follow(const StoreUrl& url, const std::atomic<bool>& isOver, int kills) {
    Positions delivered;
    QRandomGenerator random(99);
    bool wasOver = false;
    for (int life = 0;; ++life) {
        const auto store = Store::open(url, Store::Access::Read);
        if (!store)
            qFatal("%s", qPrintable(store.error().sentence()));
        int looks = 0;
        const int mostLooks = life < kills ? 20 + random.bounded(60) : -1;
        for (; looks != mostLooks; ++looks) {
            const bool isLast = std::exchange(wasOver, isOver.load());
            const auto head = (*store)->reader().head();
            if (!head)
                qFatal("%s", qPrintable(head.error().sentence()));
            EventQuery query;
            query.after = GlobalPosition(delivered.empty() ? 0 : delivered.back());
            query.upTo = *head;
            const auto done = (*store)->reader().forEach(query, [&](RecordedEvent&& event) {
                delivered.push_back(event.position().value());
                return true;
            });
            if (!done)
                qFatal("%s", qPrintable(done.error().sentence()));
            if (isLast && life >= kills)
                return delivered;
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
        }
    }
}

/// The same by the last position alone.
Positions followNaively(const QString& database, const std::atomic<bool>& isOver) {
    OtherSession session(sharedPostgresServer(), database);
    Positions delivered;
    bool wasOver = false;
    while (true) {
        const bool isLast = std::exchange(wasOver, isOver.load());
        const QByteArray last = QByteArray::number(delivered.empty() ? 0 : delivered.back());
        for (const auto& row :
             session.rows("SELECT global_position FROM emt_messages WHERE global_position > " +
                          last + " ORDER BY 1"))
            delivered.push_back(row[0].toLongLong());
        if (isLast)
            return delivered;
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
}

Positions positionsOf(const QString& database, const char* sql) {
    OtherSession session(sharedPostgresServer(), database);
    Positions positions;
    for (const auto& row : session.rows(sql))
        positions.push_back(row[0].toLongLong());
    return positions;
}

} // namespace

class TestPostgresTail : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void followsAForeignLogWithoutSkipping();
    void followsOurOwnLogWithoutSkipping();
    void showsNothingBeyondAGapThatMayBeFilled();
    void waitsForNoReaderAndNoOtherTable();
    void waitsForAPreparedTransaction();
    void isWokenByAnAppend();

  private:
    QString foreign() const {
        const QString database = sharedPostgresServer().makeDatabase();
        OtherSession session(sharedPostgresServer(), database);
        if (!session.run(kEmmettTables))
            qFatal("%s", session.lastError().constData());
        return database;
    }
    static StoreUrl urlOf(const QString& database) {
        return *StoreUrl::parse(sharedPostgresServer().url(database));
    }
    QTemporaryDir m_home;
};

void TestPostgresTail::followsAForeignLogWithoutSkipping() {
    const TailLoad load = TailLoad::now();
    const QString database = foreign();
    std::atomic<bool> isOver = false;
    Positions seen;
    Positions seenNaively;
    {
        std::jthread reader([&] { seen = follow(urlOf(database), isOver, load.kills); });
        std::jthread naive([&] { seenNaively = followNaively(database, isOver); });
        {
            std::vector<std::jthread> writers;
            for (int number = 0; number < load.writers; ++number)
                writers.emplace_back([&, number] { writeForeign(database, load, number); });
        }
        isOver = true;
    }
    const Positions all =
        positionsOf(database, "SELECT global_position FROM emt_messages ORDER BY 1");
    QVERIFY(qint64(all.size()) > load.writers * load.events * 8 / 10);
    QVERIFY(qint64(all.size()) < load.writers * load.events);
    QVERIFY(std::ranges::is_sorted(seen));
    QCOMPARE(seen.size(), all.size());
    QVERIFY(seen == all);
    QVERIFY2(seenNaively.size() < all.size(), "a tail by the last position missed nothing");
}

void TestPostgresTail::followsOurOwnLogWithoutSkipping() {
    const TailLoad load = TailLoad::now();
    const QString database = sharedPostgresServer().makeDatabase();
    QVERIFY_RESULT(Store::create(urlOf(database), {}));
    std::atomic<bool> isOver = false;
    Positions seen;
    {
        std::jthread reader([&] { seen = follow(urlOf(database), isOver, load.kills); });
        {
            std::vector<std::jthread> writers;
            for (int number = 0; number < load.writers; ++number)
                writers.emplace_back([&, number] { writeOwn(urlOf(database), load, number); });
        }
        isOver = true;
    }
    const Positions all = positionsOf(database, "SELECT position FROM events ORDER BY 1");
    QVERIFY(qint64(all.size()) > load.writers * load.events * 8 / 10);
    QCOMPARE(all.back(), qint64(all.size())); // no holes
    QVERIFY(seen == all);
}

void TestPostgresTail::showsNothingBeyondAGapThatMayBeFilled() {
    const QString database = foreign();
    OtherSession slow(sharedPostgresServer(), database);
    OtherSession quick(sharedPostgresServer(), database);
    QVERIFY(quick.run(emmettInsertion(0, 0)));
    ASSIGN_RESULT(store, Store::open(urlOf(database), Store::Access::Read));
    EventReader& reader = store->reader();
    QCOMPARE((*reader.head()).value(), 1);
    QVERIFY(slow.run("BEGIN"));
    QVERIFY(slow.run(emmettInsertion(1, 0))); // position 2
    QVERIFY(quick.run(emmettInsertion(0, 1)));
    QCOMPARE((*reader.head()).value(), 1);
    ASSIGN_RESULT(before, reader.read({}));
    QCOMPARE(before.size(), 1u);
    ASSIGN_RESULT(summary, reader.summary());
    QCOMPARE(summary.events, 1);
    qint64 headers = 0;
    QVERIFY_RESULT(reader.forEachHeader(0_pos, [&](const EventHeader&) { return ++headers > 0; }));
    QCOMPARE(headers, 1);
    ASSIGN_RESULT(waiting, reader.dataVersion());
    QVERIFY(slow.run("ROLLBACK"));
    ASSIGN_RESULT(settled, reader.dataVersion());
    QVERIFY(settled != waiting);
    QCOMPARE((*reader.head()).value(), 3);
    ASSIGN_RESULT(after, reader.read({}));
    QCOMPARE(after.size(), 2u);
}

void TestPostgresTail::waitsForNoReaderAndNoOtherTable() {
    const QString database = foreign();
    OtherSession busy(sharedPostgresServer(), database);
    QVERIFY(busy.run("CREATE TABLE other(x int)"));
    QVERIFY(busy.run("BEGIN; SELECT * FROM emt_messages; INSERT INTO other VALUES(1)"));
    OtherSession quick(sharedPostgresServer(), database);
    QVERIFY(quick.run(emmettInsertion(0, 0)));
    QVERIFY(quick.run("SELECT nextval('emt_global_message_position')"));
    QVERIFY(quick.run(emmettInsertion(0, 1)));
    ASSIGN_RESULT(store, Store::open(urlOf(database), Store::Access::Read));
    QCOMPARE((*store->reader().head()).value(), 3);
}

void TestPostgresTail::waitsForAPreparedTransaction() {
    PostgresServer server;
    QCOMPARE(server.start(), QString());
    server.stop();
    QCOMPARE(server.startAgain({u"max_prepared_transactions=2"_s}), QString());
    const QString database = server.makeDatabase();
    OtherSession session(server, database);
    QVERIFY(session.run(kEmmettTables));
    const auto url = StoreUrl::parse(server.url(database));
    ASSIGN_RESULT(store, Store::open(*url, Store::Access::Read));
    QCOMPARE((*store->reader().head()).value(), 0);
    QVERIFY(session.run("BEGIN"));
    QVERIFY(session.run(emmettInsertion(1, 0)));
    QVERIFY(session.run("PREPARE TRANSACTION 'later'"));
    QVERIFY(session.run(emmettInsertion(0, 0)));
    QCOMPARE((*store->reader().head()).value(), 0);
    QVERIFY(session.run("COMMIT PREPARED 'later'"));
    QCOMPARE((*store->reader().head()).value(), 2);
}

void TestPostgresTail::isWokenByAnAppend() {
    const QString database = sharedPostgresServer().makeDatabase();
    ASSIGN_RESULT(writing, Store::create(urlOf(database), {}));
    ASSIGN_RESULT(store, Store::open(urlOf(database), Store::Access::Read));
    QVERIFY(!store->reader().awaitAppend(50));
    std::atomic<bool> isAppended = false;
    std::jthread writer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        const NewEvent event{u"a"_s, u"Happened"_s, "{}", {}, {}, {}, Timestamp(1)};
        isAppended = (*writing->writer())
                         ->append(u"s-1"_s, ExpectedVersion::any(), std::span(&event, 1))
                         .has_value();
    });
    QElapsedTimer timer;
    timer.start();
    QVERIFY(store->reader().awaitAppend(20'000));
    QVERIFY2(timer.elapsed() < 10'000, "it was not woken");
    writer.join();
    QVERIFY(isAppended);
    QVERIFY(!store->reader().awaitAppend(50));
    QCOMPARE((*store->reader().head()).value(), 1);
    // What was told while nobody waited is not forgotten.
    const NewEvent event{u"b"_s, u"Happened"_s, "{}", {}, {}, {}, Timestamp(1)};
    QVERIFY_RESULT(
        (*writing->writer())->append(u"s-1"_s, ExpectedVersion::any(), std::span(&event, 1)));
    QVERIFY(store->reader().awaitAppend(2'000));
}

QTEST_GUILESS_MAIN(TestPostgresTail)
#include "tst_postgres_tail.moc"
