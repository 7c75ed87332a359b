// No event may hold the UI thread: each one's CPU time is measured on a log of 262,200 events.
#include "support/test_support.h"
#include "ui/aggregate/aggregate_page.h"
#include "ui/aggregate/timeline_panel.h"
#include "ui/aggregate/timeline_view.h"
#include "ui/log/filter_line.h"
#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/measuring_application.h"
#include "ui/ui_support.h"

#include <QScrollBar>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;

namespace {

/// What a release build keeps to; other builds are not optimised, or watched by sanitizers.
#ifdef NDEBUG
constexpr double kLongestMs = 50;
#else
constexpr double kLongestMs = 250;
#endif
constexpr int kEvents = 262'200;

MeasuringApplication& application() {
    return MeasuringApplication::instance();
}

} // namespace

class TestResponsiveness : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void cleanupTestCase();

    void opening();
    void scrubbing();
    void playing();
    void readingTheLog();
    void filteringTheLog();
    void sending();

  private:
    void makeLog();
    void verifyQuick();
    LogPage* logPage();
    TimelineView* timeline();
    void post(QWidget* widget, int key);

    Homes m_homes;
    StoreUrl m_url;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestResponsiveness::makeLog() {
    m_url = StoreUrl::sqliteFile(m_homes.file(QStringLiteral("log.db")));
    const QString loans = loanLog();
    if (!loans.isEmpty()) {
        const ProgramResult run =
            runRewindow({QStringLiteral("import"), m_url.path(), loans}, {}, 280'000);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        return;
    }
    ASSIGN_RESULT(store, Store::create(m_url, QString()));
    ASSIGN_RESULT(writer, store->writer());
    int next = 0;
    const auto source = [&]() -> Result<std::optional<ImportedEvent>> {
        if (next == kEvents)
            return std::optional<ImportedEvent>();
        ImportedEvent event;
        event.stream = QStringLiteral("application-%1").arg(next % 13'087);
        event.event.id = QString::number(next);
        event.event.type = QStringLiteral("Step%1").arg(next % 36);
        event.event.data = "{\"resource\":\"" + QByteArray::number(next % 60) +
                           "\",\"amount\":" + QByteArray::number(next) + '}';
        event.event.recordedAt = Timestamp(1'317'420'000'000'000 + next * 50'000'000LL);
        ++next;
        return std::optional(event);
    };
    QVERIFY_RESULT(writer->importAll(source));
}

void TestResponsiveness::initTestCase() {
    makeLog();
    Theme::instance().apply(Theme::Kind::Dark);
    m_settings = std::make_unique<Settings>(Settings::Storage::Nowhere);
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTest::qWait(200); // the first paint
}

void TestResponsiveness::cleanupTestCase() {
    m_window.reset();
}

void TestResponsiveness::verifyQuick() {
    QVERIFY(settle(*m_window));
    qInfo("%d events, the longest %.1f ms: %s", application().events(), application().longest(),
          qPrintable(application().what()));
    QVERIFY(application().events() > 20);
    QVERIFY2(
        application().longest() <= kLongestMs,
        qPrintable(
            QStringLiteral("%1 ms: %2").arg(application().longest()).arg(application().what())));
}

LogPage* TestResponsiveness::logPage() {
    return m_window->findChild<LogPage*>();
}

TimelineView* TestResponsiveness::timeline() {
    return &m_window->findChild<AggregatePage*>()->timeline().view();
}

/// As a keyboard would: by the event queue, one event after another.
void TestResponsiveness::post(QWidget* widget, int key) {
    QTest::keyClick(widget, static_cast<Qt::Key>(key));
    QTest::qWait(5);
}

void TestResponsiveness::opening() {
    application().start();
    const auto problem = open(*m_window, m_url);
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    verifyQuick();
    QCOMPARE(m_window->session()->summary().events, kEvents);
}

void TestResponsiveness::scrubbing() {
    application().start();
    // The longest stream, as far as a thousand tell.
    QString longest;
    bool answered = false;
    m_window->session()->background().run<std::vector<StreamSummary>>(
        this,
        [](Store& store, const CancelToken& cancel) {
            StreamQuery query;
            query.limit = 1000;
            return store.reader().streams(query, cancel);
        },
        [&](Result<std::vector<StreamSummary>> streams) {
            QVERIFY_RESULT(streams);
            longest = std::ranges::max_element(*streams, {}, &StreamSummary::events)->stream;
            answered = true;
        });
    QTRY_VERIFY(answered);
    m_window->session()->selectStream(longest);
    QVERIFY(settle(*m_window));
    TimelineView* view = timeline();
    view->setFocus();
    const Moment before = m_window->session()->moment();
    for (int i = 0; i < 60; ++i)
        post(view, Qt::Key_Left);
    post(view, Qt::Key_Home);
    for (int i = 0; i < 60; ++i)
        post(view, Qt::Key_Right);
    post(view, Qt::Key_End);
    for (int x = 20; x < view->width() - 20; x += 10) {
        QTest::mouseClick(view, Qt::LeftButton, {}, {x, view->height() / 2});
        QTest::qWait(5);
    }
    QVERIFY(m_window->session()->moment() != before);
    verifyQuick();
}

void TestResponsiveness::playing() {
    TimelineView* view = timeline();
    view->setFocus();
    post(view, Qt::Key_Home);
    QVERIFY(settle(*m_window));
    const auto before = m_window->session()->moment().playhead;
    application().start();
    post(view, Qt::Key_Space);
    QTest::qWait(3000);
    post(view, Qt::Key_Space);
    QVERIFY(m_window->session()->moment().playhead != before);
    verifyQuick();
}

void TestResponsiveness::readingTheLog() {
    application().start();
    m_window->session()->setPlayhead(std::nullopt);
    m_window->session()->setPage(Page::Log);
    QVERIFY(settle(*m_window));
    LogTable* table = logPage()->table();
    for (int i = 0; i < 40; ++i)
        post(table, Qt::Key_PageDown);
    post(table, Qt::Key_End);
    post(table, Qt::Key_Home);
    QScrollBar* bar = table->verticalScrollBar();
    for (int i = 0; i <= 50; ++i) {
        bar->setValue(static_cast<int>(qint64{bar->maximum()} * (i * 37 % 51) / 50));
        QTest::qWait(5);
    }
    QTest::keyClick(table, Qt::Key_R, Qt::ControlModifier);
    QVERIFY(settle(*m_window));
    QVERIFY(!logPage()->model()->isNewestFirst());
    QTest::keyClick(table, Qt::Key_R, Qt::ControlModifier);
    verifyQuick();
}

void TestResponsiveness::filteringTheLog() {
    application().start();
    FilterLine* line = logPage()->filterLine();
    line->setFocus();
    QTest::keyClicks(line, QStringLiteral("type:*A*"), Qt::NoModifier, 5);
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(settle(*m_window));
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(settle(*m_window));
    QCOMPARE(logPage()->model()->rowCount(), kEvents);
    verifyQuick();
}

void TestResponsiveness::sending() {
    std::optional<Result<void>> opened;
    application().start();
    m_window->openStore(m_url, QStringLiteral("order"), {},
                        [&](Result<void> answer) { opened = answer; });
    QTRY_VERIFY_WITH_TIMEOUT(opened, 60'000);
    QVERIFY_RESULT(*opened);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::none_of(m_window->session()->views(),
                             [](const ViewState& view) { return view.lag > 0; }),
        120'000);
    constexpr int commands = 40;
    int accepted = 0;
    for (int i = 0; i < commands; ++i) {
        CommandRequest request;
        request.command.name = QStringLiteral("RegisterUser");
        request.command.data = Json::object({{"userId", Json(QStringLiteral("user%1").arg(i))},
                                             {"name", Json(QStringLiteral("User %1").arg(i))}});
        m_window->session()->send(request, this, [&](const Result<CommandOutcome>& outcome) {
            QVERIFY_RESULT(outcome);
            accepted += std::holds_alternative<CommandAccepted>(*outcome);
        });
        QTest::qWait(10);
    }
    QTRY_COMPARE_WITH_TIMEOUT(accepted, commands, 60'000);
    QTRY_COMPARE(m_window->session()->head(), GlobalPosition(kEvents + commands));
    verifyQuick();
}

int main(int argc, char** argv) {
    MeasuringApplication application(argc, argv);
    TestResponsiveness test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_responsiveness.moc"
