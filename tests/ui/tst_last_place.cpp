// A store opens where it was left; what remembers that may be spoilt, with a word and no worse.
#include "store/workspace.h"
#include "support/test_support.h"
#include "ui/small_shop.h"
#include "ui/ui_support.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;

class TestLastPlace : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void cleanup();

    void returnsToWhereItWas();
    void saysThatThePlaceIsLost_data();
    void saysThatThePlaceIsLost();
    void setsASpoiltWorkspaceAside();
    void setsSpoiltSettingsAside();

  private:
    void openShop(const Landing& landing = {});
    void rememberPlace(const QString& link);
    void spoil(const QString& path);

    std::unique_ptr<Homes> m_homes;
    SmallShop m_shop;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestLastPlace::initTestCase() {
    m_shop.make();
}

void TestLastPlace::init() {
    m_homes = std::make_unique<Homes>();
    m_settings = std::make_unique<Settings>();
    Theme::instance().apply(Theme::Kind::Dark);
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestLastPlace::cleanup() {
    m_window.reset();
}

void TestLastPlace::openShop(const Landing& landing) {
    const auto problem = open(*m_window, m_shop.url(), landing);
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    QVERIFY(settle(*m_window));
}

void TestLastPlace::returnsToWhereItWas() {
    Landing landing;
    landing.stream = QStringLiteral("order-a1");
    landing.version = StreamVersion(2);
    landing.pointer = QStringLiteral("/status");
    landing.filter = QStringLiteral("type:Order*");
    landing.page = Page::Log;
    openShop(landing);
    const Moment left = m_window->session()->moment();
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr); // as when started again
    m_window->show();
    openShop();
    QVERIFY(m_window->session()->moment() == left);
    QCOMPARE(m_window->message(), QString());

    Landing other;
    other.stream = QStringLiteral("order-b1");
    openShop(other);
    QCOMPARE(m_window->session()->moment().stream, QStringLiteral("order-b1"));
    QVERIFY(m_window->session()->moment().isLive());
    m_window->closeStore();
    openShop();
    QCOMPARE(m_window->session()->moment().stream, QStringLiteral("order-b1"));
    QCOMPARE(m_window->session()->moment().page, Page::Aggregate);

    // A window that is drawn to a picture shows the store as if for the first time.
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->setAttribute(Qt::WA_DontShowOnScreen);
    openShop();
    QVERIFY(m_window->session()->moment().stream != QStringLiteral("order-b1"));
}

void TestLastPlace::rememberPlace(const QString& link) {
    ASSIGN_RESULT(store, Store::open(m_shop.url(), Store::Access::Read));
    ASSIGN_RESULT(workspace, store->workspace());
    QVERIFY_RESULT(workspace->remember(QStringLiteral("place"), link));
}

void TestLastPlace::spoil(const QString& path) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QVERIFY(file.write("[window\n\x01\x02 no settings, no database\n") > 0);
}

void TestLastPlace::saysThatThePlaceIsLost_data() {
    QTest::addColumn<QString>("link");
    QTest::newRow("no link") << QStringLiteral("\x1b[31m rubbish");
    QTest::newRow("half a link") << QStringLiteral("rewindow://open?at=seven");
    QTest::newRow("a stream that is gone")
        << QStringLiteral("rewindow://open?store=x&stream=order-gone");
    QTest::newRow("a position beyond the last")
        << QStringLiteral("rewindow://open?store=x&at=999999");
}

void TestLastPlace::saysThatThePlaceIsLost() {
    QFETCH(QString, link);
    openShop();
    m_window->closeStore();
    Landing landing;
    landing.page = Page::Aggregate;
    openShop(landing);
    const Moment first = m_window->session()->moment();
    m_window->closeStore();
    rememberPlace(link);
    openShop();
    QVERIFY(m_window->session()->moment() == first);
    QVERIFY(m_window->message().size() > 15);
}

void TestLastPlace::setsASpoiltWorkspaceAside() {
    openShop();
    const QString id = m_window->session()->info().storeId;
    m_window->closeStore();
    ASSIGN_RESULT(path, Workspace::pathOf(id, QStringLiteral(".db")));
    spoil(path);
    openShop();
    QVERIFY2(m_window->message().contains(QStringLiteral(".spoilt")),
             qPrintable(m_window->message()));
    QVERIFY(QFile::exists(path + QStringLiteral(".spoilt")));
    m_window->closeStore();
    openShop();
    QCOMPARE(m_window->message(), QString()); // said once
}

void TestLastPlace::setsSpoiltSettingsAside() {
    m_window.reset();
    m_settings.reset();
    const QString path = m_homes->file(QStringLiteral("config/rewindow.ini"));
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    spoil(path);
    m_settings = std::make_unique<Settings>();
    QCOMPARE(m_settings->setAside(), path + QStringLiteral(".spoilt"));
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->show();
    QVERIFY2(m_window->message().contains(QStringLiteral(".spoilt")),
             qPrintable(m_window->message()));
    openShop();
    QCOMPARE(m_settings->openStore(), m_shop.url().toString());
    m_window.reset();
    m_settings = std::make_unique<Settings>();
    QCOMPARE(m_settings->setAside(), QString());
    QCOMPARE(m_settings->openStore(), m_shop.url().toString());
}

QTEST_MAIN(TestLastPlace)
#include "tst_last_place.moc"
