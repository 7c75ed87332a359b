// Connecting to a server from the window: tried while it is typed, and no password kept.
#include "store/passwords.h"
#include "support/emmett_table.h"
#include "support/guarded_server.h"
#include "support/test_support.h"
#include "ui/shell/connect_dialog.h"
#include "ui/ui_support.h"

#include <QComboBox>
#include <QCommandLinkButton>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopeGuard>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestConnectDialog : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void triesWhatIsTyped();
    void partsAndAddressFollowEachOther();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void asksForAPassword();
    void givesUpWhatIsTypedOver();
    void makesAStoreWhereThereIsNone_data();
    void makesAStoreWhereThereIsNone();
    void opensByKeysAloneAndRemembersTheServer();

  private:
    std::unique_ptr<Homes> m_homes;
    GuardedServer m_guarded{GuardedServer::Kind::Postgres};
    PostgresServer m_server;
    QString m_url;
};

namespace {

QLineEdit* line(QWidget& dialog, const QString& name) {
    for (QLineEdit* edit : dialog.findChildren<QLineEdit*>())
        if (edit->accessibleName() == name)
            return edit;
    qFatal("there is no line %s", qPrintable(name));
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

/// The sentence below a line, which is its description too.
QString troubleOf(QWidget& dialog, const QString& name) {
    return line(dialog, name)->accessibleDescription();
}

} // namespace

void TestConnectDialog::initTestCase() {
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // no keyring of whoever runs this
    qputenv("XDG_RUNTIME_DIR", "/nonexistent");
    QCOMPARE(m_server.start(), QString());
    QCOMPARE(m_guarded.start(), QString());
    const QString database = m_server.makeDatabase();
    OtherSession session(m_server, database);
    QVERIFY(session.run(kEmmettTables));
    QVERIFY(session.run(emmettInsertion(0, 0)));
    m_url = m_server.url(database);
}

void TestConnectDialog::init() {
    m_homes = std::make_unique<Homes>();
}

void TestConnectDialog::triesWhatIsTyped() {
    ConnectDialog dialog({m_url});
    dialog.show();
    QVERIFY(!openButton(dialog)->isEnabled());
    QTest::keyClicks(line(dialog, u"Address"_s), m_url);
    QTRY_VERIFY_WITH_TIMEOUT(openButton(dialog)->isEnabled(), 20'000);
    QVERIFY2(answer(dialog).contains(u"emmett-postgresql"), qPrintable(answer(dialog)));
    QVERIFY(answer(dialog).contains(u"read only"));
    QTest::keyClicks(line(dialog, u"Address"_s), u"x"_s);
    QVERIFY(!openButton(dialog)->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(troubleOf(dialog, u"Database"_s).contains(u"does not exist"), 20'000);
    QVERIFY(!openButton(dialog)->isEnabled());
}

void TestConnectDialog::partsAndAddressFollowEachOther() {
    ConnectDialog dialog({});
    dialog.show();
    auto* system = dialog.findChild<QComboBox*>();
    QLineEdit* address = line(dialog, u"Address"_s);
    address->setText(u"mysql://an%20n@[::1]:3307,db/sh%20op?sslmode=require"_s);
    QCOMPARE(system->currentText(), u"MariaDB"_s);
    QCOMPARE(line(dialog, u"Host"_s)->text(), u"[::1]:3307,db"_s);
    QCOMPARE(line(dialog, u"User"_s)->text(), u"an n"_s);
    QCOMPARE(line(dialog, u"Database"_s)->text(), u"sh op"_s);
    system->setCurrentIndex(0);
    line(dialog, u"Host"_s)->setText(u"db.example.org"_s);
    line(dialog, u"User"_s)->setText(u"b@b"_s);
    QCOMPARE(address->text(), u"postgresql://b%40b@db.example.org/sh%20op?sslmode=require"_s);
    line(dialog, u"User"_s)->clear();
    line(dialog, u"Database"_s)->setText(u"log"_s);
    QCOMPARE(address->text(), u"postgresql://db.example.org/log?sslmode=require"_s);
    ASSIGN_RESULT(url, dialog.url());
    QCOMPARE(url.toString(), address->text());
    // A password leaves the line in which it could be read.
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    address->setFocus();
    address->setText(u"postgresql://ann:s%20same@h/shop"_s);
    QTest::keyClick(address, Qt::Key_Tab);
    QCOMPARE(address->text(), u"postgresql://ann@h/shop"_s);
    QCOMPARE(line(dialog, u"Password"_s)->text(), u"s same"_s);
    QCOMPARE(line(dialog, u"Password"_s)->echoMode(), QLineEdit::Password);
    QCOMPARE(dialog.url()->password(), u"s same"_s);
}

void TestConnectDialog::saysWhatIsWrong_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("says");
    QTest::newRow("a file") << u"/a/b.db"_s << u"Address"_s << u"file"_s;
    QTest::newRow("no database") << u"postgresql://127.0.0.1"_s << u"Address"_s << u"database"_s;
    QTest::newRow("option") << u"postgresql://h/shop?passfile=x"_s << u"Address"_s << u"passfile"_s;
    QTest::newRow("nobody there") << u"postgresql://127.0.0.1:1/shop"_s << u"Host"_s
                                  << u"refused"_s;
    QTest::newRow("no such host") << u"mysql://nowhere.invalid/shop"_s << u"Host"_s
                                  << u"cannot be reached"_s;
    QTest::newRow("no such database")
        << m_server.url(u"nothing"_s) << u"Database"_s << u"does not exist"_s;
}

void TestConnectDialog::saysWhatIsWrong() {
    QFETCH(QString, address);
    QFETCH(QString, field);
    QFETCH(QString, says);
    ConnectDialog dialog({});
    dialog.show();
    line(dialog, u"Address"_s)->setText(address);
    QTRY_VERIFY2_WITH_TIMEOUT(troubleOf(dialog, field).contains(says),
                              qPrintable(troubleOf(dialog, field) + answer(dialog)), 30'000);
    QVERIFY(!openButton(dialog)->isEnabled());
    // Under that line alone, and where it can be read.
    int shown = 0;
    for (const QLabel* label : dialog.findChildren<QLabel*>())
        shown += label->isVisible() && label->text() == troubleOf(dialog, field) ? 1 : 0;
    QCOMPARE(shown, 1);
    line(dialog, u"Address"_s)->setText(m_url);
    QCOMPARE(troubleOf(dialog, field), QString());
}

void TestConnectDialog::asksForAPassword() {
    const QString database = m_guarded.makeDatabase();
    const auto full = StoreUrl::parse(m_guarded.urlWithPassword(database));
    QVERIFY_RESULT(Store::create(*full, {}));
    ConnectDialog dialog({});
    dialog.show();
    line(dialog, u"Address"_s)->setText(m_guarded.url(database));
    QTRY_VERIFY_WITH_TIMEOUT(troubleOf(dialog, u"Password"_s).contains(u"asks for a password"),
                             20'000);
    line(dialog, u"Password"_s)->setText(u"Pineapple"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        troubleOf(dialog, u"Password"_s).contains(u"password authentication failed"), 20'000);
    QVERIFY(!troubleOf(dialog, u"Password"_s).contains(u"Pineapple"));
    line(dialog, u"Password"_s)->setText(GuardedServer::password());
    QTRY_VERIFY_WITH_TIMEOUT(openButton(dialog)->isEnabled(), 20'000);
    QVERIFY2(answer(dialog).contains(u"may be written"), qPrintable(answer(dialog)));
}

/// A server that never answers keeps nobody from trying another, nor the dialog from going.
void TestConnectDialog::givesUpWhatIsTypedOver() {
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    QCOMPARE(::bind(listening, reinterpret_cast<sockaddr*>(&place), size), 0);
    ::listen(listening, 8);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&place), &size);
    const timeval patience{20, 0}; // of accept(), too
    ::setsockopt(listening, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    int second = -1;
    const auto closed = qScopeGuard([listening] { ::close(listening); });
    {
        ConnectDialog dialog({});
        dialog.show();
        line(dialog, u"Address"_s)
            ->setText(u"postgresql://ann@127.0.0.1:%1/shop"_s.arg(ntohs(place.sin_port)));
        QTRY_VERIFY(answer(dialog).contains(u"Looking at"));
        const int first = ::accept(listening, nullptr, nullptr);
        QVERIFY(first >= 0);
        line(dialog, u"Address"_s)->setText(m_url);
        // Its connection is closed, long before it would have been given up.
        char byte = 0;
        QElapsedTimer waited;
        waited.start();
        while (::recv(first, &byte, 1, 0) > 0)
            ;
        QVERIFY(waited.elapsed() < 2'000);
        ::close(first);
        QTRY_VERIFY_WITH_TIMEOUT(openButton(dialog)->isEnabled(), 20'000);
        line(dialog, u"Address"_s)
            ->setText(u"mysql://ann@127.0.0.1:%1/shop"_s.arg(ntohs(place.sin_port)));
        QTRY_VERIFY(answer(dialog).contains(u"Looking at"));
        second = ::accept(listening, nullptr, nullptr);
        QVERIFY(second >= 0);
    }
    char byte = 0;
    QVERIFY(::recv(second, &byte, 1, 0) <= 0);
    ::close(second);
}

void TestConnectDialog::makesAStoreWhereThereIsNone_data() {
    QTest::addColumn<GuardedServer::Kind>("kind");
    QTest::newRow("PostgreSQL") << GuardedServer::Kind::Postgres;
    QTest::newRow("MariaDB") << GuardedServer::Kind::MariaDb;
}

void TestConnectDialog::makesAStoreWhereThereIsNone() {
    QFETCH(GuardedServer::Kind, kind);
    const bool isPostgres = kind == GuardedServer::Kind::Postgres;
    const QString url = isPostgres
                            ? m_server.url(m_server.makeDatabase())
                            : sharedMariaDbServer().url(sharedMariaDbServer().makeDatabase());
    ConnectDialog dialog({});
    dialog.show();
    line(dialog, u"Address"_s)->setText(url);
    QPushButton* make = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (make = buttonNamed<QPushButton>(dialog, u"Make an empty store here"_s)) != nullptr,
        20'000);
    QVERIFY(!openButton(dialog)->isEnabled());
    for (QComboBox* box : dialog.findChildren<QComboBox*>())
        if (box->accessibleName() == u"Domain of the new store")
            box->setCurrentIndex(box->findData(u"order"_s));
    QTest::mouseClick(make, Qt::LeftButton);
    QTRY_VERIFY2_WITH_TIMEOUT(openButton(dialog)->isEnabled(), qPrintable(answer(dialog)), 30'000);
    QVERIFY(answer(dialog).contains(u"0 event"));
    QVERIFY(!make->isVisible());
    ASSIGN_RESULT(store, Store::open(*dialog.url(), Store::Access::Read));
    QCOMPARE(store->info().domain, u"order"_s);
}

void TestConnectDialog::opensByKeysAloneAndRemembersTheServer() {
    Settings settings;
    MainWindow window(settings, nullptr);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(buttonNamed<QCommandLinkButton>(window, u"Connect to a server…"_s) != nullptr);
    QTest::keyClick(&window, Qt::Key_O, Qt::ControlModifier | Qt::AltModifier);
    auto* dialog = window.findChild<ConnectDialog*>();
    QVERIFY(dialog != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTRY_VERIFY(line(*dialog, u"Address"_s)->hasFocus());
    QTest::keyClicks(line(*dialog, u"Address"_s), m_url);
    // Tab leads to every part of it and back.
    QSet<QWidget*> reached;
    for (int i = 0; i < 20; ++i) {
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
        reached << dialog->focusWidget();
    }
    for (const char* name : {"Address", "Host", "Database", "User", "Password"})
        QVERIFY2(reached.contains(line(*dialog, QString::fromLatin1(name))), name);
    for (QWidget* part : std::as_const(reached))
        QVERIFY2(!part->accessibleName().isEmpty(), part->metaObject()->className());
    line(*dialog, u"Password"_s)->setFocus();
    QTest::keyClicks(line(*dialog, u"Password"_s), u"open sesame"_s);
    QTRY_VERIFY_WITH_TIMEOUT(openButton(*dialog)->isEnabled(), 20'000);
    QTest::keyClick(line(*dialog, u"Password"_s), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(window.session() != nullptr, 20'000);
    QCOMPARE(window.session()->info().url.toString(), m_url);
    QVERIFY(settings.recentStores().contains(m_url));
    QCOMPARE(settings.recentServers(), QStringList{m_url});
    QVERIFY(!window.windowTitle().contains(u"sesame"));
    passwords::forget(window.session()->info().url);
    window.closeStore();
    QCOMPARE(filesWith(u"sesame"_s, m_homes->file({})), QStringList());

    // Files that are opened do not push it out, and it is chosen from a list.
    for (int i = 0; i < 2 * Settings::kMostRecent; ++i)
        settings.addRecentStore(u"/a/%1.db"_s.arg(i));
    window.windowActions().connectTo->trigger();
    QPointer<ConnectDialog> again;
    QTRY_VERIFY((again = window.findChild<ConnectDialog*>()) != nullptr);
    QComboBox* known = nullptr;
    for (QComboBox* box : again->findChildren<QComboBox*>())
        if (box->accessibleName() == u"Known servers")
            known = box;
    QVERIFY(known != nullptr);
    known->setFocus();
    QTest::keyClick(known, Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(openButton(*again)->isEnabled(), 20'000);
    QCOMPARE(line(*again, u"Address"_s)->text(), m_url);
    again->reject();
}

QTEST_MAIN(TestConnectDialog)
#include "tst_connect_dialog.moc"
