// A store explored from a hot standby, which shows nothing of who writes on its primary, and which
// is made the primary itself in the end.
#include "model/session_support.h"
#include "support/emmett_table.h"
#include "support/postgres_server.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <atomic>
#include <mutex>
#include <thread>

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;
using namespace Qt::StringLiterals;

namespace {

using Positions = std::vector<qint64>;

/// Reads what is new, again and again, until `isOver` and `wanted` is there, or nothing came for
/// long. A server that is away is waited for.
class Follower {
  public:
    explicit Follower(const StoreUrl& url)
        : m_thread([this, url](const std::stop_token& stop) { follow(url, stop); }) {}

    Positions delivered() const {
        const std::scoped_lock lock(m_mutex);
        return m_delivered;
    }
    LogEdge edge() const {
        const std::scoped_lock lock(m_mutex);
        return m_edge;
    }
    int failures() const { return m_failures; }

  private:
    void follow(const StoreUrl& url, const std::stop_token& stop) {
        const auto store = Store::open(url, Store::Access::Read);
        if (!store)
            qFatal("%s", qPrintable(store.error().sentence()));
        EventReader& reader = (*store)->reader();
        EventQuery query;
        while (!stop.stop_requested()) {
            Positions found;
            const auto head = reader.head();
            if (head)
                query.upTo = *head;
            const auto done = head ? reader.forEach(query,
                                                    [&](RecordedEvent&& event) {
                                                        query.after = event.position();
                                                        found.push_back(event.position().value());
                                                        return true;
                                                    })
                                   : std::unexpected(head.error());
            {
                const std::scoped_lock lock(m_mutex);
                m_delivered.insert(m_delivered.end(), found.begin(), found.end());
                m_edge = reader.edge();
            }
            m_failures += done ? 0 : 1;
            std::this_thread::sleep_for(std::chrono::milliseconds(done ? 5 : 50));
        }
    }

    mutable std::mutex m_mutex;
    Positions m_delivered;
    LogEdge m_edge;
    std::atomic<int> m_failures = 0;
    std::jthread m_thread;
};

/// Appends carts, one in ten taken back.
void writeCarts(const PostgresServer& server, const QString& database, int writer, int events) {
    OtherSession session(server, database);
    QRandomGenerator random(quint32(writer) + 1);
    for (int event = 0; event < events; ++event) {
        session.run("BEGIN");
        session.run(emmettInsertion(writer, event));
        std::this_thread::sleep_for(std::chrono::microseconds(random.bounded(5000)));
        session.run(random.bounded(10) == 0 ? "ROLLBACK" : "COMMIT");
    }
}

Positions cartsIn(const PostgresServer& server, const QString& database) {
    OtherSession session(server, database);
    Positions positions;
    for (const auto& row : session.rows("SELECT global_position FROM emt_messages ORDER BY 1"))
        positions.push_back(row[0].toLongLong());
    return positions;
}

/// What a reader and the views answer to many questions, as one text.
Result<QStringList> answers(Store& store) {
    QStringList lines;
    const auto add = [&lines](const auto& events) {
        for (const RecordedEvent& event : events)
            lines << u"%1 %2 %3 %4"_s.arg(event.position().value())
                         .arg(toQString(event.stream()), toQString(event.type()),
                              toQString(event.data()));
    };
    EventReader& reader = store.reader();
    EventQuery page;
    page.limit = 100;
    page.newestFirst = true;
    for (const QString& filter : {QString(), u"type:Order*"_s, u"data.quantity>1"_s}) {
        const auto parsed = EventFilter::parse(filter);
        page.filter = *parsed;
        const auto events = reader.read(page);
        if (!events)
            return std::unexpected(events.error());
        add(*events);
    }
    const auto streams = reader.streams({});
    const auto types = reader.eventTypes();
    const auto summary = reader.summary();
    const auto samples = reader.samplePositions({}, 7);
    const auto views = store.views().status();
    if (!streams || !types || !summary || !samples || !views)
        return fail(Error::Kind::Storage, u"a question has no answer"_s);
    lines << u"%1 %2"_s.arg(summary->events).arg(summary->streams);
    for (const TypeCount& type : *types)
        lines << type.type + QString::number(type.count);
    for (const StreamSummary& stream : *streams) {
        lines << stream.stream + QString::number(stream.version.value());
        EventQuery whole;
        whole.stream = stream.stream;
        const auto events = reader.read(whole);
        const auto version = reader.versionAt(stream.stream, 150_pos);
        if (!events || !version)
            return fail(Error::Kind::Storage, u"a stream cannot be read"_s);
        add(*events);
        lines << QString::number(version->value());
    }
    for (const ViewStatus& view : *views) {
        lines << view.name + QString::number(view.checkpoint.value());
        for (const std::optional<GlobalPosition>& at :
             {std::optional<GlobalPosition>(), std::optional(100_pos)}) {
            RowQuery rows;
            rows.at = at;
            const auto found = store.views().rows(view.name, rows);
            if (!found)
                return std::unexpected(found.error());
            for (const ViewRow& row : *found)
                lines << row.id();
        }
    }
    return lines;
}

} // namespace

