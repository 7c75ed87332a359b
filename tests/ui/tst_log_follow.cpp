// The Log page while others append: every event once and in order, and the view where it should be.
#include "support/scratch_store.h"
#include "ui/log/context_panel.h"
#include "ui/log/filter_line.h"
#include "ui/log/log_follow.h"
#include "ui/shell/pill.h"
#include "ui/shown_log_page.h"

#include <QAction>
#include <QProcess>
#include <QScrollBar>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kThere = 400; ///< events before

int appended() {
    return qEnvironmentVariableIntValue("REWINDOW_NIGHTLY") == 1 ? 10'000 : 2'000;
}

} // namespace

class TestLogFollow : public QObject, protected ShownLogPage {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void showsEachAppendedEventOnce_data();
    void showsEachAppendedEventOnce();
    void staysAtTheNewestEnd_data();
    void staysAtTheNewestEnd();
    void pausesWhenScrolledAway_data();
    void pausesWhenScrolledAway();
    void resumesByItsPill();
    void followsAfterAnotherFilter();
    void isOffUntilAskedFor();
    void contextShowsTheNeighbours();
    void contextFollowsTheCurrentRow();
    void contextIsPresentedByHand();

  private:
    LogModel& model() { return *m_page->model(); }
    LogTable& table() { return *m_page->table(); }
    QScrollBar& bar() { return *table().verticalScrollBar(); }
    void filter(const QString& text);
    void append(int events);
    bool isAtNewest();
    qint64 positionOf(LogModel& model, int row);

    std::unique_ptr<ScratchStore> m_store;
    int m_next = 1;
};

