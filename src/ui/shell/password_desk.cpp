// One attempt at one account at a time: its steps, and what is left to do when it succeeds.
#include "ui/shell/password_desk.h"

#include "model/passwords/keyring.h"
#include "store/passwords.h"
#include "ui/shell/password_dialog.h"

namespace rewindow {

struct PasswordDesk::Attempt {
    StoreUrl url;
    std::function<void()> again;
    std::function<void()> givenUp;
    QString refusal;   ///< of the latest password
    QString noKeyring; ///< why there is none
    bool hasAskedKeyring = false;
    bool isInKeyring = false;
    bool hasTried = false; ///< the server has refused a password already
    bool isToBeKept = false;
    bool isAnswered = false; ///< by a person
    std::unique_ptr<QObject> guard = std::make_unique<QObject>();
};

PasswordDesk::PasswordDesk(QWidget& window) : QObject(&window), m_window(window) {}

PasswordDesk::~PasswordDesk() = default;

void PasswordDesk::stop() {
    m_attempt.reset();
    closeDialog();
}

/// Not at once: it may be what calls.
void PasswordDesk::closeDialog() {
    if (!m_dialog)
        return;
    m_dialog->disconnect();
    m_dialog->hide();
    m_dialog->deleteLater();
    m_dialog.clear();
}

void PasswordDesk::take(const StoreUrl& url, const QString& password, bool isToBeKept) {
    stop();
    passwords::keep(url, password);
    m_attempt = std::make_unique<Attempt>();
    m_attempt->url = url;
    m_attempt->isToBeKept = isToBeKept;
    m_attempt->isAnswered = isToBeKept;
    m_attempt->hasTried = true;
}

void PasswordDesk::ask(const StoreUrl& url, const Error& refusal, std::function<void()> again,
                       std::function<void()> givenUp) {
    if (!m_attempt || m_attempt->url.account() != url.account()) {
        stop();
        m_attempt = std::make_unique<Attempt>();
        m_attempt->hasTried = !passwords::of(url).isEmpty();
    }
    m_attempt->url = url;
    m_attempt->refusal = m_attempt->hasTried ? refusal.what : QString();
    m_attempt->again = std::move(again);
    m_attempt->givenUp = std::move(givenUp);
    if (!m_attempt->hasAskedKeyring)
        askKeyring();
    else
        askPerson();
}

void PasswordDesk::askKeyring() {
    m_attempt->hasAskedKeyring = true;
    const QString refused = m_attempt->hasTried ? passwords::of(m_attempt->url) : QString();
    keyring::find(m_attempt->url, m_attempt->guard.get(),
                  [this, refused](const Result<std::optional<QString>>& found) {
                      if (!found)
                          m_attempt->noKeyring = found.error().sentence();
                      m_attempt->isInKeyring = found && *found;
                      if (!m_attempt->isInKeyring || **found == refused)
                          return askPerson();
                      passwords::keep(m_attempt->url, **found);
                      m_attempt->hasTried = true;
                      const auto again = m_attempt->again; // it may end the attempt
                      again();
                  });
}

void PasswordDesk::askPerson() {
    auto* dialog = new PasswordDialog(m_attempt->url,
                                      {.refusal = m_attempt->refusal,
                                       .noKeyring = m_attempt->noKeyring,
                                       .isKept = m_attempt->isInKeyring || m_attempt->isToBeKept},
                                      &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    closeDialog();
    m_dialog = dialog;
    connect(dialog, &QDialog::accepted, m_attempt->guard.get(), [this, dialog] {
        passwords::keep(m_attempt->url, dialog->password());
        m_attempt->isToBeKept = dialog->isToBeKept();
        m_attempt->isAnswered = true;
        m_attempt->hasTried = true;
        const auto again = m_attempt->again;
        again();
    });
    connect(dialog, &QDialog::rejected, m_attempt->guard.get(), [this] {
        const auto givenUp = m_attempt->givenUp;
        passwords::forget(m_attempt->url);
        m_attempt->guard.release()->deleteLater(); // it guards the call this runs in
        m_attempt.reset();
        givenUp();
    });
    dialog->open();
}

void PasswordDesk::accepted(const StoreUrl& url) {
    if (!m_attempt || m_attempt->url.account() != url.account())
        return;
    const auto tell = [this](const Result<void>& done) {
        if (!done)
            emit failed(done.error());
    };
    if (m_attempt->isAnswered && m_attempt->isToBeKept)
        keyring::keep(url, passwords::of(url), this, tell);
    else if (m_attempt->isAnswered && m_attempt->isInKeyring)
        keyring::forget(url, this, tell);
    m_attempt.reset();
}

} // namespace rewindow