class TestSessionOnStandby : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QCOMPARE(m_primary.start(), QString());
        QCOMPARE(m_standby.startStandbyOf(m_primary), QString());
    }
    void isExploredLikeItsPrimary();
    void followsAnOwnStore();
    void followsAForeignStore();
    void waitsForWhoIsKnownToBeUnderWay();
    void showsAllOfALogWithOldGaps();
    void goesOnAfterAPromotion();

  private:
    /// Of the standby, or of whatever of both the option `which` lets through.
    StoreUrl urlOn(const QString& database, const QString& which = {}) const {
        if (which.isEmpty())
            return *StoreUrl::parse(m_standby.url(database));
        return *StoreUrl::parse(
            u"postgresql://rewindow@127.0.0.1:%1,127.0.0.1:%2/%3?target_session_attrs=%4"_s
                .arg(m_primary.port())
                .arg(m_standby.port())
                .arg(database, which));
    }
    StoreUrl urlOnPrimary(const QString& database) const {
        return *StoreUrl::parse(m_primary.url(database));
    }
    QString foreign() {
        const QString database = m_primary.makeDatabase();
        OtherSession session(m_primary, database);
        if (!session.run(kEmmettTables))
            qFatal("%s", session.lastError().constData());
        return database;
    }
    /// Until the standby has all that is committed by now.
    void settle() {
        OtherSession primary(m_primary, u"postgres"_s);
        OtherSession standby(m_standby, u"postgres"_s);
        const QByteArray written = primary.value("SELECT pg_current_wal_lsn()");
        const QByteArray question =
            "SELECT pg_last_wal_replay_lsn()>=CAST('" + written + "' AS pg_lsn)";
        QTRY_COMPARE_WITH_TIMEOUT(standby.value(question), QByteArray("t"), 30'000);
    }

    ScratchFolder m_folder;
    PostgresServer m_primary;
    PostgresServer m_standby;
};

void TestSessionOnStandby::isExploredLikeItsPrimary() {
    const QString database = m_primary.makeDatabase();
    {
        ASSIGN_RESULT(made, Store::create(urlOnPrimary(database), u"order"_s));
        QVERIFY_RESULT(writeDemo(*made, 300, 7));
    }
    {
        // Whoever has it open where it can be written catches its views up.
        ASSIGN_RESULT(session, openSession(urlOnPrimary(database).toString()));
        QTRY_VERIFY(!session->views().empty() &&
                    session->views().front().status.checkpoint == session->head());
        QTRY_VERIFY(session->views().back().status.checkpoint == session->head());
    }
    settle();
    ASSIGN_RESULT(primary, Store::open(urlOnPrimary(database), Store::Access::Read));
    ASSIGN_RESULT(expected, answers(*primary));
    QVERIFY(expected.size() > 600);
    for (const QString& which : {QString(), u"prefer-standby"_s, u"standby"_s, u"read-only"_s}) {
        ASSIGN_RESULT(store, Store::open(urlOn(database, which), Store::Access::ReadWrite));
        QVERIFY(store->info().readOnly);
        QVERIFY2(store->info().readOnlyReason.contains(u"standby"),
                 qPrintable(store->info().readOnlyReason));
        ASSIGN_RESULT(found, answers(*store));
        QCOMPARE(found, expected);
    }
    ASSIGN_RESULT(session, openSession(urlOn(database, u"prefer-standby"_s).toString()));
    QSignalSpy failures(session.get(), &Session::failed);
    QTRY_COMPARE(session->summary().events, primary->reader().summary()->events);
    QVERIFY(session->summary().streams > 10);
    QVERIFY(!session->views().empty());
    session->selectStream(u"order-1"_s);
    session->setPlayhead(100_pos);
    QTest::qWait(200);
    QCOMPARE(failures.size(), 0);
}

