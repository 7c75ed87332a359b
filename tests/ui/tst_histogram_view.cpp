// The bars over the log while their counts change below a hand.
#include "ui/log/histogram_view.h"

#include <QSignalSpy>
#include <QTest>

using namespace rewindow;

namespace {

/// One type; `bars` bars of `step` seconds each, from the same beginning.
HistogramBars barsOf(int bars, int step) {
    HistogramBars made;
    made.types = QStringList(QStringLiteral("OrderPaid"));
    for (int edge = 0; edge <= bars; ++edge)
        made.edges.emplace_back(qint64(edge) * step * 1'000'000);
    made.counts.assign(static_cast<std::size_t>(bars), 1);
    return made;
}

} // namespace

class TestHistogramView : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup() { m_view.reset(); }
    void keepsADragWhileCountsArrive();
    void keepsWhatShiftTookWhileCountsArrive();
    void forgetsWhatHasNoPlaceAnyMore();

  private:
    QPoint middleOf(int bar) const { return m_view->barRect(bar).center(); }
    /// In seconds.
    static QList<qint64> chosen(const QSignalSpy& spans) {
        const auto span = spans.value(0).value(0).value<TimeSpan>();
        return {span.begin.microseconds() / 1'000'000, span.end.microseconds() / 1'000'000};
    }

    std::unique_ptr<HistogramView> m_view;
};

void TestHistogramView::init() {
    m_view = std::make_unique<HistogramView>();
    m_view->resize(616, 120);
    m_view->setBars(barsOf(10, 10));
    m_view->show();
}

void TestHistogramView::keepsADragWhileCountsArrive() {
    QSignalSpy spans(m_view.get(), &HistogramView::spanChosen);
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, middleOf(2));
    m_view->setBars(barsOf(20, 5)); // finer: what was bar 2 begins with bar 4
    QTest::mouseMove(m_view.get(), middleOf(9));
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, middleOf(9));
    QCOMPARE(spans.size(), 1);
    QCOMPARE(chosen(spans), QList<qint64>({20, 50}));
}

void TestHistogramView::keepsWhatShiftTookWhileCountsArrive() {
    QSignalSpy spans(m_view.get(), &HistogramView::spanChosen);
    m_view->setCurrentBar(6);
    QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
    m_view->setBars(barsOf(12, 10)); // the log went on
    QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(spans.size(), 1);
    QCOMPARE(chosen(spans), QList<qint64>({40, 70}));
}

void TestHistogramView::forgetsWhatHasNoPlaceAnyMore() {
    QSignalSpy spans(m_view.get(), &HistogramView::spanChosen);
    QSignalSpy times(m_view.get(), &HistogramView::timeChosen);
    QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
    m_view->setBars({});
    QCOMPARE(m_view->currentBar(), -1);
    m_view->setBars(barsOf(10, 10));
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(spans.size(), 0);
    QCOMPARE(times.size(), 1);
}

QTEST_MAIN(TestHistogramView)
#include "tst_histogram_view.moc"
