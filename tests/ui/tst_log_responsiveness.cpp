// The Log page on a log of a million events, nightly ten million: no event may hold the UI thread,
// and a frame takes what it takes on a short log.
#include "bench/bench_support.h"
#include "bench/demo_log.h"
#include "ui/log/filter_line.h"
#include "ui/log/histogram_panel.h"
#include "ui/log/log_follow.h"
#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/measuring_application.h"
#include "ui/ui_support.h"

#include <QAction>
#include <QScrollBar>
#include <QThread>

#include <atomic>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

/// What a release build keeps to; other builds are not optimised, or watched by sanitizers.
#ifdef NDEBUG
constexpr double kLongestMs = 50;
constexpr double kLongestFrameMs = 16;
#else
constexpr double kLongestMs = 250;
constexpr double kLongestFrameMs = 80;
#endif
constexpr int kPatienceMs = 600'000;
constexpr qint64 kShortLog = 10'000;
constexpr QSize kWindow(1280, 800);

double percentile95(std::vector<double> values) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 95 / 100);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// A window on the Log page of a store, its events taken as they are.
class LogWindow {
  public:
    LogWindow() : m_window(m_settings, nullptr) {
        m_window.resize(kWindow);
        m_window.show();
    }

    Result<void> open(const StoreUrl& url) {
        std::optional<Result<void>> answer;
        Landing landing;
        landing.page = Page::Log;
        m_window.openStore(url, u"merge"_s, landing, [&](Result<void> opened) { answer = opened; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, kPatienceMs))
            return fail(Error::Kind::Storage, u"no answer"_s);
        return *answer;
    }
    /// Waits until nothing is read or counted any more.
    bool settle() const {
        int quiet = 0;
        return QTest::qWaitFor([&] { return (quiet = m_window.isQuiet() ? quiet + 1 : 0) > 5; },
                               kPatienceMs);
    }

    MainWindow& window() { return m_window; }
    LogPage& page() const { return *m_window.findChild<LogPage*>(); }
    LogTable& table() const { return *page().table(); }
    QScrollBar& bar() const { return *table().verticalScrollBar(); }

  private:
    Settings m_settings{Settings::Storage::Nowhere};
    MainWindow m_window;
};

} // namespace

class TestLogResponsiveness : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void opening();
    void scrolling();
    void frames();
    void filtering_data();
    void filtering();
    void draggingTheHistogram();
    void following();
    void cleanupTestCase();

  private:
    void verifyQuick();
    /// Scrolls, paints, and lets what is missing be read and painted. Adds how long each frame
    /// took, in milliseconds.
    static void scrollTo(LogWindow& log, qint64 step, qint64 steps, std::vector<double>& frames);

    Homes m_homes;
    StoreUrl m_url;
    std::unique_ptr<LogWindow> m_log;
    qint64 m_events = 0;
};

void TestLogResponsiveness::initTestCase() {
    ASSIGN_RESULT(made, bench::demoLog());
    m_events = bench::demoLogEvents();
    // Events are appended to it.
    m_url = StoreUrl::sqliteFile(builtTestFile(QStringLiteral("data/responsive.db")));
    for (const char* ending : {"", "-wal", "-shm"})
        QFile::remove(m_url.path() + QLatin1String(ending));
    QVERIFY(QFile::copy(made.path(), m_url.path()));
    Theme::instance().apply(Theme::Kind::Dark);
    m_log = std::make_unique<LogWindow>();
    QVERIFY(QTest::qWaitForWindowExposed(&m_log->window()));
    QTest::qWait(200); // the first paint
}

void TestLogResponsiveness::cleanupTestCase() {
    m_log.reset();
    for (const char* ending : {"", "-wal", "-shm"})
        QFile::remove(m_url.path() + QLatin1String(ending));
}

void TestLogResponsiveness::verifyQuick() {
    QVERIFY(m_log->settle());
    const auto& application = MeasuringApplication::instance();
    qInfo("%d events, the longest %.1f ms: %s", application.events(), application.longest(),
          qPrintable(application.what()));
    QVERIFY(application.events() > 20);
    QVERIFY2(application.longest() <= kLongestMs, qPrintable(application.what()));
}

void TestLogResponsiveness::opening() {
    MeasuringApplication::instance().start();
    QVERIFY_RESULT(m_log->open(m_url));
    verifyQuick();
    QCOMPARE(m_log->page().model()->total(), m_events);
}

void TestLogResponsiveness::scrolling() {
    MeasuringApplication::instance().start();
    LogTable& table = m_log->table();
    table.setFocus();
    const auto press = [&table](Qt::Key key) {
        QTest::keyClick(&table, key);
        QTest::qWait(5);
    };
    for (int i = 0; i < 60; ++i)
        press(Qt::Key_PageDown);
    press(Qt::Key_End);
    press(Qt::Key_Home);
    for (int i = 0; i <= 100; ++i) {
        m_log->bar().setValue(int(qint64{m_log->bar().maximum()} * (i * 37 % 101) / 100));
        QTest::qWait(5);
    }
    verifyQuick();
}

void TestLogResponsiveness::scrollTo(LogWindow& log, qint64 step, qint64 steps,
                                     std::vector<double>& frames) {
    const auto frame = [&](auto&& before) {
        frames.push_back(1e3 * bench::seconds([&] {
                             before();
                             log.table().viewport()->repaint();
                         }));
    };
    frame([&] { log.bar().setValue(int(log.bar().maximum() * step / steps)); });
    const auto isRead = [&log] {
        const int bottom = log.table().viewport()->height() - 1;
        for (const int y : {0, bottom})
            if (log.table().indexAt({0, y}).data(LogModel::TypeRole).toString().isEmpty())
                return false;
        return log.page().isQuiet();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRead(), kPatienceMs);
    frame([] {});
    // As a wheel does.
    for (int notch = 0; notch < 3; ++notch)
        frame([&] { log.bar().setValue(log.bar().value() + 3 * log.bar().singleStep()); });
}