void TestSessionOnStandby::followsAnOwnStore() {
    const QString database = m_primary.makeDatabase();
    ASSIGN_RESULT(primary, Store::create(urlOnPrimary(database), {}));
    settle();
    ASSIGN_RESULT(session, openSession(urlOn(database).toString()));
    Follower follower(urlOn(database));
    for (int stream = 0; stream < 10; ++stream)
        QVERIFY_RESULT(fillStream(*primary, u"note-%1"_s.arg(stream), 20));
    QTRY_COMPARE_WITH_TIMEOUT(session->head(), 200_pos, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(follower.delivered().size(), 200u, 30'000);
    Positions all;
    for (qint64 position = 1; position <= 200; ++position)
        all.push_back(position);
    QVERIFY(follower.delivered() == all);
    QCOMPARE(follower.failures(), 0);
}

void TestSessionOnStandby::followsAForeignStore() {
    const QString database = foreign();
    settle();
    Follower follower(urlOn(database));
    ASSIGN_RESULT(session, openSession(urlOn(database, u"prefer-standby"_s).toString()));
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 8; ++writer)
            writers.emplace_back([&, writer] { writeCarts(m_primary, database, writer, 100); });
    }
    const Positions all = cartsIn(m_primary, database);
    QVERIFY(qint64(all.size()) < all.back()); // some were taken back
    QTRY_COMPARE_WITH_TIMEOUT(follower.delivered().size(), all.size(), 60'000);
    QVERIFY(follower.delivered() == all);
    QVERIFY(!follower.edge().assumed.empty());
    QCOMPARE(follower.failures(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(session->head().value(), all.back(), 60'000);
}

void TestSessionOnStandby::waitsForWhoIsKnownToBeUnderWay() {
    const QString database = foreign();
    OtherSession slow(m_primary, database);
    OtherSession quick(m_primary, database);
    QVERIFY(quick.run(emmettInsertion(0, 0)));
    settle();
    ASSIGN_RESULT(store, Store::open(urlOn(database), Store::Access::Read));
    EventReader& reader = store->reader();
    QCOMPARE((*reader.head()).value(), 1);
    QVERIFY(slow.run("BEGIN"));
    QVERIFY(slow.run(emmettInsertion(1, 0))); // position 2
    QVERIFY(quick.run(emmettInsertion(0, 1)));
    settle();
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 13'000) {
        QCOMPARE((*reader.head()).value(), 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    const LogGap open{2_pos, 2_pos};
    QVERIFY(reader.edge().open == open);
    ASSIGN_RESULT(provisional, reader.provisional(10));
    QCOMPARE(provisional.size(), 1u);
    QCOMPARE(provisional[0].position(), 3_pos);
    QVERIFY(slow.run("COMMIT"));
    settle();
    QCOMPARE((*reader.head()).value(), 3);
    QVERIFY(reader.edge() == LogEdge());
}

void TestSessionOnStandby::showsAllOfALogWithOldGaps() {
    const QString database = foreign();
    OtherSession session(m_primary, database);
    for (int event = 0; event < 5; ++event) {
        QVERIFY(session.run(emmettInsertion(0, event)));
        QVERIFY(session.run("SELECT nextval('emt_global_message_position')"));
    }
    QVERIFY(session.run("UPDATE emt_messages SET created=now()-interval '1 hour'"));
    settle();
    ASSIGN_RESULT(store, Store::open(urlOn(database), Store::Access::Read));
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(events.size(), 5u);
    QCOMPARE(store->reader().edge().assumed.size(), 4u);
    // What comes after all is not lost.
    QVERIFY(session.run(emmettInsertion(1, 0)
                            .replace("(stream_position", "(global_position,stream_position")
                            .replace("VALUES(", "VALUES(4,")));
    settle();
    ASSIGN_RESULT(late, store->reader().late());
    QCOMPARE(late.size(), 1u);
    QCOMPARE(late[0].position(), 4_pos);
    QCOMPARE(toQString(late[0].stream()), u"cart-1"_s);
}

void TestSessionOnStandby::goesOnAfterAPromotion() {
    const QString database = foreign();
    settle();
    Follower onStandby(urlOn(database));
    Follower onPrimary(urlOn(database, u"primary"_s)); // whichever of both it is
    ASSIGN_RESULT(session, openSession(urlOn(database, u"primary"_s).toString()));
    QSignalSpy failures(session.get(), &Session::failed);
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 4; ++writer)
            writers.emplace_back([&, writer] { writeCarts(m_primary, database, writer, 50); });
    }
    const Positions before = cartsIn(m_primary, database);
    QTRY_COMPARE_WITH_TIMEOUT(session->head().value(), before.back(), 30'000);
    OtherSession lost(m_primary, database);
    QVERIFY(lost.run("BEGIN"));
    QVERIFY(lost.run(emmettInsertion(9, 0))); // goes down with its server
    settle();
    m_primary.stop();
    QTRY_VERIFY(!failures.isEmpty());
    QCOMPARE(session->head().value(), before.back());
    const QString told = failures.front().front().value<Error>().what;
    QVERIFY2(told.contains(u"gone") || told.contains(u"cannot be reached"), qPrintable(told));
    QCOMPARE(m_standby.promote(), QString());
    {
        std::vector<std::jthread> writers;
        for (int writer = 4; writer < 8; ++writer)
            writers.emplace_back([&, writer] { writeCarts(m_standby, database, writer, 50); });
    }
    const Positions all = cartsIn(m_standby, database);
    QVERIFY(all.size() > before.size() + 100);
    QVERIFY(std::equal(before.begin(), before.end(), all.begin()));
    QTRY_COMPARE_WITH_TIMEOUT(onStandby.delivered().size(), all.size(), 60'000);
    QVERIFY(onStandby.delivered() == all);
    QTRY_COMPARE_WITH_TIMEOUT(onPrimary.delivered().size(), all.size(), 60'000);
    QVERIFY(onPrimary.delivered() == all);
    QVERIFY(onPrimary.failures() > 0);
    QTRY_COMPARE_WITH_TIMEOUT(session->head().value(), all.back(), 30'000);
}

QTEST_GUILESS_MAIN(TestSessionOnStandby)
#include "tst_session_on_standby.moc"
