// A window on servers that demand a password: it asks, remembers if that is wished, and shows and
// writes it nowhere.
#include "model/passwords/keyring.h"
#include "model/places/bookmarks_model.h"
#include "store/passwords.h"
#include "support/guarded_server.h"
#include "support/secret_service.h"
#include "ui/places/places_desk.h"
#include "ui/shell/password_dialog.h"
#include "ui/ui_support.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>

#include <csignal>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

using Kind = GuardedServer::Kind;

class TestPasswords : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void cleanup();
    // Before there is a keyring on the bus.
    void asksAgainUntilItIsRight_data() { servers(); }
    void asksAgainUntilItIsRight();
    void isNotNeededWhereAFileHasIt_data() { servers(); }
    void isNotNeededWhereAFileHasIt();
    void canBeRefusedToTell();
    void onTheCommandLineItIsNotSeen_data() { servers(); }
    void onTheCommandLineItIsNotSeen();
    void theKeyringRemembersAndForgets_data() { servers(); }
    void theKeyringRemembersAndForgets();

  private:
    static void servers() {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("PostgreSQL") << Kind::Postgres;
        QTest::newRow("MariaDB") << Kind::MariaDb;
    }
    GuardedServer& server(Kind kind) { return kind == Kind::Postgres ? m_postgres : m_maria; }
    StoreUrl filledStore(Kind kind);
    PasswordDialog* asked() {
        QPointer<PasswordDialog> dialog;
        if (!QTest::qWaitFor(
                [&] {
                    dialog = m_window->findChild<PasswordDialog*>();
                    return dialog && dialog->isVisible();
                },
                30'000))
            qFatal("nobody is asked: %s", qPrintable(m_window->message()));
        return dialog;
    }
    static void answer(PasswordDialog& dialog, const QString& password) {
        QTest::keyClicks(dialog.findChild<QLineEdit*>(), password);
        QTest::keyClick(dialog.findChild<QLineEdit*>(), Qt::Key_Return);
    }
    static QStringList textsOf(const QWidget& widget) {
        QStringList texts{widget.windowTitle()};
        for (const QLabel* label : widget.findChildren<QLabel*>())
            texts << label->text();
        return texts;
    }
    void checkNothingTellsIt();

    GuardedServer m_postgres{Kind::Postgres};
    GuardedServer m_maria{Kind::MariaDb};
    SecretService m_service;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestPasswords::initTestCase() {
    QCOMPARE(m_postgres.start(), QString());
    QCOMPARE(m_maria.start(), QString());
}

void TestPasswords::init() {
    qunsetenv("TMPDIR"); // of the one before, which goes
    m_home = std::make_unique<QTemporaryDir>();
    for (const char* name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
                             "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR"})
        qputenv(name, m_home->path().toUtf8());
    for (const char* name : {"REWINDOW_DATA_HOME", "REWINDOW_CONFIG_HOME"})
        qputenv(name, m_home->filePath(QLatin1String(name)).toUtf8());
    for (const char* name :
         {"PGPASSWORD", "PGPASSFILE", "MYSQL_PWD", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY"})
        qunsetenv(name);
    m_settings = std::make_unique<Settings>();
    m_window = std::make_unique<MainWindow>(*m_settings, nullptr);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestPasswords::cleanup() {
    m_window.reset();
    m_settings.reset();
}

StoreUrl TestPasswords::filledStore(Kind kind) {
    const QString database = server(kind).makeDatabase();
    const auto url = StoreUrl::parse(server(kind).url(database));
    const auto full = StoreUrl::parse(server(kind).urlWithPassword(database));
    if (!url || !full)
        qFatal("no address");
    const auto store = Store::create(*full, u"order"_s);
    if (!store)
        qFatal("%s", qPrintable(store.error().sentence()));
    passwords::forget(*url);
    return *url;
}

/// What a window writes, shows and hands out, once everything that can be kept of a place was kept.
void TestPasswords::checkNothingTellsIt() {
    QVERIFY(settle(*m_window));
    const QString secret = GuardedServer::password();
    QSignalSpy added(&m_window->places()->bookmarks(), &BookmarksModel::added);
    m_window->places()->bookmarks().add(m_window->session()->moment(), u"here"_s);
    QVERIFY(added.wait());
    m_window->windowActions().copyLink->trigger();
    const QString link = QGuiApplication::clipboard()->text();
    QVERIFY(link.startsWith(u"rewindow:"));
    QVERIFY(!link.contains(secret));
    for (const QString& text : textsOf(*m_window) + m_settings->recentStores() +
                                   QStringList{m_settings->openStore(), m_window->message(),
                                               m_window->session()->info().url.toString(),
                                               m_window->session()->info().url.password()})
        QVERIFY2(!text.contains(secret), qPrintable(text));
    QVERIFY(!shownOf(QCoreApplication::applicationPid()).contains(secret.toUtf8()));
    m_window->close();
    m_window.reset();
    m_settings.reset();
    QCOMPARE(filesWith(secret, m_home->path()), QStringList());
}

void TestPasswords::asksAgainUntilItIsRight() {
    QFETCH(Kind, kind);
    const StoreUrl url = filledStore(kind);
    std::optional<Result<void>> opened;
    m_window->openStore(url, {}, {}, [&](const Result<void>& answer) { opened = answer; });
    QPointer<PasswordDialog> first = asked();
    auto* line = first->findChild<QLineEdit*>();
    QCOMPARE(line->echoMode(), QLineEdit::Password);
    QVERIFY(line->hasFocus());
    QVERIFY2(line->accessibleDescription().contains(u"ann"),
             qPrintable(line->accessibleDescription()));
    // There is no keyring here, and it says so.
    QVERIFY(!first->findChild<QCheckBox*>()->isEnabled());
    QVERIFY(textsOf(*first).join(u'\n').contains(u"keyring cannot be used"));
    QVERIFY(!textsOf(*first).join(u'\n').contains(u"cannot be reached"));
    answer(*first, u"Pineapple"_s);
    QTRY_VERIFY(!first);
    PasswordDialog* second = asked();
    const QString told = textsOf(*second).join(u'\n');
    QVERIFY2(told.contains(kind == Kind::Postgres ? u"password authentication failed"
                                                  : u"Access denied"),
             qPrintable(told));
    QVERIFY(!told.contains(u"Pineapple"));
    QVERIFY(second->findChild<QLineEdit*>()->text().isEmpty());
    answer(*second, GuardedServer::password());
    QTRY_VERIFY_WITH_TIMEOUT(opened.has_value(), 30'000);
    QVERIFY_RESULT(*opened);
    checkNothingTellsIt();
    passwords::forget(url);
}

void TestPasswords::isNotNeededWhereAFileHasIt() {
    QFETCH(Kind, kind);
    const StoreUrl url = filledStore(kind);
    server(kind).writePasswordFile(m_home->path());
    QVERIFY(!open(*m_window, url));
    QVERIFY(m_window->findChild<PasswordDialog*>() == nullptr);
}

void TestPasswords::canBeRefusedToTell() {
    const StoreUrl url = filledStore(Kind::Postgres);
    std::optional<Result<void>> opened;
    m_window->openStore(url, {}, {}, [&](const Result<void>& answer) { opened = answer; });
    asked()->reject();
    QTRY_VERIFY(opened.has_value());
    QVERIFY(!*opened);
    QVERIFY2(m_window->message().contains(u"PGPASSFILE"), qPrintable(m_window->message()));
    // Whoever opens something else is not asked any more.
    m_window->openStore(url);
    const QPointer<PasswordDialog> dialog = asked();
    m_window->closeStore();
    QTRY_VERIFY(!dialog);
}

void TestPasswords::onTheCommandLineItIsNotSeen() {
    QFETCH(Kind, kind);
    const QString database = server(kind).makeDatabase();
    const auto full = StoreUrl::parse(server(kind).urlWithPassword(database));
    QVERIFY_RESULT(Store::create(*full, {}));
    QProcess process;
    process.start(rewindowProgram(), {full->toString().replace(
                                         u"ann@"_s, u"ann:%1@"_s.arg(GuardedServer::password()))});
    QVERIFY(process.waitForStarted());
    // Opened, it is among the recent stores.
    const QString settings = m_home->filePath(u"REWINDOW_CONFIG_HOME/rewindow.ini"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            QFile file(settings);
            return file.open(QIODevice::ReadOnly) && file.readAll().contains("recentStores");
        }(),
        30'000);
    const QByteArray shown = shownOf(process.processId());
    QVERIFY(shown.contains("ann@127.0.0.1"));
    QVERIFY2(!shown.contains(GuardedServer::password().toUtf8()), "ps shows the password");
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished());
    QVERIFY(!(process.readAllStandardOutput() + process.readAllStandardError())
                 .contains(GuardedServer::password().toUtf8()));
    QCOMPARE(filesWith(GuardedServer::password(), m_home->path()), QStringList());
}

void TestPasswords::theKeyringRemembersAndForgets() {
    QFETCH(Kind, kind);
    const StoreUrl url = filledStore(kind);
    QCOMPARE(m_service.start(), QString());
    // It takes a while to be there.
    QObject guard;
    std::optional<Result<std::optional<QString>>> found;
    const auto look = [&] {
        found.reset();
        keyring::find(url, &guard, [&](const auto& answer) { found = answer; });
        return QTest::qWaitFor([&] { return found.has_value(); }, 30'000);
    };
    QTRY_VERIFY_WITH_TIMEOUT(look() && *found, 30'000);
    QVERIFY(!**found);

    std::optional<Result<void>> opened;
    m_window->openStore(url, {}, {}, [&](const Result<void>& answer) { opened = answer; });
    PasswordDialog* dialog = asked();
    QVERIFY(dialog->findChild<QCheckBox*>()->isEnabled());
    dialog->findChild<QCheckBox*>()->setChecked(true);
    answer(*dialog, GuardedServer::password());
    QTRY_VERIFY_WITH_TIMEOUT(opened.has_value(), 30'000);
    QVERIFY_RESULT(*opened);
    QTRY_VERIFY(look() && *found && **found == GuardedServer::password());

    // The next time nobody is asked.
    passwords::forget(url);
    m_window->closeStore();
    QVERIFY(!open(*m_window, url));
    QVERIFY(m_window->findChild<PasswordDialog*>() == nullptr);

    // One that the server refuses is asked for, and put in its place, or out of the keyring.
    std::optional<Result<void>> kept;
    keyring::keep(url, u"outdated"_s, &guard, [&](const auto& answer) { kept = answer; });
    QTRY_VERIFY(kept.has_value());
    passwords::forget(url);
    m_window->closeStore();
    opened.reset();
    m_window->openStore(url, {}, {}, [&](const Result<void>& answer) { opened = answer; });
    dialog = asked();
    QVERIFY(dialog->findChild<QCheckBox*>()->isChecked());
    dialog->findChild<QCheckBox*>()->setChecked(false);
    answer(*dialog, GuardedServer::password());
    QTRY_VERIFY_WITH_TIMEOUT(opened.has_value(), 30'000);
    QVERIFY_RESULT(*opened);
    QTRY_VERIFY(look() && *found && !**found);
    checkNothingTellsIt();
    QCOMPARE(filesWith(GuardedServer::password(), m_service.folder()), QStringList());
    passwords::forget(url);
}

QTEST_MAIN(TestPasswords)
#include "tst_passwords.moc"
