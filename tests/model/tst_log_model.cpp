// The log as rows: which event stands where, filtered, growing, and as a window onto more.
#include "model/items/log_model.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rewindow;

namespace {

/// Event n (from 1) has type "Even" or "Odd", stream "thing-(n mod 7)" and data {"n": n}.
Result<void> append(Store& store, int from, int to) {
    auto writer = store.writer();
    if (!writer)
        return std::unexpected(writer.error());
    int next = from;
    const auto source = [&]() -> Result<std::optional<ImportedEvent>> {
        if (next > to)
            return std::optional<ImportedEvent>();
        ImportedEvent event;
        event.stream = QStringLiteral("thing-%1").arg(next % 7);
        event.event.id = QStringLiteral("id-%1").arg(next);
        event.event.type = next % 2 == 0 ? QStringLiteral("Even") : QStringLiteral("Odd");
        event.event.data = "{\"n\":" + QByteArray::number(next) + '}';
        event.event.recordedAt = Timestamp(1'700'000'000'000'000 + next);
        ++next;
        return std::optional(event);
    };
    auto imported = (*writer)->importAll(source);
    if (!imported)
        return std::unexpected(imported.error());
    return {};
}

EventFilter filterOf(const char* text) {
    return EventFilter::parse(QString::fromLatin1(text)).value();
}

} // namespace

class TestLogModel : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void showsNewestFirst();
    void turnsRound();
    void filters();
    void growsAtTheNewestEnd();
    void growsUnderAFilter();
    void startsEmpty();
    void dimsWhatComesAfterThePlayhead();
    void findsPositions();
    void findsPositionsUnderAFilter();
    void isAWindowOntoMoreRows();
    void windowFollowsTheHead();
    void shortensPayloads();
    void saysWhatFailed();

  private:
    LogSummary summary();
    /// The n in the data of a row; waits until it is read.
    int numberAt(LogModel& model, int row);
    void waitUntilReady(LogModel& model);

    std::unique_ptr<QTemporaryDir> m_folder;
    StoreUrl m_url;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<StoreLane> m_reading;
    std::unique_ptr<StoreLane> m_background;
};

void TestLogModel::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("REWINDOW_DATA_HOME", m_folder->path().toLocal8Bit());
    m_url = StoreUrl::sqliteFile(m_folder->filePath(QStringLiteral("log.db")));
    auto store = Store::create(m_url, QString());
    QVERIFY_RESULT(store);
    m_store = std::move(*store);
    m_reading = std::make_unique<StoreLane>(m_url, Store::Access::Read);
    m_background = std::make_unique<StoreLane>(m_url, Store::Access::Read);
}

void TestLogModel::cleanup() {
    m_reading.reset();
    m_background.reset();
    m_store.reset();
}

LogSummary TestLogModel::summary() {
    return m_store->reader().summary().value();
}

int TestLogModel::numberAt(LogModel& model, int row) {
    const QModelIndex index = model.index(row, LogModel::DataColumn);
    QString text = index.data().toString();
    for (int tries = 0; text.isEmpty() && tries < 500; ++tries) {
        QTest::qWait(10);
        text = index.data().toString();
    }
    return text.mid(5).chopped(1).toInt();
}

void TestLogModel::waitUntilReady(LogModel& model) {
    QTRY_VERIFY(model.state() != LogModel::State::Counting);
}

void TestLogModel::showsNewestFirst() {
    QVERIFY_RESULT(append(*m_store, 1, 1000));
    LogModel model(m_url, *m_reading, *m_background);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLog(summary(), {});
    QCOMPARE(model.state(), LogModel::State::Ready);
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(numberAt(model, 0), 1000);
    QCOMPARE(numberAt(model, 999), 1);
    QCOMPARE(numberAt(model, 500), 500);
    const auto cell = [&](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(cell(0, LogModel::PositionColumn), QStringLiteral("1,000"));
    QCOMPARE(cell(0, LogModel::TypeColumn), QStringLiteral("Even"));
    QCOMPARE(cell(0, LogModel::StreamColumn), QStringLiteral("thing-6"));
    QCOMPARE(cell(0, LogModel::VersionColumn), QStringLiteral("143"));
    QCOMPARE(cell(0, LogModel::RecordedColumn), QStringLiteral("2023-11-14 22:13:20.001"));
    QCOMPARE(model.positionAt(model.index(3, 0)), std::optional(997_pos));
}

void TestLogModel::turnsRound() {
    QVERIFY_RESULT(append(*m_store, 1, 600));
    LogModel model(m_url, *m_reading, *m_background);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLog(summary(), {});
    model.setNewestFirst(false);
    QCOMPARE(numberAt(model, 0), 1);
    QCOMPARE(numberAt(model, 599), 600);
    model.setNewestFirst(true);
    QCOMPARE(numberAt(model, 0), 600);
}

void TestLogModel::filters() {
    QVERIFY_RESULT(append(*m_store, 1, 1201));
    LogModel model(m_url, *m_reading, *m_background);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLog(summary(), filterOf("type:Even"));
    QCOMPARE(model.state(), LogModel::State::Counting);
    waitUntilReady(model);
    QCOMPARE(model.total(), 600);
    for (const int row : {0, 1, 255, 256, 257, 511, 599})
        QCOMPARE(numberAt(model, row), 1200 - 2 * row);
    model.setLog(summary(), filterOf("type:Nothing"));
    waitUntilReady(model);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.state(), LogModel::State::Empty);
}

