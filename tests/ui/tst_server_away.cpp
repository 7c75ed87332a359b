// A window on a store whose server goes away: it says so, keeps what it has, and goes on by itself
// when the server is back.
#include "support/cutting_proxy.h"
#include "support/mariadb_server.h"
#include "support/postgres_server.h"
#include "support/test_support.h"
#include "ui/aggregate/aggregate_page.h"
#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/shell/status_line.h"
#include "ui/ui_support.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QSignalSpy>

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;
using namespace Qt::StringLiterals;

enum class Kind { Postgres, MariaDb };
Q_DECLARE_METATYPE(Kind)

class TestServerAway : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void goesOnAfterARestart_data() { servers(); }
    void goesOnAfterARestart();
    void goesOnAfterACutInMidResult_data() { servers(); }
    void goesOnAfterACutInMidResult();
    void closesWhileTheServerIsAway_data() { servers(); }
    void closesWhileTheServerIsAway();

  private:
    static constexpr int kEvents = 3000;

    static void servers() {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("PostgreSQL") << Kind::Postgres;
        QTest::newRow("MariaDB") << Kind::MariaDb;
    }
    /// A store of so many events in a server of its own; its address.
    QString filledStore(Kind kind);
    void append(const StoreUrl& url, const QString& stream, int events);
    void stop(Kind kind) { kind == Kind::Postgres ? m_postgres->stop() : m_maria->stop(); }
    QString startAgain(Kind kind) {
        return kind == Kind::Postgres ? m_postgres->startAgain() : m_maria->startAgain();
    }
    QString statusText() const {
        QStringList texts;
        for (const QLabel* label : m_window->findChild<StatusLine*>()->findChildren<QLabel*>())
            texts << label->text();
        return texts.join(u'\n');
    }
    QAbstractItemModel* log() const { return m_window->findChild<LogPage*>()->table()->model(); }
    /// Whether the row's cells are there.
    bool isRead(int row) const {
        for (int column = 0; column < log()->columnCount(); ++column)
            if (log()->index(row, column).data().toString().contains(u"note-"))
                return true;
        return false;
    }

    std::unique_ptr<Homes> m_homes;
    std::unique_ptr<PostgresServer> m_postgres;
    std::unique_ptr<MariaDbServer> m_maria;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestServerAway::init() {
    m_homes = std::make_unique<Homes>();
    m_postgres = std::make_unique<PostgresServer>();
    m_maria = std::make_unique<MariaDbServer>();
    m_settings = std::make_unique<Settings>();
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestServerAway::cleanup() {
    m_window.reset();
    m_settings.reset();
    m_postgres.reset();
    m_maria.reset();
}

void TestServerAway::append(const StoreUrl& url, const QString& stream, int events) {
    ASSIGN_RESULT(store, Store::open(url, Store::Access::ReadWrite));
    int given = 0;
    QVERIFY_RESULT((*store->writer())->importAll([&]() -> Result<std::optional<ImportedEvent>> {
        if (++given > events)
            return std::nullopt;
        return ImportedEvent{u"%1-%2"_s.arg(stream).arg(given % 10),
                             std::nullopt,
                             {{},
                              u"Noted"_s,
                              "{\"n\":" + QByteArray::number(given) + '}',
                              {},
                              {},
                              {},
                              Timestamp(given)},
                             {}};
    }));
}

QString TestServerAway::filledStore(Kind kind) {
    const QString failure = kind == Kind::Postgres ? m_postgres->start() : m_maria->start();
    if (!failure.isEmpty())
        qFatal("%s", qPrintable(failure));
    const QString address = kind == Kind::Postgres ? m_postgres->url(m_postgres->makeDatabase())
                                                   : m_maria->url(m_maria->makeDatabase());
    const auto url = StoreUrl::parse(address);
    if (const auto made = Store::create(*url, {}); !made)
        qFatal("%s", qPrintable(made.error().sentence()));
    append(*url, u"note"_s, kEvents);
    return address;
}

void TestServerAway::goesOnAfterARestart() {
    QFETCH(Kind, kind);
    const auto url = StoreUrl::parse(filledStore(kind));
    Landing landing;
    landing.page = Page::Log;
    const auto problem = open(*m_window, *url, landing);
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    QVERIFY(settle(*m_window));
    Session& session = *m_window->session();
    QTRY_COMPARE(log()->rowCount(), kEvents);
    QTRY_VERIFY(isRead(0));
    QSignalSpy failures(&session, &Session::failed);

    stop(kind);
    QTRY_VERIFY_WITH_TIMEOUT(session.isStale(), 30'000);
    QVERIFY2(m_window->message().contains(u"goes on by itself"), qPrintable(m_window->message()));
    QVERIFY2(statusText().contains(u"stale"), qPrintable(statusText()));
    // What was read is still there, and what is asked for now is not there yet.
    QCOMPARE(log()->rowCount(), kEvents);
    QVERIFY(isRead(0));
    QVERIFY(!isRead(kEvents / 2));
    session.selectStream(u"note-3"_s);
    session.setPage(Page::Aggregate);
    QTest::qWait(1500);
    QVERIFY(!isRead(kEvents / 2));
    QCOMPARE(failures.size(), 1);
    session.setPage(Page::Log);

    QCOMPARE(startAgain(kind), QString());
    QTRY_VERIFY_WITH_TIMEOUT(!session.isStale(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(isRead(kEvents / 2), 30'000);
    QTRY_COMPARE(m_window->message(), QString());
    QVERIFY(!statusText().contains(u"stale"));
    append(*url, u"note"_s, 5);
    QTRY_COMPARE_WITH_TIMEOUT(session.head().value(), qint64(kEvents + 5), 30'000);
    QTRY_COMPARE(log()->rowCount(), kEvents + 5);
    // The aggregate that was chosen meanwhile has been replayed.
    session.setPage(Page::Aggregate);
    auto* page = m_window->findChild<AggregatePage*>();
    QVERIFY(page != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(page->replay().outline().stream, u"note-3"_s, 30'000);
    QTRY_COMPARE(page->replay().outline().lastVersion().value(), qint64(kEvents / 10 + 1));
    QVERIFY(settle(*m_window));
    QCOMPARE(failures.size(), 1);
}

void TestServerAway::goesOnAfterACutInMidResult() {
    QFETCH(Kind, kind);
    const auto direct = StoreUrl::parse(filledStore(kind));
    CuttingProxy proxy(kind == Kind::Postgres ? m_postgres->port() : m_maria->port());
    const QString port = QString::number(direct->server().hosts().front().port);
    const auto url =
        StoreUrl::parse(direct->toString().replace(u':' + port, u":%1"_s.arg(proxy.port())));
    Landing landing;
    landing.page = Page::Log;
    const auto problem = open(*m_window, *url, landing);
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    QVERIFY(settle(*m_window));
    QTRY_COMPARE(log()->rowCount(), kEvents);
    // The first rows of the page come through, and no more do; looking for a row asks for its page.
    proxy.cutAt(QByteArray("{\"n\":1520}"), CuttingProxy::Cut::InMidAnswer);
    QVERIFY(!isRead(kEvents / 2));
    QTRY_VERIFY2_WITH_TIMEOUT(isRead(kEvents / 2), qPrintable(m_window->message()), 30'000);
    QCOMPARE(proxy.cuts(), 1);
    QTRY_VERIFY(!m_window->session()->isStale());
    QTRY_COMPARE(m_window->message(), QString());
}

void TestServerAway::closesWhileTheServerIsAway() {
    QFETCH(Kind, kind);
    const auto url = StoreUrl::parse(filledStore(kind));
    const auto problem = open(*m_window, *url);
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    QVERIFY(settle(*m_window));
    stop(kind);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session()->isStale(), 30'000);
    QElapsedTimer timer;
    timer.start();
    m_window->closeStore();
    QVERIFY2(timer.elapsed() < 2'000, "the window waits for a server that is away");
}

QTEST_MAIN(TestServerAway)
#include "tst_server_away.moc"
