// The program follows a log while several writers commit in any order, and is killed and started
// again: every event comes out once, and in order.
#include "store/store.h"
#include "support/emmett_table.h"
#include "support/mariadb_server.h"
#include "support/postgres_server.h"
#include "support/scratch_store.h"
#include "support/tail_load.h"
#include "support/test_support.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

/// As evtstore makes it.
const char* const kEvtstoreTable =
    "CREATE TABLE events(position bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, "
    "version int, stream varchar(255), aggregate_id varchar(255), timestamp datetime, event text, "
    "UNIQUE(stream, aggregate_id, version))";

void pauseAtMost(QRandomGenerator& random, int milliseconds) {
    std::this_thread::sleep_for(std::chrono::microseconds(random.bounded(milliseconds * 1000)));
}

/// A database with a store in it: how it is written to, and what there is in the end.
class Log {
  public:
    virtual ~Log() = default;
    virtual StoreUrl url() const = 0;
    /// Begins and ends one transaction after another, one in ten taken back, and counts them.
    virtual void write(int writer, const TailLoad& load, std::atomic<int>& ended) = 0;
    virtual Positions positionsAfter(qint64 position) = 0;
    /// Whether positions may be committed in another order than they were drawn.
    virtual bool isAnyOrder() const { return false; }
};

class PostgresLog final : public Log {
  public:
    PostgresLog() {
        if (!m_session.run(kEmmettTables) ||
            !m_session.run("CREATE INDEX ON emt_messages(global_position)"))
            qFatal("%s", m_session.lastError().constData());
    }
    StoreUrl url() const override { return *StoreUrl::parse(sharedPostgresServer().url(m_name)); }
    bool isAnyOrder() const override { return true; }
    void write(int writer, const TailLoad& load, std::atomic<int>& ended) override {
        OtherSession session(sharedPostgresServer(), m_name);
        QRandomGenerator random(quint32(writer) + 1);
        for (int event = 0; event < load.events; ++event) {
            session.run("BEGIN");
            QByteArray insert = emmettInsertion(writer, event);
            if (random.bounded(4) == 0) { // some draw long before they insert
                const QByteArray position =
                    session.value("SELECT nextval('emt_global_message_position')");
                insert.replace("emt_messages(", "emt_messages(global_position,")
                    .replace("VALUES(", "VALUES(" + position + ",");
                pauseAtMost(random, load.mostDelayMs);
            }
            session.run(insert);
            pauseAtMost(random, load.mostDelayMs);
            session.run(random.bounded(10) == 0 ? "ROLLBACK" : "COMMIT");
            ++ended;
        }
    }
    Positions positionsAfter(qint64 position) override {
        Positions all;
        const QByteArray sql = "SELECT global_position FROM emt_messages WHERE global_position>" +
                               QByteArray::number(position) + " ORDER BY 1";
        for (const auto& row : m_session.rows(sql))
            all.push_back(row[0].toLongLong());
        return all;
    }

  private:
    const QString m_name = sharedPostgresServer().makeDatabase();
    OtherSession m_session{sharedPostgresServer(), m_name};
};

class MariaDbLog final : public Log {
  public:
    MariaDbLog() {
        if (!m_session.run(kEvtstoreTable))
            qFatal("%s", m_session.lastError().constData());
    }
    StoreUrl url() const override { return *StoreUrl::parse(sharedMariaDbServer().url(m_name)); }
    bool isAnyOrder() const override { return true; }
    void write(int writer, const TailLoad& load, std::atomic<int>& ended) override {
        OtherMariaDbSession session(sharedMariaDbServer(), m_name);
        QRandomGenerator random(quint32(writer) + 1);
        for (int event = 0; event < load.events; ++event) {
            session.run("BEGIN");
            session.run("INSERT INTO events(version,stream,aggregate_id,timestamp,event) VALUES(" +
                        QByteArray::number(event + 1) + ",'w','" + QByteArray::number(writer) +
                        "',utc_timestamp(),'{\"type\":\"Happened\"}')");
            pauseAtMost(random, load.mostDelayMs);
            session.run(random.bounded(10) == 0 ? "ROLLBACK" : "COMMIT");
            ++ended;
        }
    }
    Positions positionsAfter(qint64 position) override {
        Positions all;
        for (const auto& row : m_session.rows("SELECT position FROM events WHERE position>" +
                                              QByteArray::number(position) + " ORDER BY 1"))
            all.push_back(row[0].toLongLong());
        return all;
    }

