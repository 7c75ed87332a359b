// A window that is killed is found again, by its real program, where it was left.
#include "model/moment/link_text.h"
#include "store/kept_places.h"
#include "store/workspace.h"
#include "ui/small_shop.h"
#include "ui/ui_support.h"

#include <QProcess>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestRestart : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void isFoundAgainAfterAKill_data();
    void isFoundAgainAfterAKill();
    void startsWithTheFirstPageAfterClosing();

  private:
    QString remembered(const QString& key);
    QString newestPlace();
    void forgetPlaces();

    SmallShop m_shop;
    Homes m_homes; // the data's home is this one, not the shop's
};

void TestRestart::initTestCase() {
    const QByteArray home = qgetenv("REWINDOW_DATA_HOME");
    m_shop.make();
    qputenv("REWINDOW_DATA_HOME", home);
    qputenv("QT_QPA_PLATFORM", "offscreen");
}

QString TestRestart::remembered(const QString& key) {
    const auto store = Store::open(m_shop.url(), Store::Access::Read);
    const auto workspace = store ? (*store)->workspace() : std::unexpected(store.error());
    const auto value = workspace ? (*workspace)->remembered(key) : std::unexpected(store.error());
    return value ? value->value_or(QString()) : QString();
}

QString TestRestart::newestPlace() {
    const auto store = Store::open(m_shop.url(), Store::Access::Read);
    const auto workspace = store ? (*store)->workspace() : std::unexpected(store.error());
    const auto recent =
        workspace ? (*workspace)->places().recent() : std::unexpected(store.error());
    return recent && !recent->empty() ? recent->front().link : QString();
}

void TestRestart::forgetPlaces() {
    ASSIGN_RESULT(store, Store::open(m_shop.url(), Store::Access::Read));
    ASSIGN_RESULT(workspace, store->workspace());
    QVERIFY_RESULT(workspace->places().forgetRecent());
}

void TestRestart::isFoundAgainAfterAKill_data() {
    QTest::addColumn<QStringList>("words");
    QTest::newRow("an order of the past") << QStringList{
        u"--stream"_s, u"order-a1"_s, u"--version"_s, u"2"_s, u"--pointer"_s, u"/status"_s};
    QTest::newRow("the log under a filter")
        << QStringList{u"--page"_s,   u"log"_s,         u"--stream"_s, u"order-b1"_s,
                       u"--filter"_s, u"type:Order*"_s, u"--at"_s,     u"6"_s};
}

void TestRestart::isFoundAgainAfterAKill() {
    QFETCH(QStringList, words);
    const QString program = rewindowProgram();
    forgetPlaces();
    QString left;
    {
        QProcess window;
        window.start(program, QStringList{m_shop.url().path()} + words);
        QTRY_VERIFY_WITH_TIMEOUT(!newestPlace().isEmpty(), 30'000);
        left = newestPlace();
        QTRY_COMPARE_WITH_TIMEOUT(remembered(u"place"_s), left, 10'000);
        window.kill();
        QVERIFY(window.waitForFinished());
    }
    ASSIGN_RESULT(moment, momentOfLinkText(left));
    QVERIFY(moment.playhead);
    QCOMPARE(moment.stream, words[words.indexOf(u"--stream"_s) + 1]);

    forgetPlaces(); // what comes now is of the second window
    QProcess again;
    again.start(program, QStringList());
    QTRY_VERIFY_WITH_TIMEOUT(!newestPlace().isEmpty(), 30'000);
    QCOMPARE(newestPlace(), left);
    again.kill();
    QVERIFY(again.waitForFinished());
    QCOMPARE(remembered(u"place"_s), left);
}

void TestRestart::startsWithTheFirstPageAfterClosing() {
    Settings settings;
    MainWindow window(settings, nullptr);
    window.show();
    QVERIFY(!open(window, m_shop.url()));
    QCOMPARE(settings.openStore(), m_shop.url().toString());
    window.windowActions().close->trigger();
    QCOMPARE(settings.openStore(), QString());
}

QTEST_MAIN(TestRestart)
#include "tst_restart.moc"
