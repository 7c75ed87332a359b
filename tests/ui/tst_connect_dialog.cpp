// Connecting to a server from the window: tried while it is typed, and no password kept.
#include "support/emmett_table.h"
#include "support/postgres_server.h"
#include "support/test_support.h"
#include "ui/shell/connect_dialog.h"
#include "ui/ui_support.h"

#include <QDialogButtonBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestConnectDialog : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void triesWhatIsTyped();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void opensInTheWindowAndKeepsNoPassword();

  private:
    Homes m_homes;
    PostgresServer m_server;
    QString m_url;
};

namespace {

QLineEdit* line(QWidget& dialog, const QString& name) {
    for (QLineEdit* edit : dialog.findChildren<QLineEdit*>())
        if (edit->accessibleName() == name)
            return edit;
    return nullptr;
}

QPushButton* openButton(QWidget& dialog) {
    return dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
}

QString answer(QWidget& dialog) {
    for (QLabel* label : dialog.findChildren<QLabel*>())
        if (label->accessibleName() == u"What the server says")
            return label->text();
    return {};
}

} // namespace

void TestConnectDialog::initTestCase() {
    QCOMPARE(m_server.start(), QString());
    const QString database = m_server.makeDatabase();
    OtherSession session(m_server, database);
    QVERIFY(session.run(kEmmettTables));
    QVERIFY(session.run(emmettInsertion(0, 0)));
    m_url = m_server.url(database);
}

void TestConnectDialog::triesWhatIsTyped() {
    ConnectDialog dialog({m_url, u"/a/file.db"_s});
    dialog.show();
    QVERIFY(!openButton(dialog)->isEnabled());
    QTest::keyClicks(line(dialog, u"Address"_s), m_url);
    QTRY_VERIFY_WITH_TIMEOUT(openButton(dialog)->isEnabled(), 20'000);
    QVERIFY2(answer(dialog).contains(u"emmett-postgresql"), qPrintable(answer(dialog)));
    QTest::keyClicks(line(dialog, u"Address"_s), u"x"_s);
    QVERIFY(!openButton(dialog)->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(answer(dialog).contains(u"does not exist"), 20'000);
    QVERIFY(!openButton(dialog)->isEnabled());
}

void TestConnectDialog::saysWhatIsWrong_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("says");
    QTest::newRow("a file") << u"/a/b.db"_s << u"file"_s;
    QTest::newRow("no database") << u"postgresql://127.0.0.1"_s << u"database"_s;
    QTest::newRow("nobody there") << u"postgresql://127.0.0.1:1/shop"_s << u"refused"_s;
    QTest::newRow("option") << u"postgresql://h/shop?passfile=x"_s << u"passfile"_s;
}

void TestConnectDialog::saysWhatIsWrong() {
    QFETCH(QString, address);
    QFETCH(QString, says);
    ConnectDialog dialog({});
    dialog.show();
    line(dialog, u"Address"_s)->setText(address);
    QTRY_VERIFY_WITH_TIMEOUT(answer(dialog).contains(says), 20'000);
    QVERIFY(!openButton(dialog)->isEnabled());
}

void TestConnectDialog::opensInTheWindowAndKeepsNoPassword() {
    Settings settings;
    MainWindow window(settings, nullptr);
    window.show();
    window.windowActions().connectTo->trigger();
    auto* dialog = window.findChild<ConnectDialog*>();
    QVERIFY(dialog != nullptr);
    line(*dialog, u"Address"_s)->setText(m_url);
    line(*dialog, u"Password"_s)->setText(u"open sesame"_s);
    QCOMPARE(dialog->url()->password(), u"open sesame"_s);
    QTRY_VERIFY_WITH_TIMEOUT(openButton(*dialog)->isEnabled(), 20'000);
    openButton(*dialog)->click();
    QTRY_VERIFY_WITH_TIMEOUT(window.session() != nullptr, 20'000);
    QCOMPARE(window.session()->info().url.toString(), m_url);
    QVERIFY(settings.recentStores().contains(m_url));
    QVERIFY(!window.windowTitle().contains(u"sesame"));
    window.closeStore();
    QDirIterator files(m_homes.file({}), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("sesame"), qPrintable(file.fileName()));
    }
}

QTEST_MAIN(TestConnectDialog)
#include "tst_connect_dialog.moc"