  private:
    const QString m_name = sharedMariaDbServer().makeDatabase();
    OtherMariaDbSession m_session{sharedMariaDbServer(), m_name};
};

/// One writer at a time, as always in SQLite.
class SqliteLog final : public Log {
  public:
    explicit SqliteLog(const QString& path) : m_path(path), m_raw(path) {
        m_raw.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
                  "CREATE TABLE emt_streams(stream_id, stream_position, stream_type);"
                  "CREATE TABLE emt_messages(global_position INTEGER PRIMARY KEY AUTOINCREMENT, "
                  "stream_id TEXT, stream_position INTEGER, message_kind TEXT DEFAULT 'E', "
                  "is_archived INTEGER DEFAULT 0, partition TEXT, message_id TEXT, message_type "
                  "TEXT, message_data TEXT, message_metadata TEXT, created TEXT)");
    }
    StoreUrl url() const override { return StoreUrl::sqliteFile(m_path); }
    void write(int writer, const TailLoad& load, std::atomic<int>& ended) override {
        RawSqlite session(m_path);
        session.run("PRAGMA busy_timeout=600000; PRAGMA synchronous=OFF");
        QRandomGenerator random(quint32(writer) + 1);
        for (int event = 1; event <= load.events; ++event) {
            session.run("BEGIN IMMEDIATE");
            session.run("INSERT INTO emt_messages(stream_id,stream_position,message_id,"
                        "message_type,message_data,message_metadata) VALUES('cart-" +
                        QByteArray::number(writer) + "'," + QByteArray::number(event) + ",'" +
                        QByteArray::number(writer) + "-" + QByteArray::number(event) +
                        "','Happened','{}','{}')");
            pauseAtMost(random, load.mostDelayMs);
            session.run(random.bounded(10) == 0 ? "ROLLBACK" : "COMMIT");
            ++ended;
        }
    }
    Positions positionsAfter(qint64 position) override {
        Positions all;
        for (const QString& row :
             m_raw.run("SELECT global_position FROM emt_messages WHERE global_position>" +
                       QByteArray::number(position) + " ORDER BY 1"))
            all.push_back(row.toLongLong());
        return all;
    }

  private:
    const QString m_path;
    RawSqlite m_raw;
};

/// A store of Rewindow's own, wherever it lies.
class OwnLog final : public Log {
  public:
    explicit OwnLog(const StoreUrl& url) : m_url(url) {
        auto made = Store::create(url, {});
        if (!made)
            qFatal("%s", qPrintable(made.error().sentence()));
        m_store = std::move(*made);
    }
    StoreUrl url() const override { return m_url; }
    void write(int writer, const TailLoad& load, std::atomic<int>& ended) override {
        const auto store = Store::open(m_url, Store::Access::ReadWrite);
        if (!store)
            qFatal("%s", qPrintable(store.error().sentence()));
        QRandomGenerator random(quint32(writer) + 1);
        for (int event = 0; event < load.events; ++event) {
            const ImportedEvent one{
                u"cart-%1"_s.arg(writer),
                std::nullopt,
                {u"%1-%2"_s.arg(writer).arg(event), u"Happened"_s, "{}", {}, {}, {}, Timestamp(1)},
                {}};
            const bool takesBack = random.bounded(10) == 0;
            const auto append = [&] {
                int given = 0;
                return (*(*store)->writer())
                    ->importAll([&]() -> Result<std::optional<ImportedEvent>> {
                        if (given++ == 0)
                            return one;
                        pauseAtMost(random, load.mostDelayMs);
                        if (takesBack)
                            return fail(Error::Kind::BadInput, u"no"_s);
                        return std::nullopt;
                    });
            };
            // SQLite lets those who wait in by chance, and one may wait in vain for long.
            auto done = append();
            while (!done && done.error().kind == Error::Kind::Storage &&
                   done.error().what.contains(u"locked"))
                done = append();
            if (done.has_value() == takesBack)
                qFatal("%s", done ? "it was not taken back" : qPrintable(done.error().sentence()));
            ++ended;
        }
    }
    Positions positionsAfter(qint64 position) override {
        EventQuery query;
        query.after = GlobalPosition(position);
        Positions all;
        const auto done = m_store->reader().forEach(query, [&all](RecordedEvent&& event) {
            all.push_back(event.position().value());
            return true;
        });
        if (!done)
            qFatal("%s", qPrintable(done.error().sentence()));
        return all;
    }

