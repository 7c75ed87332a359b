// What the log's table shows of a filter while its rows are still being counted.
#include "model/items/log_model.h"
#include "store/json_lines_source.h"
#include "support/scratch_store.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kFirstHits = 256;

EventFilter filterOf(const QString& text) {
    return EventFilter::parse(text).value();
}

/// The positions of what a filter finds, by a look at each event, oldest first.
std::vector<qint64> positionsOf(Store& store, const EventFilter& filter) {
    std::vector<qint64> positions;
    const auto read = store.reader().forEach({}, [&](RecordedEvent&& event) {
        if (filter.accepts(event))
            positions.push_back(event.position().value());
        return true;
    });
    return read ? positions : std::vector<qint64>();
}

/// A model on lanes of its own. The counts do not come in before they are let.
class CountingLog {
  public:
    explicit CountingLog(const StoreUrl& url, qint64 mostRows = LogModel::kMostRows)
        : reading(url, Store::Access::Read)
        , background(url, Store::Access::Read)
        , model(url, reading, background, nullptr, mostRows)
        , m_tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {}
    ~CountingLog() { letCount(); }
    Q_DISABLE_COPY_MOVE(CountingLog)

    void holdCounts() {
        background.run<void>(
            &model,
            [gate = m_gate](Store&, const CancelToken&) -> Result<void> {
                gate->acquire();
                return {};
            },
            [](const Result<void>&) {});
    }
    void letCount() { m_gate->release(); }

    /// -1 while it is not known.
    qint64 positionAt(int row) const {
        const auto known = model.positionAt(model.index(row, 0));
        return known ? known->value() : -1;
    }
    QString typeAt(int row) const {
        return model.index(row, LogModel::TypeColumn).data().toString();
    }

    StoreLane reading;
    StoreLane background;
    LogModel model;

  private:
    std::shared_ptr<QSemaphore> m_gate = std::make_shared<QSemaphore>();
    QAbstractItemModelTester m_tester;
};

} // namespace

class TestLogHits : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void showAtOnce_data();
    void showAtOnce();
    void areAllThereAre();
    void ofNothing();
    void takeOtherFields();
    void turnRound();
    void findPositions();
    void growWhileCounted();
    void growBeyondAllThereAre();
    void giveWayToAnotherFilter();
    void fitTheWindow();
    void ofJsonLines();
    void ofAForeignStore();
    void goWhenCountingFails();

  private:
    const QString m_frequent = u"data.amountRequested=5000"_s;
    std::unique_ptr<ScratchStore> m_store;
    LogSummary m_summary;
    std::vector<qint64> m_found; ///< by m_frequent
};

