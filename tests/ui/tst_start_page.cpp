// A window without a store: the demo, a file, recent ones, and what cannot be opened.
#include "support/test_support.h"
#include "ui/shell/demo_job.h"
#include "ui/shell/notice_page.h"
#include "ui/shell/start_page.h"
#include "ui/ui_support.h"

#include <QCommandLinkButton>
#include <QDir>
#include <QDropEvent>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;

class TestStartPage : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();

    void opensTheDemoWithOneClick();
    void opensTheDemoByKeys();
    void opensTheDemoAgain();
    void cancelsTheDemo();
    void listsRecentStores();
    void forgetsARecentStore();
    void opensADroppedFile();
    void saysWhatCannotBeOpened_data();
    void saysWhatCannotBeOpened();
    void triesAgain();

  private:
    void writeFile(const QString& path, const QByteArray& content);
    QCommandLinkButton* wayIn(const QString& name);

    std::unique_ptr<Homes> m_homes;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestStartPage::init() {
    m_homes = std::make_unique<Homes>();
    m_settings = std::make_unique<Settings>();
    Theme::instance().apply(Theme::Kind::Dark);
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestStartPage::cleanup() {
    m_window.reset();
}

void TestStartPage::writeFile(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QCommandLinkButton* TestStartPage::wayIn(const QString& name) {
    return buttonNamed<QCommandLinkButton>(*m_window, name);
}

void TestStartPage::opensTheDemoWithOneClick() {
    QCOMPARE(m_window->session(), nullptr);
    QCommandLinkButton* demo = wayIn(QStringLiteral("Open the demo"));
    QVERIFY(demo);
    QTest::mouseClick(demo, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 60'000);
    QVERIFY(settle(*m_window));
    QCOMPARE(m_window->message(), QString());
    QCOMPARE(m_window->session()->info().url.path(), DemoJob::usualPath());
    QVERIFY(m_window->session()->summary().events > 500);
    QVERIFY(!m_window->session()->views().empty());
    QCOMPARE(QDir(QFileInfo(DemoJob::usualPath()).path()).entryList({QStringLiteral("*.part*")}),
             QStringList());
    m_window->closeStore();
    QCOMPARE(m_window->session(), nullptr);
    QVERIFY(wayIn(QStringLiteral("Open the demo")));
}

void TestStartPage::opensTheDemoByKeys() {
    QCommandLinkButton* demo = wayIn(QStringLiteral("Open the demo"));
    for (int i = 0; i < 10 && !demo->hasFocus(); ++i)
        QTest::keyClick(m_window->focusWidget() ? m_window->focusWidget() : m_window.get(),
                        Qt::Key_Tab);
    QVERIFY(demo->hasFocus());
    QTest::keyClick(demo, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 60'000);
}

void TestStartPage::opensTheDemoAgain() {
    m_window->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 60'000);
    const qint64 events = m_window->session()->summary().events;
    m_window->openDemo();
    QCOMPARE(m_window->session(), nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 60'000);
    QCOMPARE(m_window->session()->summary().events, events);
}

void TestStartPage::cancelsTheDemo() {
    QTest::mouseClick(wayIn(QStringLiteral("Open the demo")), Qt::LeftButton);
    QPushButton* cancel = nullptr;
    QTRY_VERIFY(cancel = buttonNamed<QPushButton>(*m_window, QStringLiteral("Cancel")));
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(wayIn(QStringLiteral("Open the demo")));
    QVERIFY(m_window->isQuiet());
    QCOMPARE(QDir(QFileInfo(DemoJob::usualPath()).path()).entryList(QDir::Files), QStringList());
}

void TestStartPage::listsRecentStores() {
    m_window->openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 60'000);
    m_window->closeStore();
    auto* recent = m_window->findChild<QListWidget*>();
    QVERIFY(recent && recent->isVisible());
    QCOMPARE(recent->count(), 1);
    QVERIFY(recent->currentRow() == 0);
    recent->setFocus();
    QTest::keyClick(recent, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 60'000);
    // Another window remembers it as well.
    Settings again;
    QCOMPARE(again.recentStores().size(), 1);
    QVERIFY(again.recentStores()[0].contains(QStringLiteral("demo.db")));
}

void TestStartPage::forgetsARecentStore() {
    m_settings->addRecentStore(QStringLiteral("sqlite:/a.db"));
    m_settings->addRecentStore(QStringLiteral("sqlite:/b.db"));
    m_settings->addRecentStore(QStringLiteral("sqlite:/a.db"));
    QCOMPARE(m_settings->recentStores(),
             (QStringList{QStringLiteral("sqlite:/a.db"), QStringLiteral("sqlite:/b.db")}));
    m_settings->removeRecentStore(QStringLiteral("sqlite:/a.db"));
    QCOMPARE(m_settings->recentStores(), QStringList(QStringLiteral("sqlite:/b.db")));
    for (int i = 0; i < 30; ++i)
        m_settings->addRecentStore(QString::number(i));
    QCOMPARE(m_settings->recentStores().size(), qsizetype(Settings::kMostRecent));
    QCOMPARE(m_settings->recentStores().first(), QStringLiteral("29"));
}

void TestStartPage::opensADroppedFile() {
    const QString path = m_homes->file(QStringLiteral("export.jsonl"));
    writeFile(path, R"({"stream":"order-1","version":1,"type":"OrderCreated","data":{"a":1}})"
                    "\n");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20'000);
    QCOMPARE(m_window->session()->summary().events, 1);
    QVERIFY(m_window->session()->info().readOnly);
}

void TestStartPage::saysWhatCannotBeOpened_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n0000");
    QTest::newRow("text") << QByteArray("<b>just</b> words\n");
}

void TestStartPage::saysWhatCannotBeOpened() {
    QFETCH(QByteArray, content);
    const QString path = m_homes->file(QStringLiteral("thing.db"));
    if (!content.isNull())
        writeFile(path, content);
    m_window->openAddress(path);
    QTRY_VERIFY(m_window->message().contains(QStringLiteral("thing.db")));
    QCOMPARE(m_window->session(), nullptr);
    QVERIFY(buttonNamed<QPushButton>(*m_window, QStringLiteral("Try again")));
    QPushButton* back =
        buttonNamed<QPushButton>(*m_window, QStringLiteral("Back to the first page"));
    QVERIFY(back);
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(wayIn(QStringLiteral("Open the demo")));
    QVERIFY(m_settings->recentStores().isEmpty());
    QCOMPARE(QFileInfo::exists(path), !content.isNull());
}

void TestStartPage::triesAgain() {
    const QString path = m_homes->file(QStringLiteral("late.jsonl"));
    m_window->openAddress(path);
    QTRY_VERIFY(!m_window->message().isEmpty());
    writeFile(path, R"({"stream":"a-1","version":1,"type":"T","data":{}})"
                    "\n");
    QTest::mouseClick(buttonNamed<QPushButton>(*m_window, QStringLiteral("Try again")),
                      Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20'000);
}

QTEST_MAIN(TestStartPage)
#include "tst_start_page.moc"