  private:
    const StoreUrl m_url;
    std::unique_ptr<Store> m_store;
};

/// `rewindow events --follow`, of which what was printed is kept over its lives.
class FollowingProgram {
  public:
    explicit FollowingProgram(const StoreUrl& url) : m_url(url) { start(); }
    ~FollowingProgram() { kill(); }
    Q_DISABLE_COPY_MOVE(FollowingProgram)

    /// Takes what has been printed for a while.
    void listen(int milliseconds) {
        QElapsedTimer timer;
        timer.start();
        do {
            m_process->waitForReadyRead(std::max<int>(1, milliseconds - int(timer.elapsed())));
            take();
        } while (timer.elapsed() < milliseconds);
    }
    /// Kills it, and starts another one that goes on after the last whole line.
    void killAndResume() {
        kill();
        start();
    }
    const Positions& printed() const { return m_printed; }
    QByteArray complaints() const { return m_complaints; }

  private:
    void start() {
        const qint64 last = m_printed.empty() ? 0 : m_printed.back();
        m_process = std::make_unique<QProcess>();
        m_process->start(rewindowProgram(),
                         {u"events"_s, m_url.toString(), u"--follow"_s, u"--json"_s, u"--filter"_s,
                          u"position>%1"_s.arg(last)});
        if (!m_process->waitForStarted())
            qFatal("%s", qPrintable(m_process->errorString()));
    }
    void kill() {
        if (m_process->state() == QProcess::NotRunning)
            qFatal("it has ended: %s", m_process->readAllStandardError().constData());
        ::kill(static_cast<pid_t>(m_process->processId()), SIGKILL);
        m_process->waitForFinished();
        take();
        m_half.clear(); // a line cut short was not delivered
    }
    void take() {
        m_half += m_process->readAllStandardOutput();
        m_complaints += m_process->readAllStandardError();
        const qsizetype end = m_half.lastIndexOf('\n') + 1;
        for (const QByteArray& line : m_half.left(end).split('\n')) {
            if (line.isEmpty())
                continue;
            const QByteArray key = "\"position\":";
            const qsizetype at = line.indexOf(key);
            const qsizetype stop = line.indexOf(',', at);
            m_printed.push_back(line.mid(at + key.size(), stop - at - key.size()).toLongLong());
        }
        m_half.remove(0, end);
    }

    const StoreUrl m_url;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_half;
    QByteArray m_complaints;
    Positions m_printed;
};

/// What a tail by the last position alone would deliver.
Positions followNaively(Log& log, const std::atomic<bool>& isOver) {
    Positions delivered;
    bool wasOver = false;
    while (true) {
        const bool isLast = std::exchange(wasOver, isOver.load());
        for (const qint64 position : log.positionsAfter(delivered.empty() ? 0 : delivered.back()))
            delivered.push_back(position);
        if (isLast)
            return delivered;
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
}

} // namespace

class TestTailKill : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("REWINDOW_DATA_HOME", m_home.path().toUtf8()); }
    void skipsNothingAndRepeatsNothing_data();
    void skipsNothingAndRepeatsNothing();
    void goesOnWhenItsServerIsBack_data();
    void goesOnWhenItsServerIsBack();

  private:
    std::unique_ptr<Log> made(const QByteArray& which) const {
        if (which == "PostgreSQL, foreign")
            return std::make_unique<PostgresLog>();
        if (which == "MariaDB, foreign")
            return std::make_unique<MariaDbLog>();
        if (which == "PostgreSQL, own")
            return std::make_unique<OwnLog>(*StoreUrl::parse(
                sharedPostgresServer().url(sharedPostgresServer().makeDatabase())));
        if (which == "MariaDB, own")
            return std::make_unique<OwnLog>(
                *StoreUrl::parse(sharedMariaDbServer().url(sharedMariaDbServer().makeDatabase())));
        if (which == "SQLite, foreign")
            return std::make_unique<SqliteLog>(m_home.filePath(u"foreign.db"_s));
        return std::make_unique<OwnLog>(StoreUrl::sqliteFile(m_home.filePath(u"own.db"_s)));
    }

    QTemporaryDir m_home;
};

