// A session bus with a keyring on it that is unlocked, for a test alone.
#pragma once

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QTemporaryDir>

#include <csignal>
#include <memory>
#include <sys/prctl.h>

namespace rewindow::test {

/// What it starts ends with it, also when the test dies. It lies in a home of its own.
class SecretService {
  public:
    ~SecretService() {
        if (m_session.state() == QProcess::NotRunning)
            return;
        m_session.closeWriteChannel();
        if (!m_session.waitForFinished(kPatienceMs)) {
            m_session.kill();
            m_session.waitForFinished();
        }
    }

    /// Sets this process's session bus; the keyring may take a while to answer on it. Once it runs,
    /// it is only set.
    QString start() {
        if (m_session.state() != QProcess::NotRunning) {
            qputenv("DBUS_SESSION_BUS_ADDRESS", m_address);
            return {};
        }
        if (!m_home.isValid())
            return m_home.errorString();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name :
             {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
            environment.insert(QString::fromLatin1(name), m_home.path());
        environment.remove(QStringLiteral("DISPLAY"));
        m_session.setProcessEnvironment(environment);
        m_session.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
        m_session.setStandardErrorFile(m_home.filePath(QStringLiteral("errors")));
        // It ends when nobody holds the other end of its standard input any more.
        m_session.start(QStringLiteral("dbus-run-session"),
                        {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
                         QStringLiteral("printf unlocked | gnome-keyring-daemon --unlock "
                                        "--components=secrets >/dev/null; "
                                        "echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec cat")});
        QElapsedTimer waited;
        waited.start();
        while (!m_session.canReadLine() && waited.elapsed() < kPatienceMs &&
               m_session.state() != QProcess::NotRunning)
            m_session.waitForReadyRead(100);
        m_address = m_session.readLine().trimmed();
        if (m_address.isEmpty())
            return QStringLiteral("no session bus (apt-get install dbus-daemon gnome-keyring)");
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address);
        return {};
    }

    QString folder() const { return m_home.path(); }

  private:
    static constexpr int kPatienceMs = 30'000;
    QTemporaryDir m_home;
    QByteArray m_address;
    QProcess m_session;
};

} // namespace rewindow::test