void TestLogHits::initTestCase() {
    NEED_SHARED_DATA(packed, "loan-applications.jsonl.gz");
    m_store = std::make_unique<ScratchStore>();
    QFile file(loanLog());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY_RESULT(m_store->writer().importAll(jsonLinesSource(file)));
    m_summary = (*m_store)->reader().summary().value();
    QCOMPARE(m_summary.events, 262'200);
    m_found = positionsOf(**m_store, filterOf(m_frequent));
    QVERIFY(m_found.size() > 2 * kFirstHits);
}

void TestLogHits::showAtOnce_data() {
    QTest::addColumn<bool>("newestFirst");
    QTest::newRow("newest first") << true;
    QTest::newRow("oldest first") << false;
}

void TestLogHits::showAtOnce() {
    QFETCH(bool, newestFirst);
    CountingLog log(m_store->url());
    log.model.setNewestFirst(newestFirst);
    log.holdCounts();
    log.model.setLog(m_summary, filterOf(m_frequent));
    QCOMPARE(log.model.state(), LogModel::State::Counting);
    QTRY_COMPARE(log.model.rowCount(), kFirstHits);
    QCOMPARE(log.model.state(), LogModel::State::Counting);
    QCOMPARE(log.model.total(), kFirstHits); // so far
    std::vector<qint64> wanted = m_found;
    if (newestFirst)
        std::ranges::reverse(wanted);
    for (int row = 0; row < kFirstHits; ++row) {
        QCOMPARE(log.positionAt(row), wanted[row]);
        QCOMPARE(log.typeAt(row), u"A_SUBMITTED"_s);
    }
    // What the count adds comes below; nothing that is there goes or moves, or is read again.
    const QPersistentModelIndex tenth(log.model.index(10, 0));
    QSignalSpy reset(&log.model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&log.model, &QAbstractItemModel::rowsInserted);
    QSignalSpy counted(&log.model, &LogModel::counted);
    log.letCount();
    QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
    QCOMPARE(counted.size(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted[0][1].toInt(), kFirstHits);
    QCOMPARE(log.model.total(), qint64(wanted.size()));
    QCOMPARE(log.model.rowCount(), int(wanted.size()));
    QCOMPARE(tenth.row(), 10);
    QCOMPARE(log.typeAt(kFirstHits - 1), u"A_SUBMITTED"_s);
    for (int row = 0; row < int(wanted.size()); ++row) {
        QTRY_VERIFY(!log.typeAt(row).isEmpty());
        QCOMPARE(log.positionAt(row), wanted[row]);
    }
}

void TestLogHits::areAllThereAre() {
    const EventFilter filter = filterOf(u"\"application-1736\" data.amountRequested>0"_s);
    const std::vector<qint64> found = positionsOf(**m_store, filter);
    QVERIFY(found.size() > 1 && found.size() < kFirstHits);
    CountingLog log(m_store->url());
    log.holdCounts();
    log.model.setLog(m_summary, filter);
    // The search has come to the end of the log: the count is not waited for.
    QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
    QCOMPARE(log.model.total(), qint64(found.size()));
    for (int row = 0; row < int(found.size()); ++row)
        QCOMPARE(log.positionAt(row), found[found.size() - 1 - row]);
    log.letCount();
    QTRY_COMPARE(log.background.pending(), 0);
    QCOMPARE(log.model.rowCount(), int(found.size()));
}

void TestLogHits::ofNothing() {
    CountingLog log(m_store->url());
    log.holdCounts();
    log.model.setLog(m_summary, filterOf(u"\"no such words\""_s));
    QTRY_COMPARE(log.model.state(), LogModel::State::Empty);
    QCOMPARE(log.model.rowCount(), 0);
}

void TestLogHits::takeOtherFields() {
    CountingLog log(m_store->url());
    log.holdCounts();
    log.model.setLog(m_summary, filterOf(m_frequent));
    QTRY_COMPARE(log.model.rowCount(), kFirstHits);
    const FilterPlace place{FilterField::Data, FilterPath({std::string("amountRequested")})};
    log.model.setFields({place});
    log.model.setRules({ColourRule{m_frequent, {}}});
    const int column = log.model.columnOf({LogColumn::Kind::Field, place});
    QCOMPARE(log.model.rowCount(), kFirstHits);
    QCOMPARE(log.positionAt(0), m_found.back());
    for (int row = 0; row < kFirstHits; ++row) {
        QTRY_COMPARE(log.model.index(row, column).data().toString(), u"5000"_s);
        QVERIFY(log.model.index(row, 0).data(LogModel::LookRole).isValid());
    }
    QCOMPARE(log.model.state(), LogModel::State::Counting);
    log.letCount();
    QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
    log.model.setFields({});
    for (const int row : {0, 255, 256, int(m_found.size()) - 1}) {
        QTRY_COMPARE(log.typeAt(row), u"A_SUBMITTED"_s);
        QCOMPARE(log.positionAt(row), m_found[m_found.size() - 1 - row]);
    }
}

void TestLogHits::turnRound() {
    CountingLog log(m_store->url());
    log.holdCounts();
    log.model.setLog(m_summary, filterOf(m_frequent));
    QTRY_COMPARE(log.model.rowCount(), kFirstHits);
    log.model.setNewestFirst(false);
    QTRY_COMPARE(log.model.rowCount(), kFirstHits);
    QCOMPARE(log.positionAt(0), m_found.front());
    log.letCount();
    QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
    log.model.setNewestFirst(true); // what was found is now at the other end
    const int last = log.model.rowCount() - 1;
    QCOMPARE(log.positionAt(last), m_found.front());
    QCOMPARE(log.positionAt(last - kFirstHits + 1), m_found[kFirstHits - 1]);
}

void TestLogHits::findPositions() {
    CountingLog log(m_store->url());
    log.holdCounts();
    log.model.setLog(m_summary, filterOf(m_frequent));
    std::optional<int> found;
    const auto locate = [&](qint64 position) {
        found.reset();
        log.model.locate(GlobalPosition(position),
                         [&found](const QModelIndex& index) { found = index.row(); });
    };
    const auto rowOf = [this](std::size_t number) { return int(m_found.size() - 1 - number); };
    locate(m_found[m_found.size() - 100] + 1); // asked for before anything was found
    QTRY_COMPARE(found, std::optional(rowOf(m_found.size() - 100)));
    QTRY_COMPARE(log.model.rowCount(), kFirstHits);
    locate(m_summary.head.value());
    QCOMPARE(found, std::optional(0));
    locate(m_found[3]); // that is known only when all are counted
    QTest::qWait(50);
    QVERIFY(!found);
    log.letCount();
    QTRY_COMPARE(found, std::optional(rowOf(3)));

    log.holdCounts();
    log.model.setLog(m_summary, filterOf(m_frequent));
    locate(m_found[3]);
    log.model.stopLocating();
    log.letCount();
    QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
    QTest::qWait(50);
    QVERIFY(!found);
}

void TestLogHits::growWhileCounted() {
    ScratchStore store;
    const auto append = [&store](int from, int to) {
        for (int n = from; n <= to; ++n) {
            NewEvent event;
            event.id = u"id-%1"_s.arg(n);
            event.type = n % 2 == 0 ? u"Even"_s : u"Odd"_s;
            event.data = "{\"n\":" + QByteArray::number(n) + '}';
            QVERIFY_RESULT(
                store.writer().append(u"thing-1"_s, ExpectedVersion::any(), std::span(&event, 1)));
        }
    };
    append(1, 1000);
    CountingLog log(store.url());
    log.holdCounts();
    log.model.setLog(store->reader().summary().value(), filterOf(u"type:Even"_s));
    QTRY_COMPARE(log.model.rowCount(), kFirstHits);
    append(1001, 1010);
    log.model.grow(store->reader().summary().value());
    const QPersistentModelIndex newest(log.model.index(0, 0));
    // What is read again meanwhile is the same events.
    log.model.setFields({FilterPlace{FilterField::Data, FilterPath({std::string("n")})}});
    QTRY_COMPARE(log.typeAt(kFirstHits - 1), u"Even"_s);
    QCOMPARE(log.positionAt(0), 1000);
    QCOMPARE(log.model.index(0, LogModel::FirstField).data().toString(), u"1000"_s);
    log.letCount();
    QTRY_COMPARE(log.model.rowCount(), 505);
    QCOMPARE(newest.row(), 5);
    for (int row = 0; row < 505; ++row) {
        QTRY_VERIFY(!log.typeAt(row).isEmpty());
        QCOMPARE(log.positionAt(row), 1010 - 2 * row);
    }
}

void TestLogHits::growBeyondAllThereAre() {
    ScratchStore store;
    for (int n = 1; n <= 10; ++n)
        store.append(u"thing-1"_s, n % 2 == 0 ? u"Even"_s : u"Odd"_s, "{}");
    CountingLog log(store.url());
    log.holdCounts();
    log.model.setLog(store->reader().summary().value(), filterOf(u"type:Even"_s));
    for (int n = 11; n <= 16; ++n)
        store.append(u"thing-1"_s, n % 2 == 0 ? u"Even"_s : u"Odd"_s, "{}");
    log.model.grow(store->reader().summary().value()); // before the search is answered
    QTRY_COMPARE(log.model.rowCount(), 8);
    for (int row = 0; row < 8; ++row) {
        QTRY_VERIFY(!log.typeAt(row).isEmpty());
        QCOMPARE(log.positionAt(row), 16 - 2 * row);
    }
}

void TestLogHits::giveWayToAnotherFilter() {
    CountingLog log(m_store->url());
    for (const int ms : {0, 1, 5, 20, 50}) {
        log.model.setLog(m_summary, filterOf(u"\"no such words\" or type:A_DECLINED"_s));
        QTest::qWait(ms);
        log.model.setLog(m_summary, filterOf(m_frequent));
        QTRY_VERIFY(log.model.rowCount() > 0);
        QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
        QCOMPARE(log.model.total(), qint64(m_found.size()));
        QCOMPARE(log.positionAt(0), m_found.back());
    }
}

void TestLogHits::fitTheWindow() {
    for (const bool newestFirst : {true, false}) {
        CountingLog log(m_store->url(), 100);
        log.model.setNewestFirst(newestFirst);
        log.holdCounts();
        log.model.setLog(m_summary, filterOf(m_frequent));
        QTRY_COMPARE(log.model.rowCount(), 100);
        log.letCount();
        QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
        QCOMPARE(log.model.rowCount(), 100);
        QCOMPARE(log.model.hasOlder(), newestFirst);
        QCOMPARE(log.model.hasNewer(), !newestFirst);
        QCOMPARE(log.positionAt(0), newestFirst ? m_found.back() : m_found.front());
        log.model.shift(!newestFirst);
        QTRY_VERIFY(!log.typeAt(0).isEmpty());
        QCOMPARE(log.positionAt(0), newestFirst ? m_found[m_found.size() - 51] : m_found[50]);
    }
}

void TestLogHits::ofJsonLines() {
    const auto url = StoreUrl::parse(loanLog()).value();
    CountingLog log(url);
    log.holdCounts();
    log.model.setLog(m_summary, filterOf(m_frequent));
    QTRY_COMPARE_WITH_TIMEOUT(log.model.rowCount(), kFirstHits, 60'000);
    QCOMPARE(log.positionAt(0), m_found.back());
    QCOMPARE(log.model.state(), LogModel::State::Counting);
    log.letCount();
    QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
    QCOMPARE(log.model.total(), qint64(m_found.size()));
}

void TestLogHits::ofAForeignStore() {
    NEED_SHARED_DATA(shared, "emmett-shopping-carts.db");
    const QTemporaryDir folder;
    const QString copy = folder.filePath(u"carts.db"_s);
    QVERIFY(QFile::copy(shared, copy));
    QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(OtherProgram(copy).run("DELETE FROM emt_messages WHERE global_position%7=3"));
    const StoreUrl url = StoreUrl::sqliteFile(copy);
    ASSIGN_RESULT(store, Store::open(url, Store::Access::Read));
    const LogSummary summary = store->reader().summary().value();
    QVERIFY(!summary.gapless());
    const std::vector<qint64> found = positionsOf(*store, {});
    CountingLog log(url);
    log.holdCounts();
    log.model.setLog(summary, {});
    QTRY_COMPARE(log.model.rowCount(), int(std::min<qsizetype>(kFirstHits, found.size())));
    log.letCount();
    QTRY_COMPARE(log.model.state(), LogModel::State::Ready);
    QCOMPARE(log.model.rowCount(), int(found.size()));
    for (int row = 0; row < int(found.size()); ++row) {
        QTRY_VERIFY(!log.typeAt(row).isEmpty());
        QCOMPARE(log.positionAt(row), found[found.size() - 1 - row]);
    }
}

void TestLogHits::goWhenCountingFails() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"log.db"_s);
    QVERIFY(QFile::copy(m_store->url().path(), path));
    const StoreUrl url = StoreUrl::sqliteFile(path);
    CountingLog log(url);
    QSignalSpy failures(&log.model, &LogModel::failed);
    log.holdCounts();
    log.model.setLog(m_summary, filterOf(m_frequent));
    QTRY_COMPARE(log.model.rowCount(), kFirstHits);
    QVERIFY(OtherProgram(path).run("DROP TABLE events"));
    log.letCount();
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(log.model.state(), LogModel::State::Failed);
    QCOMPARE(log.model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestLogHits)
#include "tst_log_hits.moc"