void TestTailKill::skipsNothingAndRepeatsNothing_data() {
    QTest::addColumn<QByteArray>("which");
    for (const char* which : {"PostgreSQL, foreign", "MariaDB, foreign", "PostgreSQL, own",
                              "MariaDB, own", "SQLite, foreign", "SQLite, own"})
        QTest::newRow(which) << QByteArray(which);
}

void TestTailKill::skipsNothingAndRepeatsNothing() {
    QFETCH(QByteArray, which);
    const TailLoad load = TailLoad::now();
    const auto log = made(which);
    QElapsedTimer timer;
    timer.start();
    FollowingProgram program(log->url());
    const int transactions = load.writers * load.events;
    std::atomic<int> ended = 0;
    std::atomic<bool> isOver = false;
    Positions naively;
    int kills = 0;
    {
        std::jthread naive;
        if (log->isAnyOrder())
            naive = std::jthread([&] { naively = followNaively(*log, isOver); });
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < load.writers; ++writer)
            writers.emplace_back([&, writer] { log->write(writer, load, ended); });
        QRandomGenerator random(99);
        while (ended < transactions || kills < load.kills) {
            program.listen(20);
            // After as many transactions each time, and at any instant within a round.
            if (kills < load.kills && ended >= transactions / (load.kills + 1) * (kills + 1)) {
                program.listen(random.bounded(60));
                program.killAndResume();
                ++kills;
            }
        }
        isOver = true;
    }
    const Positions all = log->positionsAfter(0);
    QVERIFY(qint64(all.size()) > load.writers * load.events * 8 / 10);
    QVERIFY(qint64(all.size()) < load.writers * load.events);
    QElapsedTimer patience;
    patience.start();
    while (program.printed().size() < all.size() && patience.elapsed() < 60'000)
        program.listen(50);
    program.listen(300);
    QCOMPARE(kills, load.kills);
    QVERIFY(std::ranges::is_sorted(program.printed()));
    QCOMPARE(program.printed().size(), all.size());
    QVERIFY(program.printed() == all);
    QCOMPARE(program.complaints(), QByteArray());
    qInfo("%s: %zu events, %d kills, %.0f s", which.constData(), all.size(), kills,
          double(timer.elapsed()) / 1000);
    if (!log->isAnyOrder())
        return;
    qInfo("a tail by the last position misses %zu", all.size() - naively.size());
    QVERIFY2(naively.size() < all.size(), "a tail by the last position missed nothing");
}

void TestTailKill::goesOnWhenItsServerIsBack_data() {
    QTest::addColumn<bool>("isMariaDb");
    QTest::newRow("PostgreSQL") << false;
    QTest::newRow("MariaDB") << true;
}

void TestTailKill::goesOnWhenItsServerIsBack() {
    QFETCH(bool, isMariaDb);
    PostgresServer postgres;
    MariaDbServer mariaDb;
    QCOMPARE(isMariaDb ? mariaDb.start() : postgres.start(), QString());
    const QString address =
        isMariaDb ? mariaDb.url(mariaDb.makeDatabase()) : postgres.url(postgres.makeDatabase());
    const auto url = StoreUrl::parse(address);
    auto log = std::make_unique<OwnLog>(*url);
    const TailLoad load{2, 10, 1, 0};
    std::atomic<int> ended = 0;
    log->write(0, load, ended);
    const std::size_t first = log->positionsAfter(0).size();
    FollowingProgram program(*url);
    QElapsedTimer patience;
    patience.start();
    while (program.printed().size() < first && patience.elapsed() < 20'000)
        program.listen(50);
    QCOMPARE(program.printed().size(), first);
    if (isMariaDb)
        mariaDb.stop();
    else
        postgres.stop();
    program.listen(1500);
    // Once; what the server itself has said in parting may stand before it.
    QVERIFY2(program.complaints().count("rewindow: ") == 1, program.complaints().constData());
    QVERIFY2(program.complaints().contains("gone") ||
                 program.complaints().contains("cannot be reached"),
             program.complaints().constData());
    QCOMPARE(isMariaDb ? mariaDb.startAgain() : postgres.startAgain(), QString());
    log->write(1, load, ended);
    const Positions all = log->positionsAfter(0);
    QVERIFY(all.size() > first);
    patience.start();
    while (program.printed().size() < all.size() && patience.elapsed() < 20'000)
        program.listen(50);
    QVERIFY(program.printed() == all);
}

QTEST_GUILESS_MAIN(TestTailKill)
#include "tst_tail_kill.moc"
