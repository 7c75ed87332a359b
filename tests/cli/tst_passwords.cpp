// Passwords in a terminal: from the command line, a file, a keyring, or typed where nobody sees
// them; and nowhere afterwards.
#include "cli/terminal.h"
#include "model/passwords/keyring.h"
#include "support/guarded_server.h"
#include "support/secret_service.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QScopeGuard>

#include <csignal>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

namespace {

using Kind = GuardedServer::Kind;

/// `rewindow` on a terminal of its own.
class OnTerminal {
  public:
    explicit OnTerminal(const QStringList& arguments) {
        QList<QByteArray> bytes{rewindowProgram().toLocal8Bit()};
        for (const QString& argument : arguments)
            bytes << argument.toLocal8Bit();
        std::vector<char*> argv;
        for (QByteArray& argument : bytes)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        m_process = ::forkpty(&m_terminal, nullptr, nullptr, nullptr);
        if (m_process == 0) {
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
    }
    Q_DISABLE_COPY_MOVE(OnTerminal)
    ~OnTerminal() {
        if (m_process > 0) {
            ::kill(m_process, SIGKILL);
            ::waitpid(m_process, nullptr, 0);
        }
        ::close(m_terminal);
    }

    pid_t process() const { return m_process; }
    /// Waits until the terminal shows it for the `count`th time.
    bool shows(const QByteArray& text, int count = 1) {
        QElapsedTimer waited;
        waited.start();
        while (m_shown.count(text) < count && waited.elapsed() < 20'000)
            if (!readOn())
                break;
        return m_shown.count(text) >= count;
    }
    bool echoes() const {
        termios settings{};
        return ::tcgetattr(m_terminal, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
    }
    void type(const QByteArray& text) const {
        if (::write(m_terminal, text.constData(), size_t(text.size())) != text.size())
            qFatal("the terminal takes nothing");
    }
    /// Its exit code, or -1 where a signal ended it.
    int end() {
        while (readOn())
            ;
        int status = 0;
        ::waitpid(std::exchange(m_process, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    const QByteArray& shown() const { return m_shown; }

  private:
    bool readOn() {
        std::array<char, 4096> bytes{};
        const ssize_t size = ::read(m_terminal, bytes.data(), bytes.size());
        if (size <= 0)
            return false;
        m_shown.append(bytes.data(), size);
        return true;
    }

    int m_terminal = -1;
    pid_t m_process = -1;
    QByteArray m_shown;
};

} // namespace

class tst_Passwords : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void onTheCommandLineItIsNotSeen_data() { servers(); }
    void onTheCommandLineItIsNotSeen();
    void aNewStoreNeedsOneToo_data() { servers(); }
    void aNewStoreNeedsOneToo();
    void itIsTypedUnseen_data() { servers(); }
    void itIsTypedUnseen();
    void typingIsBrokenOff();
    void aPipeIsNotAsked_data() { servers(); }
    void aPipeIsNotAsked();
    void aFileHasIt_data() { servers(); }
    void aFileHasIt();
    void theKeyringHasIt_data() { servers(); }
    void theKeyringHasIt();

  private:
    static void servers() {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("PostgreSQL") << Kind::Postgres;
        QTest::newRow("MariaDB") << Kind::MariaDb;
    }
    GuardedServer& server(Kind kind) { return kind == Kind::Postgres ? m_postgres : m_maria; }
    QString filledDatabase(Kind kind) {
        const QString database = server(kind).makeDatabase();
        const auto made =
            runRewindow({u"init"_s, server(kind).urlWithPassword(database), u"--json"_s});
        if (made.exitCode != 0)
            qFatal("%s", made.err.constData());
        return database;
    }

    GuardedServer m_postgres{Kind::Postgres};
    GuardedServer m_maria{Kind::MariaDb};
    SecretService m_service; ///< one, as a process stays with the bus it began with
    std::unique_ptr<QTemporaryDir> m_home;
};

void tst_Passwords::initTestCase() {
    QCOMPARE(m_postgres.start(), QString());
    QCOMPARE(m_maria.start(), QString());
}

/// Everything that a program may write to lies in one folder.
void tst_Passwords::init() {
    qunsetenv("TMPDIR"); // of the one before, which goes
    m_home = std::make_unique<QTemporaryDir>();
    for (const char* name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
                             "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR"})
        qputenv(name, m_home->path().toUtf8());
    for (const char* name : {"REWINDOW_DATA_HOME", "REWINDOW_CONFIG_HOME", "PGPASSWORD",
                             "PGPASSFILE", "MYSQL_PWD", "DBUS_SESSION_BUS_ADDRESS"})
        qunsetenv(name);
}

void tst_Passwords::onTheCommandLineItIsNotSeen() {
    QFETCH(Kind, kind);
    const QString database = filledDatabase(kind);
    QProcess process;
    process.start(rewindowProgram(), {u"events"_s, server(kind).urlWithPassword(database),
                                      u"--follow"_s, u"--json"_s});
    QVERIFY(process.waitForStarted());
    // Once it has shown an event it has long been connected.
    RUN(imported, 0, {u"import"_s, server(kind).urlWithPassword(database), u"-"_s},
        R"({"stream":"a-1","type":"T","data":{}})");
    QVERIFY(!imported.out.contains(GuardedServer::password().toUtf8()));
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT(
        (process.waitForReadyRead(20), out += process.readAllStandardOutput(), out.contains("a-1")),
        20'000);
    const QByteArray shown = shownOf(process.processId());
    QVERIFY(shown.contains("ann@127.0.0.1"));
    QVERIFY2(!shown.contains(GuardedServer::password().toUtf8()), "ps shows the password");
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished());
    out += process.readAllStandardOutput() + process.readAllStandardError();
    QVERIFY(!out.contains(GuardedServer::password().toUtf8()));
    QCOMPARE(filesWith(GuardedServer::password(), m_home->path()), QStringList());
    // A wrong one is not told either.
    RUN(refused, 3, {u"info"_s, server(kind).urlWithPassword(database, u"Pineapple"_s)});
    QVERIFY2(!refused.err.contains("Pineapple"), refused.err.constData());
}

void tst_Passwords::aNewStoreNeedsOneToo() {
    QFETCH(Kind, kind);
    const QString database = server(kind).makeDatabase();
    const QString url = server(kind).urlWithPassword(database);
    RUN(refused, 3, {u"demo"_s, server(kind).url(database), u"--events"_s, u"50"_s});
    RUN(made, 0, {u"demo"_s, url, u"--events"_s, u"50"_s});
    QVERIFY2(made.out.contains("50 events") &&
                 !(made.out + made.err).contains(GuardedServer::password().toUtf8()),
             made.out.constData());
    RUN(info, 0, {u"info"_s, url, u"--json"_s});
    QCOMPARE(jsonLines(info.out).front()["store"].toQString(), server(kind).url(database));
    QCOMPARE(filesWith(GuardedServer::password(), m_home->path()), QStringList());
}

void tst_Passwords::itIsTypedUnseen() {
    QFETCH(Kind, kind);
    const QString database = filledDatabase(kind);
    OnTerminal run({u"info"_s, server(kind).url(database), u"--json"_s});
    QVERIFY2(run.shows("Password of ann for 127.0.0.1/"), run.shown().constData());
    QVERIFY(!run.echoes());
    run.type("Pineapple\n");
    QVERIFY2(run.shows("Password of ann", 2), run.shown().constData());
    QVERIFY(run.shown().contains("ann"));
    run.type(GuardedServer::password().toUtf8() + '\n');
    QVERIFY2(run.shows("\"profile\":\"rewindow\""), run.shown().constData());
    QVERIFY(run.echoes());
    QCOMPARE(run.end(), 0);
    QVERIFY(!run.shown().contains(GuardedServer::password().toUtf8()));
    QVERIFY(!run.shown().contains("Pineapple"));
    QCOMPARE(filesWith(GuardedServer::password(), m_home->path()), QStringList());
}

void tst_Passwords::typingIsBrokenOff() {
    const QString database = filledDatabase(Kind::Postgres);
    OnTerminal run({u"info"_s, m_postgres.url(database)});
    QVERIFY2(run.shows("Password of ann"), run.shown().constData());
    run.type("Sesa\x03"); // Ctrl+C
    QCOMPARE(run.end(), 130);
    OnTerminal terminated({u"info"_s, m_postgres.url(database)});
    QVERIFY(terminated.shows("Password of ann"));
    ::kill(terminated.process(), SIGTERM);
    QVERIFY(terminated.shows("nterrupted"));
    QVERIFY(terminated.echoes());
    QCOMPARE(terminated.end(), 130);
}

/// A session of its own has no terminal; what comes by standard input is no answer.
void tst_Passwords::aPipeIsNotAsked() {
    QFETCH(Kind, kind);
    const QString database = filledDatabase(kind);
    const auto asked =
        runProgram(u"setsid"_s, {u"-w"_s, rewindowProgram(), u"info"_s, server(kind).url(database)},
                   GuardedServer::password().toUtf8() + '\n');
    QCOMPARE(asked.exitCode, 3);
    QVERIFY2(asked.err.contains("no terminal"), asked.err.constData());
    QVERIFY2(asked.err.contains(kind == Kind::Postgres ? "PGPASSFILE" : "~/.my.cnf"),
             asked.err.constData());
}

void tst_Passwords::aFileHasIt() {
    QFETCH(Kind, kind);
    const QString database = filledDatabase(kind);
    server(kind).writePasswordFile(m_home->path());
    RUN(info, 0, {u"info"_s, server(kind).url(database), u"--json"_s});
    QCOMPARE(filesWith(GuardedServer::password(), m_home->path()).size(), 1);
}

void tst_Passwords::theKeyringHasIt() {
    QFETCH(Kind, kind);
    const QString database = filledDatabase(kind);
    QCOMPARE(m_service.start(), QString());
    ASSIGN_RESULT(url, StoreUrl::parse(server(kind).url(database)));
    // The keyring takes a while to be there.
    QObject guard;
    std::optional<Result<void>> kept;
    QElapsedTimer waited;
    waited.start();
    while ((!kept || !*kept) && waited.elapsed() < 30'000) {
        kept.reset();
        keyring::keep(url, GuardedServer::password(), &guard,
                      [&](const Result<void>& answer) { kept = answer; });
        QTRY_VERIFY_WITH_TIMEOUT(kept.has_value(), 30'000);
    }
    QVERIFY_RESULT(*kept);
    const auto run = runProgram(u"setsid"_s, {u"-w"_s, rewindowProgram(), u"info"_s,
                                              server(kind).url(database), u"--json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(filesWith(GuardedServer::password(), m_home->path()), QStringList());
    QCOMPARE(filesWith(GuardedServer::password(), m_service.folder()), QStringList());
}

QTEST_GUILESS_MAIN(tst_Passwords)
#include "tst_passwords.moc"
