// The Log page while a filter is counted: the first hits, where one is among them, and what is
// said.
#include "store/event_writer.h"
#include "support/scratch_store.h"
#include "ui/log/filter_bar.h"
#include "ui/log/filter_line.h"
#include "ui/log/log_follow.h"
#include "ui/shell/pill.h"
#include "ui/shown_log_page.h"

#include <QAction>

#include <QScrollBar>
#include <QSemaphore>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kEvents = 2000;
constexpr int kFound = kEvents / 2;

} // namespace

class TestLogPageHits : public QObject, protected ShownLogPage {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void showBeforeTheyAreCounted();
    void keepWhereOneIs();
    void waitForAPlaceAmongThem();
    void leaveAloneWhoHasChosen();
    void areNotTakenForNewOnes();

  private:
    /// Filters for every other event; what follows is not counted before it is let.
    void filterUncounted();
    void letCount() { m_gate->release(); }
    bool says(const QString& text) const;
    qint64 currentPosition() const {
        return m_page->table()->currentIndex().data(LogModel::PositionRole).toLongLong();
    }

    std::unique_ptr<ScratchStore> m_store;
    std::shared_ptr<QSemaphore> m_gate;
};

void TestLogPageHits::init() {
    m_store = std::make_unique<ScratchStore>();
    int next = 1;
    const auto source = [&next]() -> Result<std::optional<ImportedEvent>> {
        if (next > kEvents)
            return std::optional<ImportedEvent>();
        ImportedEvent event;
        event.stream = u"thing-%1"_s.arg(next % 7);
        event.event.id = u"id-%1"_s.arg(next);
        event.event.type = next % 2 == 0 ? u"Even"_s : u"Odd"_s;
        event.event.data = "{\"n\":" + QByteArray::number(next) + '}';
        event.event.recordedAt = Timestamp(1'700'000'000'000'000 + next);
        ++next;
        return std::optional(event);
    };
    QVERIFY_RESULT(m_store->writer().importAll(source));
    m_gate = std::make_shared<QSemaphore>();
    openOn(m_store->url());
    QTRY_COMPARE(m_page->model()->rowCount(), kEvents);
}

void TestLogPageHits::cleanup() {
    letCount();
    close();
    m_store.reset();
}

void TestLogPageHits::filterUncounted() {
    m_session->background().run<void>(
        m_session.get(),
        [gate = m_gate](Store&, const CancelToken&) -> Result<void> {
            gate->acquire();
            return {};
        },
        [](const Result<void>&) {});
    m_page->filterLine()->showFilter(u"type:Even"_s);
}

bool TestLogPageHits::says(const QString& text) const {
    const auto labels = m_page->filterBar()->findChildren<Pill*>();
    return std::ranges::any_of(
        labels, [&text](const Pill* label) { return label->isVisible() && label->text() == text; });
}

void TestLogPageHits::showBeforeTheyAreCounted() {
    filterUncounted();
    QTRY_COMPARE(m_page->model()->rowCount(), 256);
    QCOMPARE(m_page->model()->state(), LogModel::State::Counting);
    QVERIFY(m_page->table()->isVisible());
    QCOMPARE(currentPosition(), qint64(kEvents));
    QVERIFY(says(u"256 so far, counting…"_s));
    letCount();
    QTRY_COMPARE(m_page->model()->rowCount(), kFound);
    QVERIFY(says(u"1,000 of 2,000 events"_s));
}

void TestLogPageHits::keepWhereOneIs() {
    filterUncounted();
    QTRY_COMPARE(m_page->model()->rowCount(), 256);
    QScrollBar* bar = m_page->table()->verticalScrollBar();
    for (int i = 0; i < 100; ++i)
        QTest::keyClick(m_page->table(), Qt::Key_Down);
    QCOMPARE(currentPosition(), qint64(kEvents - 200));
    const int scrolled = bar->value();
    QVERIFY(scrolled > 0);
    letCount();
    QTRY_COMPARE(m_page->model()->rowCount(), kFound);
    QCOMPARE(currentPosition(), qint64(kEvents - 200));
    QCOMPARE(bar->value(), scrolled);
}

void TestLogPageHits::waitForAPlaceAmongThem() {
    filterUncounted();
    Moment moment = m_session->moment();
    moment.playhead = GlobalPosition(51);
    m_session->go(moment);
    QTRY_COMPARE(m_page->model()->rowCount(), 256);
    QCOMPARE(currentPosition(), qint64(kEvents));
    letCount();
    QTRY_COMPARE(currentPosition(), qint64(50));
}

void TestLogPageHits::leaveAloneWhoHasChosen() {
    filterUncounted();
    Moment moment = m_session->moment();
    moment.playhead = GlobalPosition(51);
    m_session->go(moment);
    QTRY_COMPARE(m_page->model()->rowCount(), 256);
    QTest::keyClick(m_page->table(), Qt::Key_Down);
    letCount();
    QTRY_COMPARE(m_page->model()->rowCount(), kFound);
    QTest::qWait(50);
    QCOMPARE(currentPosition(), qint64(kEvents - 2));
}

void TestLogPageHits::areNotTakenForNewOnes() {
    m_page->follow()->action()->trigger();
    QCOMPARE(m_page->follow()->state(), LogFollow::State::Following);
    filterUncounted();
    QTRY_COMPARE(m_page->model()->rowCount(), 256);
    QTest::keyClick(m_page->table(), Qt::Key_PageDown);
    QTest::keyClick(m_page->table(), Qt::Key_PageDown);
    QTRY_COMPARE(m_page->follow()->state(), LogFollow::State::Paused);
    QCOMPARE(m_page->follow()->missed(), 0);
    letCount();
    QTRY_COMPARE(m_page->model()->rowCount(), kFound);
    QCOMPARE(m_page->follow()->missed(), 0);
    m_store->append(u"thing-1"_s, u"Even"_s, "{}");
    QTRY_COMPARE(m_page->follow()->missed(), 1);
}

QTEST_MAIN(TestLogPageHits)
#include "tst_log_hits.moc"
