// Following the log of a foreign store on a MariaDB server while others write to it.
#include "store/store.h"
#include "support/mariadb_server.h"
#include "support/test_support.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <random>
#include <thread>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWriters = 8;
constexpr int kEventsOfAWriter = 250;
constexpr int kReaders = 6;

/// As evtstore makes it.
const char* const kTable =
    "CREATE TABLE events(position bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, "
    "version int, stream varchar(255), aggregate_id varchar(255), timestamp datetime, event text, "
    "UNIQUE(stream, aggregate_id, version))";

QByteArray insertion(int writer, int version) {
    return "INSERT INTO events(version,stream,aggregate_id,timestamp,event) VALUES(" +
           QByteArray::number(version) + ",'w','" + QByteArray::number(writer) +
           "',utc_timestamp(),'{\"type\":\"Happened\"}')";
}

} // namespace

class TestMariaDbTail : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void init() {
        m_database = sharedMariaDbServer().makeDatabase();
        m_one = std::make_unique<OtherMariaDbSession>(sharedMariaDbServer(), m_database);
        m_two = std::make_unique<OtherMariaDbSession>(sharedMariaDbServer(), m_database);
        QVERIFY(m_one->run(kTable));
    }
    void waitsForAnOpenTransaction();
    void passesWhatWasTakenBack();
    void assumesWhatItMayNotSee();
    void skipsNothingHoweverTransactionsInterleave();

  private:
    Result<std::unique_ptr<Store>> open(const QString& user = u"rewindow"_s) const {
        const auto url = StoreUrl::parse(sharedMariaDbServer().url(m_database, user));
        return url ? Store::open(*url, Store::Access::Read) : std::unexpected(url.error());
    }
    /// Draws a position and goes on, while a later one is committed.
    void leaveAGap(int version) {
        QVERIFY(m_one->run("BEGIN; " + insertion(1, version)));
        QVERIFY(m_two->run(insertion(2, version)));
    }
    static qint64 headOf(Store& store) {
        const auto head = store.reader().head();
        return head ? head->value() : -1;
    }

    QTemporaryDir m_home;
    QString m_database;
    std::unique_ptr<OtherMariaDbSession> m_one;
    std::unique_ptr<OtherMariaDbSession> m_two;
};

void TestMariaDbTail::waitsForAnOpenTransaction() {
    QVERIFY(m_one->run(insertion(1, 1)));
    ASSIGN_RESULT(store, open());
    QCOMPARE(headOf(*store), 1);
    leaveAGap(2);
    for (int look = 0; look < 5; ++look)
        QCOMPARE(headOf(*store), 1);
    QVERIFY(m_two->run(insertion(2, 3)));
    QCOMPARE(headOf(*store), 1);
    ASSIGN_RESULT(before, store->reader().read({}));
    QCOMPARE(before.size(), 1u);
    QVERIFY(m_one->run("COMMIT"));
    QCOMPARE(headOf(*store), 4);
    ASSIGN_RESULT(after, store->reader().read({}));
    QCOMPARE(after.size(), 4u);
    QCOMPARE(toQString(after[1].stream()), u"w-1"_s);
}

void TestMariaDbTail::passesWhatWasTakenBack() {
    QVERIFY(m_one->run(insertion(1, 1)));
    ASSIGN_RESULT(store, open());
    leaveAGap(2);
    QCOMPARE(headOf(*store), 1);
    QVERIFY(m_one->run("ROLLBACK"));
    QTRY_COMPARE(headOf(*store), 3);
    // One that is opened now has it behind itself.
    ASSIGN_RESULT(later, open());
    QCOMPARE(headOf(*later), 3);
}

void TestMariaDbTail::assumesWhatItMayNotSee() {
    QVERIFY(m_one->run("CREATE OR REPLACE USER looker@'%'; GRANT SELECT ON " + m_database.toUtf8() +
                       ".* TO looker@'%'"));
    QVERIFY(m_one->run(insertion(1, 1)));
    ASSIGN_RESULT(store, open(u"looker"_s));
    leaveAGap(2);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 3'000)
        QVERIFY(headOf(*store) < 2);
    QVERIFY(m_one->run("ROLLBACK"));
    QTRY_COMPARE_WITH_TIMEOUT(headOf(*store), 3, 20'000);
}

void TestMariaDbTail::skipsNothingHoweverTransactionsInterleave() {
    std::atomic<int> writing = kWriters;
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer)
        writers.emplace_back([&, writer] {
            OtherMariaDbSession session(sharedMariaDbServer(), m_database);
            std::mt19937 random(static_cast<unsigned>(writer));
            for (int version = 1; version <= kEventsOfAWriter;) {
                session.run("BEGIN");
                session.run(insertion(writer, version));
                std::this_thread::sleep_for(std::chrono::microseconds(random() % 5000));
                const bool isTakenBack = random() % 10 == 0;
                session.run(isTakenBack ? "ROLLBACK" : "COMMIT");
                version += isTakenBack ? 0 : 1;
            }
            --writing;
        });
    std::vector<qint64> seen;
    for (int reader = 1; reader <= kReaders; ++reader) {
        ASSIGN_RESULT(store, open());
        const int enough = kWriters * kEventsOfAWriter * reader / kReaders;
        QElapsedTimer timer;
        timer.start();
        while (int(seen.size()) < enough && timer.elapsed() < 60'000) {
            ASSIGN_RESULT(head, store->reader().head());
            EventQuery query;
            query.after = GlobalPosition(seen.empty() ? 0 : seen.back());
            query.upTo = head;
            if (head <= query.after)
                continue;
            ASSIGN_RESULT(events, store->reader().read(query));
            for (const RecordedEvent& event : events)
                seen.push_back(event.position().value());
        }
    }
    writers.clear();
    QCOMPARE(writing.load(), 0);
    std::vector<qint64> there;
    for (const auto& row : m_one->rows("SELECT position FROM events ORDER BY position"))
        there.push_back(row[0].toLongLong());
    QCOMPARE(there.size(), std::size_t(kWriters * kEventsOfAWriter));
    QCOMPARE(seen.size(), there.size());
    QVERIFY(seen == there);
}

QTEST_GUILESS_MAIN(TestMariaDbTail)
#include "tst_mariadb_tail.moc"
