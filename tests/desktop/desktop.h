// A desktop off screen for the program itself, with no mouse: an X server, a window manager, a
// session bus, and keys.
#pragma once

#include "support/test_support.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <csignal>
#include <memory>
#include <sys/prctl.h>

namespace rewindow::test {

/// Everything it starts ends with it, also when the test dies.
class Desktop {
  public:
    static constexpr int kPatienceMs = 30'000;

    ~Desktop() {
        end(m_program);
        end(m_windowManager);
        end(m_bus);
        end(m_server);
    }

    /// Fails the test where it does not come up.
    void start(const QSize& screen = {1400, 900}) {
        QVERIFY(m_home.isValid());
        m_environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "QT_SCALE_FACTOR"})
            m_environment.remove(QString::fromLatin1(name));
        for (const char* name : {"HOME", "XDG_RUNTIME_DIR", "REWINDOW_DATA_HOME",
                                 "REWINDOW_CONFIG_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
            m_environment.insert(QString::fromLatin1(name), m_home.path());
        m_environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
        m_environment.insert(QStringLiteral("QT_LINUX_ACCESSIBILITY_ALWAYS_ON"),
                             QStringLiteral("1"));

        const QString size = QStringLiteral("%1x%2x24").arg(screen.width()).arg(screen.height());
        begin(m_server, QStringLiteral("Xvfb"),
              {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
               QStringLiteral("0"), size, QStringLiteral("-nolisten"), QStringLiteral("tcp")});
        const QString display = lineOf(*m_server);
        QVERIFY2(!display.isEmpty(), "Xvfb does not start");
        m_environment.insert(QStringLiteral("DISPLAY"), u':' + display);

        begin(m_bus, QStringLiteral("dbus-run-session"),
              {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
               QStringLiteral("echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec cat")});
        m_busAddress = lineOf(*m_bus);
        QVERIFY2(!m_busAddress.isEmpty(), "dbus-run-session does not start");
        m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_busAddress);

        begin(m_windowManager, QStringLiteral("openbox"), {QStringLiteral("--sm-disable")});
        QVERIFY2(m_windowManager->waitForStarted(), "openbox does not start");
    }

    /// The program, without or with a store to open.
    void run(const QStringList& arguments) {
        begin(m_program, rewindowProgram(), arguments);
        QVERIFY(m_program->waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(title().contains(QStringLiteral("Rewindow")), kPatienceMs);
    }

    QProcess& program() { return *m_program; }
    const QString& busAddress() const { return m_busAddress; }
    QString file(const QString& name) const { return m_home.filePath(name); }
    /// What the program is to look at when it runs beside: the same settings and workspaces.
    const QProcessEnvironment& environment() const { return m_environment; }

    /// Names as xdotool knows them: "ctrl+f", "Return", "shift+Tab".
    void press(const QStringList& keys) const {
        ask(QStringLiteral("xdotool"),
            QStringList{QStringLiteral("key"), QStringLiteral("--delay"), QStringLiteral("40")} +
                keys);
    }
    void type(const QString& text) const {
        ask(QStringLiteral("xdotool"), {QStringLiteral("type"), QStringLiteral("--delay"),
                                        QStringLiteral("15"), QStringLiteral("--"), text});
    }

    /// Of the window that has the keys.
    QString title() const {
        return ask(QStringLiteral("xdotool"),
                   {QStringLiteral("getactivewindow"), QStringLiteral("getwindowname")})
            .trimmed();
    }

    QString clipboard() const {
        return ask(QStringLiteral("timeout"),
                   {QStringLiteral("5"), QStringLiteral("xclip"), QStringLiteral("-selection"),
                    QStringLiteral("clipboard"), QStringLiteral("-o")});
    }
    void clearClipboard() const {
        ask(QStringLiteral("xclip"), {QStringLiteral("-selection"), QStringLiteral("clipboard"),
                                      QStringLiteral("/dev/null")});
    }

  private:
    using Process = std::unique_ptr<QProcess>;

    void begin(Process& process, const QString& name, const QStringList& arguments) {
        process = std::make_unique<QProcess>();
        process->setProcessEnvironment(m_environment);
        process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
        process->setStandardErrorFile(
            m_home.filePath(name.section(u'/', -1) + QStringLiteral(".err")));
        process->start(name, arguments);
    }

    static void end(Process& process) {
        if (!process || process->state() == QProcess::NotRunning)
            return;
        process->terminate();
        if (!process->waitForFinished(5'000)) {
            process->kill();
            process->waitForFinished();
        }
    }

    static QString lineOf(QProcess& process) {
        QElapsedTimer waited;
        waited.start();
        while (!process.canReadLine() && waited.elapsed() < kPatienceMs &&
               process.state() != QProcess::NotRunning)
            process.waitForReadyRead(100);
        return QString::fromUtf8(process.readLine()).trimmed();
    }

    QString ask(const QString& name, const QStringList& arguments) const {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(name, arguments);
        process.closeWriteChannel();
        if (!process.waitForFinished(kPatienceMs)) {
            process.kill();
            process.waitForFinished();
        }
        return QString::fromUtf8(process.readAllStandardOutput());
    }

    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QString m_busAddress;
    Process m_server;
    Process m_bus;
    Process m_windowManager;
    Process m_program;
};

} // namespace rewindow::test
