// How long it takes from a commit to the event's row on screen, while a thousand a second arrive.
#include "bench/bench_support.h"
#include "support/postgres_server.h"
#include "support/test_support.h"
#include "ui/log/log_follow.h"
#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/ui_support.h"

#include <QAction>
#include <QScrollBar>

#include <array>
#include <atomic>
#include <chrono>
#include <set>
#include <thread>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kSeconds = 10;
constexpr int kAtOnce = 10;
constexpr int kEverySecond = 1000;
constexpr qint64 kThere = 1000; ///< events before
constexpr double kMostMs = 100;

/// Appends so many events every second, and keeps when each was committed.
class Writer {
  public:
    explicit Writer(const StoreUrl& url)
        : m_thread([this, url](const std::stop_token& stop) { write(url, stop); }) {}

    /// Nothing before it was committed.
    std::optional<Clock::time_point> committed(qint64 position) const {
        if (position <= kThere || position > m_last)
            return std::nullopt;
        return m_times[static_cast<std::size_t>(position - kThere - 1)];
    }
    qint64 written() const { return m_last - kThere; }

  private:
    void write(const StoreUrl& url, const std::stop_token& stop) {
        const auto store = Store::open(url, Store::Access::ReadWrite);
        if (!store)
            qFatal("%s", qPrintable(store.error().sentence()));
        EventWriter& writer = **(*store)->writer();
        Clock::time_point next = Clock::now();
        qint64 position = kThere;
        while (!stop.stop_requested() && position + kAtOnce <= kThere + qint64(m_times.size())) {
            std::vector<NewEvent> events;
            for (int i = 1; i <= kAtOnce; ++i)
                events.push_back({QString::number(position + i),
                                  u"Happened"_s,
                                  R"({"n":1})",
                                  {},
                                  {},
                                  {},
                                  Timestamp::now()});
            const auto appended =
                writer.append(u"note-%1"_s.arg(position), ExpectedVersion::any(), events);
            if (!appended || !std::holds_alternative<Appended>(*appended))
                qFatal("nothing is appended");
            const Clock::time_point now = Clock::now();
            for (int i = 0; i < kAtOnce; ++i)
                m_times[static_cast<std::size_t>(position - kThere + i)] = now;
            position += kAtOnce;
            m_last = position;
            next += std::chrono::milliseconds(1000 * kAtOnce / kEverySecond);
            std::this_thread::sleep_until(next);
        }
    }

    std::array<Clock::time_point, std::size_t(2 * kSeconds) * kEverySecond> m_times;
    std::atomic<qint64> m_last = kThere;
    std::jthread m_thread;
};

/// Notes when a row was first painted whole.
class PaintWatch : public QObject {
  public:
    PaintWatch(LogTable& table, const LogModel& model, const Writer& writer)
        : m_table(table)
        , m_model(model)
        , m_writer(writer) {
        table.viewport()->installEventFilter(this);
    }
    const std::vector<double>& milliseconds() const { return m_milliseconds; }

  protected:
    bool eventFilter(QObject* object, QEvent* event) override {
        if (event->type() != QEvent::Paint || m_isPainting)
            return false;
        m_isPainting = true;
        QCoreApplication::sendEvent(object, event);
        m_isPainting = false;
        look();
        return true;
    }

  private:
    void look() {
        const Clock::time_point now = Clock::now();
        const int first = m_table.rowAt(0);
        const int bottom = m_table.rowAt(m_table.viewport()->height() - 1);
        const int last = bottom < 0 ? m_model.rowCount() - 1 : bottom;
        for (int row = std::max(first, 0); row <= last; ++row) {
            const QModelIndex index = m_model.index(row, LogModel::TypeColumn);
            const qint64 position = index.data(LogModel::PositionRole).toLongLong();
            const auto committed = m_writer.committed(position);
            if (committed && !index.data(LogModel::TypeRole).toString().isEmpty() &&
                m_seen.insert(position).second)
                m_milliseconds.push_back(
                    std::chrono::duration<double, std::milli>(now - *committed).count());
        }
    }

    LogTable& m_table;
    const LogModel& m_model;
    const Writer& m_writer;
    std::set<qint64> m_seen;
    std::vector<double> m_milliseconds;
    bool m_isPainting = false;
};

} // namespace

class TestLogLatency : public QObject {
    Q_OBJECT

  private slots:
    void showsARowSoonAfterItsCommit_data();
    void showsARowSoonAfterItsCommit();

  private:
    Homes m_homes;
};

void TestLogLatency::showsARowSoonAfterItsCommit_data() {
    QTest::addColumn<bool>("isOnServer");
    QTest::newRow("PostgreSQL") << true;
    QTest::newRow("SQLite") << false;
}

void TestLogLatency::showsARowSoonAfterItsCommit() {
    QFETCH(bool, isOnServer);
    const StoreUrl url =
        isOnServer
            ? *StoreUrl::parse(sharedPostgresServer().url(sharedPostgresServer().makeDatabase()))
            : StoreUrl::sqliteFile(m_homes.file(u"latency.db"_s));
    {
        ASSIGN_RESULT(store, Store::create(url, {}));
        ASSIGN_RESULT(writer, store->writer());
        std::vector<NewEvent> events;
        for (qint64 i = 1; i <= kThere; ++i)
            events.push_back({u"there-%1"_s.arg(i), u"Happened"_s, "{}", {}, {}, {}, Timestamp(i)});
        QVERIFY_RESULT(writer->append(u"note-0"_s, ExpectedVersion::any(), events));
    }
    Settings settings{Settings::Storage::Nowhere};
    MainWindow window(settings, nullptr);
    window.resize(1280, 800);
    window.show();
    Landing landing;
    landing.page = Page::Log;
    const auto failure = open(window, url, landing);
    QVERIFY2(!failure, failure ? qPrintable(failure->sentence()) : "");
    QVERIFY(settle(window));
    LogPage& page = *window.findChild<LogPage*>();
    page.follow()->action()->setChecked(true);
    QCOMPARE(page.follow()->state(), LogFollow::State::Following);
    {
        const Writer writer(url);
        const PaintWatch watch(*page.table(), *page.model(), writer);
        QTest::qWait(kSeconds * 1000);
        const std::vector<double>& all = watch.milliseconds();
        qInfo("%lld events written, %zu seen on screen", writer.written(), all.size());
        QVERIFY2(writer.written() > kSeconds * kEverySecond * 9 / 10, "too few are written");
        QVERIFY(all.size() > 500);
        std::vector<double> sorted = all;
        std::ranges::sort(sorted);
        qInfo("95 of 100 within %.0f ms", sorted[sorted.size() * 95 / 100]);
        bench::checkRatio("from commit to row on screen, median ms / 100",
                          bench::median(all) / kMostMs, 1.0);
    }
}

QTEST_MAIN(TestLogLatency)
#include "tst_log_latency.moc"