void TestLogResponsiveness::frames() {
    ASSIGN_RESULT(url, bench::demoLog(kShortLog));
    LogWindow other;
    QVERIFY(QTest::qWaitForWindowExposed(&other.window()));
    QVERIFY_RESULT(other.open(url));
    // Both on their first row.
    for (LogWindow* log : {m_log.get(), &other}) {
        QTest::keyClick(&log->table(), Qt::Key_Home);
        QVERIFY(log->settle());
    }
    QCOMPARE(other.table().viewport()->size(), m_log->table().viewport()->size());
    std::vector<double> ofLong;
    std::vector<double> ofShort;
    constexpr qint64 kSteps = 120;
    for (qint64 step = 0; step < kSteps; ++step) {
        const qint64 place = step * 53 % kSteps;
        scrollTo(*m_log, place, kSteps, ofLong);
        scrollTo(other, place, kSteps, ofShort);
    }
    const double longOnes = percentile95(ofLong);
    const double shortOnes = percentile95(ofShort);
    qInfo("95th percentile of a frame: %.2f ms, of a short log %.2f ms", longOnes, shortOnes);
    bench::checkRatio("frames of a long log / of a short one", longOnes / shortOnes, 1.2);
    bench::checkRatio("milliseconds of a frame", longOnes, kLongestFrameMs);
}

void TestLogResponsiveness::filtering_data() {
    QTest::addColumn<QString>("filter");
    QTest::newRow("by type") << u"type:*Paid*"_s;
    QTest::newRow("by payload") << u"data.quantity>2"_s;
    QTest::newRow("by text") << u"\"p1\""_s;
}

void TestLogResponsiveness::filtering() {
    QFETCH(QString, filter);
    MeasuringApplication::instance().start();
    FilterLine* line = m_log->page().filterLine();
    line->setFocus();
    QTest::keyClicks(line, filter, Qt::NoModifier, 5);
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(m_log->settle());
    QVERIFY(m_log->page().model()->total() > 0);
    QVERIFY(m_log->page().model()->total() < m_events);
    for (int i = 0; i <= 30; ++i) {
        m_log->bar().setValue(int(qint64{m_log->bar().maximum()} * (i * 17 % 31) / 30));
        QTest::qWait(5);
    }
    QVERIFY(m_log->settle());
    line->setFocus();
    QTest::keyClick(line, Qt::Key_Escape);
    QTest::keyClick(line, Qt::Key_Escape); // the first one may close a list of completions
    verifyQuick();
    QCOMPARE(m_log->page().model()->total(), m_events);
}

void TestLogResponsiveness::draggingTheHistogram() {
    MeasuringApplication::instance().start();
    HistogramView* view = m_log->page().histogramPanel()->view();
    QVERIFY(view->bars().bars() > 10);
    const auto bar = [view](int tenths) {
        return view->barRect(view->bars().bars() * tenths / 10).center();
    };
    for (const int from : {2, 4, 6}) {
        QTest::mousePress(view, Qt::LeftButton, {}, bar(from));
        for (int x = bar(from).x(); x < bar(from + 2).x(); x += 7) {
            QTest::mouseMove(view, {x, bar(from).y()});
            QTest::qWait(2);
        }
        QTest::mouseRelease(view, Qt::LeftButton, {}, bar(from + 2));
        QVERIFY(m_log->settle());
        QVERIFY(m_log->page().model()->total() < m_events);
        QTest::mouseClick(view, Qt::LeftButton, {}, bar(from + 1));
        QVERIFY(m_log->settle());
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(m_log->settle());
    }
    verifyQuick();
}

void TestLogResponsiveness::following() {
    constexpr int kAppends = 300;
    constexpr int kEach = 10;
    MeasuringApplication::instance().start();
    QAction* follow = m_log->page().follow()->action();
    if (!follow->isChecked())
        follow->trigger();
    std::atomic<bool> hasFailed = false;
    const std::unique_ptr<QThread> appending(QThread::create([&hasFailed, url = m_url] {
        const auto store = Store::open(url, Store::Access::ReadWrite);
        const auto writer = store ? (*store)->writer() : std::unexpected(store.error());
        for (int i = 0; writer && i < kAppends; ++i) {
            std::vector<NewEvent> events(kEach);
            for (NewEvent& event : events) {
                event.id = u"new-%1-%2"_s.arg(i).arg(&event - events.data());
                event.type = u"OrderPaid"_s;
                event.data = R"({"quantity":3})";
                event.recordedAt = Timestamp(1'800'000'000'000'000 + i);
            }
            const auto appended =
                (*writer)->append(u"order-new%1"_s.arg(i), ExpectedVersion::any(), events);
            hasFailed = hasFailed || !appended;
            QThread::msleep(5);
        }
        hasFailed = hasFailed || !writer;
    }));
    appending->start();
    QTRY_VERIFY_WITH_TIMEOUT(appending->isFinished(), kPatienceMs);
    QVERIFY(!hasFailed);
    QTRY_COMPARE_WITH_TIMEOUT(m_log->page().model()->total(), m_events + kAppends * kEach,
                              kPatienceMs);
    verifyQuick();
}

int main(int argc, char** argv) {
    MeasuringApplication application(argc, argv);
    TestLogResponsiveness test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_log_responsiveness.moc"
