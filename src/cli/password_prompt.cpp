// A line typed without being shown, on the terminal itself.
#include "cli/password_prompt.h"

#include "cli/command.h"
#include "cli/output.h"
#include "model/passwords/keyring.h"
#include "store/passwords.h"

#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace rewindow::cli {

namespace {

constexpr int kLookMs = 50;
constexpr std::size_t kLongestLine = 4096;

/// The terminal this runs on, with nothing shown of what is typed while this lives.
class HiddenTyping {
  public:
    HiddenTyping() : m_terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
        if (m_terminal < 0 || ::tcgetattr(m_terminal, &m_before) != 0)
            return;
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_isHidden = ::tcsetattr(m_terminal, TCSAFLUSH, &hidden) == 0;
    }
    Q_DISABLE_COPY_MOVE(HiddenTyping)
    ~HiddenTyping() {
        if (m_isHidden)
            ::tcsetattr(m_terminal, TCSAFLUSH, &m_before);
        if (m_terminal >= 0)
            ::close(m_terminal);
    }

    bool isHidden() const { return m_isHidden; }
    void say(const std::string& text) const {
        std::string_view rest = text;
        while (!rest.empty()) {
            const ssize_t taken = ::write(m_terminal, rest.data(), rest.size());
            if (taken <= 0 && errno != EINTR)
                return;
            rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(taken, 0)));
        }
    }
    /// Nothing: the line was broken off.
    std::optional<QString> line() const {
        std::string typed;
        while (typed.empty() || typed.back() != '\n') {
            if (interruption().isCancelled() || typed.size() > kLongestLine)
                return std::nullopt;
            pollfd waiting{m_terminal, POLLIN, 0};
            if (::poll(&waiting, 1, kLookMs) <= 0)
                continue;
            char character = 0;
            const ssize_t size = ::read(m_terminal, &character, 1);
            if (size == 0 || (size < 0 && errno != EINTR))
                return std::nullopt;
            if (size > 0)
                typed += character;
        }
        typed.pop_back();
        return QString::fromLocal8Bit(typed.data(), static_cast<qsizetype>(typed.size()));
    }

  private:
    int m_terminal;
    termios m_before{};
    bool m_isHidden = false;
};

/// Nothing where it has none, or cannot be asked: then there is the terminal.
std::optional<QString> inKeyring(const StoreUrl& url) {
    std::optional<QString> found;
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&loop] {
        if (interruption().isCancelled())
            loop.quit();
    });
    look.start(kLookMs);
    keyring::find(url, &loop, [&](const Result<std::optional<QString>>& answer) {
        if (answer)
            found = *answer;
        loop.quit();
    });
    loop.exec();
    return found;
}

} // namespace

Result<void> getPassword(const StoreUrl& url, const Error& refusal, int attempt) {
    if (attempt == 0) {
        if (const auto kept = inKeyring(url)) {
            passwords::keep(url, *kept);
            return {};
        }
    }
    const HiddenTyping terminal;
    if (!terminal.isHidden()) {
        Error error = refusal;
        error.wayOut =
            QStringLiteral("there is no terminal to ask for a password on: ") + refusal.wayOut;
        return std::unexpected(error);
    }
    if (attempt > 0)
        terminal.say(harmless(refusal.what) + '\n');
    const QString who = url.server().user();
    terminal.say(harmless(
        who.isEmpty() ? QStringLiteral("Password for %1: ").arg(url.displayName())
                      : QStringLiteral("Password of %1 for %2: ").arg(who, url.displayName())));
    const auto typed = terminal.line();
    terminal.say("\n");
    if (!typed)
        return fail(Error::Kind::Cancelled, QStringLiteral("no password was typed"));
    passwords::keep(url, *typed);
    return {};
}

} // namespace rewindow::cli