void TestLogFollow::init() {
    m_store = std::make_unique<ScratchStore>();
    m_next = 1;
    std::vector<NewEvent> events;
    for (int i = 0; i < kThere; ++i)
        events.push_back({u"there-%1"_s.arg(i),
                          i % 2 == 0 ? u"Even"_s : u"Odd"_s,
                          "{}",
                          {},
                          {},
                          {},
                          Timestamp(1'600'000'000'000'000 + i)});
    QVERIFY_RESULT(m_store->writer().append(u"there-1"_s, ExpectedVersion::any(), events));
    openOn(m_store->url());
    QTRY_COMPARE(model().total(), qint64(kThere));
}

void TestLogFollow::cleanup() {
    close();
    m_store.reset();
}

void TestLogFollow::filter(const QString& text) {
    m_page->filterLine()->setText(text);
    m_page->filterLine()->setFocus();
    QTest::keyClick(m_page->filterLine(), Qt::Key_Return);
    QTRY_VERIFY(model().filter() == EventFilter::parse(text).value());
    QTRY_VERIFY(model().state() != LogModel::State::Counting);
    table().setFocus();
}

void TestLogFollow::append(int events) {
    for (int i = 0; i < events; ++i, ++m_next)
        m_store->append(u"new-1"_s, u"Odd"_s, "{}");
}

bool TestLogFollow::isAtNewest() {
    return bar().value() == (model().isNewestFirst() ? bar().minimum() : bar().maximum());
}

qint64 TestLogFollow::positionOf(LogModel& log, int row) {
    std::optional<GlobalPosition> position;
    [[maybe_unused]] const bool read = QTest::qWaitFor(
        [&] { return (position = log.positionAt(log.index(row, 0))).has_value(); }, 20'000);
    return position ? position->value() : -1;
}

void TestLogFollow::showsEachAppendedEventOnce_data() {
    QTest::addColumn<bool>("newestFirst");
    QTest::addColumn<bool>("follows");
    QTest::newRow("oldest first, following") << false << true;
    QTest::newRow("oldest first, scrolled away") << false << false;
    QTest::newRow("newest first, following") << true << true;
    QTest::newRow("newest first, scrolled away") << true << false;
}

void TestLogFollow::showsEachAppendedEventOnce() {
    QFETCH(bool, newestFirst);
    QFETCH(bool, follows);
    if (!newestFirst)
        QTest::keyClick(&table(), Qt::Key_R, Qt::ControlModifier);
    filter(u"type:Odd"_s);
    const auto there = static_cast<int>(model().total());
    QCOMPARE(there, kThere / 2);
    m_page->follow()->action()->trigger();
    if (!follows)
        bar().setValue(bar().maximum() / 2);
    QCOMPARE(m_page->follow()->state(),
             follows ? LogFollow::State::Following : LogFollow::State::Paused);
    const auto top = [&] { return model().positionAt(table().indexAt({5, 1})); };
    QTRY_VERIFY(top());
    const auto topBefore = top();

    // What is inserted is what nobody has seen yet: the newest rows, in one piece at their end.
    qint64 inserted = 0;
    bool isAtTheEnd = true;
    connect(&model(), &QAbstractItemModel::rowsInserted, this,
            [&](const QModelIndex&, int first, int last) {
                inserted += last - first + 1;
                isAtTheEnd =
                    isAtTheEnd && (newestFirst ? first == 0 : last == model().rowCount() - 1);
            });
    QProcess appender;
    appender.start(builtTestFile(QStringLiteral("helper_appender")),
                   {m_store->path(), QString::number(appended())});
    QVERIFY(appender.waitForStarted());
    const int expected = appended() / 2;
    QTRY_COMPARE_WITH_TIMEOUT(model().total(), qint64(there + expected), 120'000);
    QTRY_COMPARE(appender.state(), QProcess::NotRunning);
    QCOMPARE(appender.readAllStandardError(), QByteArray());
    QCOMPARE(inserted, qint64(expected));
    QVERIFY(isAtTheEnd);

    // Each one, in order, as the table shows them.
    for (int i = 0; i < expected; ++i) {
        const int row = newestFirst ? expected - 1 - i : there + i;
        QTRY_COMPARE_WITH_TIMEOUT(model().index(row, LogModel::DataColumn).data().toString(),
                                  u"{\"n\":%1}"_s.arg(2 * i + 1), 20'000);
    }
    if (follows) {
        QCOMPARE(m_page->follow()->state(), LogFollow::State::Following);
        QTRY_VERIFY(isAtNewest());
    } else {
        QCOMPARE(m_page->follow()->state(), LogFollow::State::Paused);
        QCOMPARE(m_page->follow()->missed(), qint64(expected));
        QTRY_COMPARE(top(), topBefore); // what was looked at is where it was
    }
}

void TestLogFollow::staysAtTheNewestEnd_data() {
    QTest::addColumn<bool>("newestFirst");
    QTest::newRow("oldest first") << false;
    QTest::newRow("newest first") << true;
}

void TestLogFollow::staysAtTheNewestEnd() {
    QFETCH(bool, newestFirst);
    if (!newestFirst)
        QTest::keyClick(&table(), Qt::Key_R, Qt::ControlModifier);
    bar().setValue(bar().maximum() / 3);
    QTest::keyClick(&table(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_page->follow()->state(), LogFollow::State::Following);
    QVERIFY(isAtNewest());
    for (int round = 1; round <= 3; ++round) {
        append(7);
        QTRY_COMPARE(model().total(), qint64(kThere + 7 * round));
        QTRY_VERIFY(isAtNewest());
    }
    m_page->resize(1200, 500); // another size is no scrolling
    QTRY_VERIFY(isAtNewest());
    QCOMPARE(m_page->follow()->state(), LogFollow::State::Following);
}

void TestLogFollow::pausesWhenScrolledAway_data() {
    staysAtTheNewestEnd_data();
}

void TestLogFollow::pausesWhenScrolledAway() {
    QFETCH(bool, newestFirst);
    if (!newestFirst)
        QTest::keyClick(&table(), Qt::Key_R, Qt::ControlModifier);
    m_page->follow()->action()->trigger();
    QTest::keyClick(&table(), newestFirst ? Qt::Key_Home : Qt::Key_End);
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(&table(), newestFirst ? Qt::Key_PageDown : Qt::Key_PageUp);
    QCOMPARE(m_page->follow()->state(), LogFollow::State::Paused);
    QVERIFY(m_page->follow()->pill()->isVisible());
    QVERIFY(m_page->follow()->pill()->text().contains(u"paused"_s));
    const int place = bar().value();
    append(5);
    QTRY_COMPARE(m_page->follow()->missed(), qint64(5));
    QVERIFY(m_page->follow()->pill()->text().contains(u"5 new"_s));
    QVERIFY(!isAtNewest());
    QVERIFY(std::abs(bar().value() - place) <= 5 * Theme::instance().rowHeight());
    QTest::keyClick(&table(), newestFirst ? Qt::Key_Home : Qt::Key_End);
    QTRY_COMPARE(m_page->follow()->state(), LogFollow::State::Following);
    QCOMPARE(positionOf(model(), table().currentIndex().row()), qint64(kThere + 5));
}

void TestLogFollow::resumesByItsPill() {
    QTest::keyClick(&table(), Qt::Key_R, Qt::ControlModifier);
    m_page->follow()->action()->trigger();
    bar().setValue(0);
    QCOMPARE(m_page->follow()->state(), LogFollow::State::Paused);
    m_page->follow()->pill()->setFocus();
    QTest::keyClick(m_page->follow()->pill(), Qt::Key_Space);
    QCOMPARE(m_page->follow()->state(), LogFollow::State::Following);
    QVERIFY(isAtNewest());
}

void TestLogFollow::followsAfterAnotherFilter() {
    QTest::keyClick(&table(), Qt::Key_R, Qt::ControlModifier);
    m_page->follow()->action()->trigger();
    filter(u"type:Odd"_s);
    QTRY_VERIFY(isAtNewest());
    QCOMPARE(m_page->follow()->state(), LogFollow::State::Following);
    append(4);
    QTRY_COMPARE(model().total(), qint64(kThere / 2 + 4));
    QTRY_VERIFY(isAtNewest());
}

void TestLogFollow::isOffUntilAskedFor() {
    QCOMPARE(m_page->follow()->state(), LogFollow::State::Off);
    QVERIFY(!m_page->follow()->pill()->isVisible());
    QTest::keyClick(&table(), Qt::Key_R, Qt::ControlModifier);
    QTest::keyClick(&table(), Qt::Key_End);
    QVERIFY(isAtNewest());
    append(5);
    QTRY_COMPARE(model().total(), qint64(kThere + 5));
    QTRY_VERIFY(!isAtNewest());
}

void TestLogFollow::contextShowsTheNeighbours() {
    filter(u"type:Odd position>100 position<120"_s);
    QTRY_COMPARE(model().total(), qint64(9));
    QTest::keyClick(&table(), Qt::Key_End);
    QTest::keyClick(&table(), Qt::Key_E, Qt::ControlModifier);
    ContextPanel& context = *m_page->contextPanel();
    QVERIFY(context.isVisible());
    const qint64 hit = positionOf(model(), table().currentIndex().row());
    QCOMPARE(hit, qint64(102));
    QTRY_COMPARE(context.table()->currentIndex().data(LogModel::PositionRole).toLongLong(), hit);
    QCOMPARE(context.model()->total(), qint64(kThere));
    QVERIFY(context.table()->currentIndex().data(LogModel::HitRole).toBool());
    QTRY_VERIFY(context.height() > 100);
    // Its neighbours on both sides are in sight.
    const int row = context.table()->currentIndex().row();
    for (const int neighbour : {row - 1, row + 1}) {
        const QModelIndex index = context.model()->index(neighbour, 0);
        QVERIFY(context.table()->viewport()->rect().contains(
            context.table()->visualRect(index).center()));
        QVERIFY(!index.data(LogModel::HitRole).toBool());
    }
    QTest::keyClick(&table(), Qt::Key_E, Qt::ControlModifier);
    QVERIFY(!context.isVisible());
}

void TestLogFollow::contextFollowsTheCurrentRow() {
    filter(u"type:Odd"_s);
    QTest::keyClick(&table(), Qt::Key_E, Qt::ControlModifier);
    ContextPanel& context = *m_page->contextPanel();
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(&table(), Qt::Key_Down);
        const qint64 hit = positionOf(model(), table().currentIndex().row());
        QTRY_COMPARE(context.table()->currentIndex().data(LogModel::PositionRole).toLongLong(),
                     hit);
    }
    const qint64 hit = positionOf(model(), table().currentIndex().row());
    QTest::keyClick(&table(), Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE(positionOf(model(), table().currentIndex().row()), hit);
    const auto inContext = [&] {
        return context.table()->currentIndex().data(LogModel::PositionRole).toLongLong();
    };
    QTRY_COMPARE(inContext(), hit);
    append(3);
    QTRY_COMPARE(context.model()->total(), qint64(kThere + 3));
    QTRY_COMPARE(inContext(), hit);
}

void TestLogFollow::contextIsPresentedByHand() {
    filter(u"type:Odd"_s);
    QTest::keyClick(&table(), Qt::Key_E, Qt::ControlModifier);
    ContextPanel& context = *m_page->contextPanel();
    const qint64 hit = positionOf(model(), table().currentIndex().row());
    QTRY_COMPARE(context.table()->currentIndex().data(LogModel::PositionRole).toLongLong(), hit);
    context.table()->setFocus();
    QTest::keyClick(context.table(), Qt::Key_Down);
    QCOMPARE(context.table()->currentIndex().data(LogModel::PositionRole).toLongLong(), hit - 1);
    QVERIFY(!context.table()->currentIndex().data(LogModel::HitRole).toBool());
    QTRY_COMPARE(
        context.table()->currentIndex().siblingAtColumn(LogModel::TypeColumn).data().toString(),
        u"Even"_s); // which the filter leaves out
    QTest::keyClick(context.table(), Qt::Key_Return);
    QCOMPARE(m_session->moment().page, Page::Aggregate);
    QCOMPARE(m_session->moment().playhead, std::optional(GlobalPosition(hit - 1)));
}

QTEST_MAIN(TestLogFollow)
#include "tst_log_follow.moc"