void TestLogModel::growsAtTheNewestEnd() {
    QVERIFY_RESULT(append(*m_store, 1, 300));
    LogModel model(m_url, *m_reading, *m_background);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLog(summary(), {});
    QCOMPARE(numberAt(model, 0), 300);
    const QPersistentModelIndex newest(model.index(0, 0));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QVERIFY_RESULT(append(*m_store, 301, 310));
    model.grow(summary());
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted[0][1].toInt(), 0);
    QCOMPARE(inserted[0][2].toInt(), 9);
    QCOMPARE(newest.row(), 10);
    for (int row = 0; row < 12; ++row)
        QCOMPARE(numberAt(model, row), 310 - row);
    model.setNewestFirst(false);
    QVERIFY_RESULT(append(*m_store, 311, 311));
    model.grow(summary());
    QCOMPARE(model.rowCount(), 311);
    QCOMPARE(numberAt(model, 310), 311);
}

void TestLogModel::growsUnderAFilter() {
    QVERIFY_RESULT(append(*m_store, 1, 511));
    LogModel model(m_url, *m_reading, *m_background);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLog(summary(), filterOf("type:Odd"));
    waitUntilReady(model);
    QCOMPARE(model.total(), 256);
    QVERIFY_RESULT(append(*m_store, 512, 520)); // four of them odd, across a page's end
    model.grow(summary());
    QTRY_COMPARE(model.rowCount(), 260);
    for (const int row : {0, 1, 3, 4, 5, 259})
        QCOMPARE(numberAt(model, row), 519 - 2 * row);
}

void TestLogModel::startsEmpty() {
    LogModel model(m_url, *m_reading, *m_background);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLog(summary(), {});
    QCOMPARE(model.state(), LogModel::State::Empty);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY_RESULT(append(*m_store, 1, 3));
    model.grow(summary());
    QTRY_COMPARE(model.rowCount(), 3);
    QCOMPARE(model.state(), LogModel::State::Ready);
    QCOMPARE(numberAt(model, 0), 3);
}

void TestLogModel::dimsWhatComesAfterThePlayhead() {
    QVERIFY_RESULT(append(*m_store, 1, 20));
    LogModel model(m_url, *m_reading, *m_background);
    model.setLog(summary(), {});
    model.setPlayhead(15_pos);
    const auto isAfter = [&](int row) {
        return model.index(row, 0).data(LogModel::AfterPlayheadRole).toBool();
    };
    QVERIFY(isAfter(0));
    QVERIFY(isAfter(4));   // position 16
    QVERIFY(!isAfter(5));  // position 15
    QVERIFY(!isAfter(19)); // position 1
}

void TestLogModel::findsPositions() {
    QVERIFY_RESULT(append(*m_store, 1, 700));
    LogModel model(m_url, *m_reading, *m_background);
    model.setLog(summary(), {});
    QModelIndex found;
    const auto keep = [&found](const QModelIndex& index) { found = index; };
    model.locate(1_pos, keep);
    QCOMPARE(found.row(), 699);
    model.locate(700_pos, keep);
    QCOMPARE(found.row(), 0);
    model.locate(9999_pos, keep);
    QCOMPARE(found.row(), 0);
    model.locate(0_pos, keep);
    QVERIFY(!found.isValid());
}

