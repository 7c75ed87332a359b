// A store explored from a MariaDB replica, and from what was one when its primary is lost.
#include "store/store.h"
#include "support/mariadb_server.h"
#include "support/test_support.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Positions = std::vector<qint64>;

/// As evtstore makes it.
const char* const kTable =
    "CREATE TABLE events(position bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, "
    "version int, stream varchar(255), aggregate_id varchar(255), timestamp datetime, event text, "
    "UNIQUE(stream, aggregate_id, version))";

/// Appends, one in ten taken back.
void write(const MariaDbServer& server, const QString& database, int writer, int events) {
    OtherMariaDbSession session(server, database);
    QRandomGenerator random(quint32(writer) + 1);
    for (int event = 1; event <= events; ++event) {
        session.run("BEGIN");
        session.run("INSERT INTO events(version,stream,aggregate_id,timestamp,event) VALUES(" +
                    QByteArray::number(event) + ",'w','" + QByteArray::number(writer) +
                    "',utc_timestamp(),'{\"type\":\"Happened\"}')");
        std::this_thread::sleep_for(std::chrono::microseconds(random.bounded(5000)));
        session.run(random.bounded(10) == 0 ? "ROLLBACK" : "COMMIT");
    }
}

Positions positionsIn(const MariaDbServer& server, const QString& database) {
    OtherMariaDbSession session(server, database);
    Positions positions;
    for (const auto& row : session.rows("SELECT position FROM events ORDER BY 1"))
        positions.push_back(row[0].toLongLong());
    return positions;
}

} // namespace

class TestMariaDbReplica : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void followsFromTheReplica();
    void goesOnWhenTheReplicaIsPromoted();

  private:
    /// Takes what is new, until there is as much as `wanted`.
    static void follow(EventReader& reader, Positions& delivered, std::size_t wanted) {
        QElapsedTimer timer;
        timer.start();
        while (delivered.size() < wanted && timer.elapsed() < 60'000) {
            EventQuery query;
            query.after = GlobalPosition(delivered.empty() ? 0 : delivered.back());
            const auto done = reader.forEach(query, [&](RecordedEvent&& event) {
                delivered.push_back(event.position().value());
                return true;
            });
            if (!done)
                qFatal("%s", qPrintable(done.error().sentence()));
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    QTemporaryDir m_home;
    MariaDbServer m_primary;
    MariaDbServer m_replica;
    QString m_database;
    std::unique_ptr<Store> m_store;
    Positions m_delivered;
};

void TestMariaDbReplica::initTestCase() {
    qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8());
    QCOMPARE(m_primary.start({u"--log-bin=bin"_s, u"--server-id=1"_s}), QString());
    QCOMPARE(m_replica.start({u"--server-id=2"_s, u"--read-only=1"_s}), QString());
    OtherMariaDbSession replica(m_replica, QString());
    QVERIFY2(replica.run("CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=" +
                         QByteArray::number(m_primary.port()) +
                         ", MASTER_USER='rewindow', MASTER_USE_GTID=slave_pos; START SLAVE"),
             replica.lastError().constData());
    m_database = m_primary.makeDatabase();
    OtherMariaDbSession primary(m_primary, m_database);
    QVERIFY(primary.run(kTable));
    const QByteArray there = "SELECT count(*) FROM information_schema.tables WHERE "
                             "table_name='events' AND table_schema='" +
                             m_database.toUtf8() + "'";
    QTRY_COMPARE_WITH_TIMEOUT(replica.value(there), QByteArray("1"), 30'000);
    ASSIGN_RESULT(store,
                  Store::open(*StoreUrl::parse(m_replica.url(m_database)), Store::Access::Read));
    m_store = std::move(store);
}

void TestMariaDbReplica::followsFromTheReplica() {
    std::jthread writing([&] {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 4; ++writer)
            writers.emplace_back([&, writer] { write(m_primary, m_database, writer, 50); });
    });
    follow(m_store->reader(), m_delivered, 100);
    writing.join();
    const Positions all = positionsIn(m_primary, m_database);
    QVERIFY(qint64(all.size()) < all.back());
    follow(m_store->reader(), m_delivered, all.size());
    QVERIFY(m_delivered == all);
    QVERIFY(!m_store->reader().edge().assumed.empty());
}

void TestMariaDbReplica::goesOnWhenTheReplicaIsPromoted() {
    m_primary.stop();
    OtherMariaDbSession replica(m_replica, m_database);
    QVERIFY(replica.run("STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only=0"));
    const qint64 lastAssumed = m_store->reader().edge().assumed.back().last.value();
    for (int writer = 4; writer < 8; ++writer)
        write(m_replica, m_database, writer, 25);
    const Positions all = positionsIn(m_replica, m_database);
    QVERIFY(all.size() > m_delivered.size() + 50);
    QElapsedTimer timer;
    timer.start();
    follow(m_store->reader(), m_delivered, all.size());
    QVERIFY(m_delivered == all);
    // Who writes is seen again: nothing has to be assumed, nor waited for.
    QVERIFY2(timer.elapsed() < 8'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_store->reader().edge().assumed.back().last.value(), lastAssumed);
}

QTEST_GUILESS_MAIN(TestMariaDbReplica)
#include "tst_mariadb_replica.moc"