void TestLogModel::findsPositionsUnderAFilter() {
    QVERIFY_RESULT(append(*m_store, 1, 1200));
    LogModel model(m_url, *m_reading, *m_background);
    model.setLog(summary(), filterOf("type:Even"));
    waitUntilReady(model);
    for (const auto& [position, number] :
         {std::pair{2, 2}, {3, 2}, {512, 512}, {513, 512}, {514, 514}, {1200, 1200}}) {
        QModelIndex found;
        bool answered = false;
        model.locate(GlobalPosition(position), [&](const QModelIndex& index) {
            found = index;
            answered = true;
        });
        QTRY_VERIFY(answered);
        QCOMPARE(numberAt(model, found.row()), number);
    }
    bool answered = false;
    model.locate(1_pos, [&](const QModelIndex& index) {
        answered = true;
        QVERIFY(!index.isValid());
    });
    QTRY_VERIFY(answered);
}

void TestLogModel::isAWindowOntoMoreRows() {
    QVERIFY_RESULT(append(*m_store, 1, 1000));
    LogModel model(m_url, *m_reading, *m_background, nullptr, 100);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLog(summary(), {});
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(model.total(), 1000);
    QVERIFY(model.hasOlder());
    QVERIFY(!model.hasNewer());
    QCOMPARE(numberAt(model, 0), 1000);
    QCOMPARE(numberAt(model, 99), 901);
    model.shift(false);
    QCOMPARE(numberAt(model, 0), 950);
    QVERIFY(model.hasNewer());
    model.showOldest();
    QCOMPARE(numberAt(model, 99), 1);
    QVERIFY(!model.hasOlder());
    QModelIndex found;
    model.locate(500_pos, [&](const QModelIndex& index) { found = index; });
    QVERIFY(found.isValid());
    QCOMPARE(numberAt(model, found.row()), 500);
    QCOMPARE(model.rowCount(), 100);
    model.showNewest();
    QCOMPARE(numberAt(model, 0), 1000);
}

void TestLogModel::windowFollowsTheHead() {
    QVERIFY_RESULT(append(*m_store, 1, 200));
    LogModel model(m_url, *m_reading, *m_background, nullptr, 100);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setLog(summary(), {});
    QVERIFY_RESULT(append(*m_store, 201, 230));
    model.grow(summary());
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(numberAt(model, 0), 230);
    QCOMPARE(numberAt(model, 99), 131);
    model.showOldest();
    QVERIFY_RESULT(append(*m_store, 231, 500));
    model.grow(summary());
    QCOMPARE(numberAt(model, 99), 1); // who looks at the oldest stays there
    QCOMPARE(model.total(), 500);
    model.showNewest();
    QVERIFY_RESULT(append(*m_store, 501, 900)); // more than the window holds
    model.grow(summary());
    QCOMPARE(numberAt(model, 0), 900);
    QCOMPARE(model.rowCount(), 100);
}

void TestLogModel::shortensPayloads() {
    auto writer = m_store->writer();
    QVERIFY_RESULT(writer);
    NewEvent event;
    event.id = QStringLiteral("huge");
    event.type = QStringLiteral("Huge");
    event.data = "{\"text\":\"" + QByteArray(5'000'000, 'x') + "\"}";
    QVERIFY_RESULT(
        (*writer)->append(QStringLiteral("thing-1"), ExpectedVersion::any(), std::span(&event, 1)));
    LogModel model(m_url, *m_reading, *m_background);
    model.setLog(summary(), {});
    const QModelIndex data = model.index(0, LogModel::DataColumn);
    QTRY_VERIFY(!data.data().toString().isEmpty());
    QVERIFY(data.data().toString().size() < 500);
    QVERIFY(data.data().toString().endsWith(QStringLiteral("… (5.0 MB)")));
}

void TestLogModel::saysWhatFailed() {
    const StoreUrl url = StoreUrl::sqliteFile(m_folder->filePath(QStringLiteral("none.db")));
    StoreLane reading(url, Store::Access::Read);
    StoreLane background(url, Store::Access::Read);
    LogModel model(url, reading, background);
    QSignalSpy failures(&model, &LogModel::failed);
    model.setLog(LogSummary{10, 1, 1_pos, 10_pos}, filterOf("type:Even"));
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(model.state(), LogModel::State::Failed);
    model.setLog(LogSummary{10, 1, 1_pos, 10_pos}, {});
    QCOMPARE(model.index(0, LogModel::DataColumn).data().toString(), QString());
    QTRY_COMPARE(failures.size(), 2);
    QTest::qWait(50);
    QCOMPARE(model.index(0, LogModel::DataColumn).data().toString(), QString());
    QTest::qWait(50);
    QCOMPARE(failures.size(), 2); // not asked for again and again
}

QTEST_GUILESS_MAIN(TestLogModel)
#include "tst_log_model.moc"
