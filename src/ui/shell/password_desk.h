// How a window comes by the password that a server asks for.
#pragma once

#include "base/error.h"
#include "store/store_url.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

class QWidget;

namespace rewindow {

class PasswordDialog;

/// Asks the keyring first, then who sits before the window; never in the way of either. What it
/// gets is kept in memory (passwords::keep()), and in the keyring if that was wished, once the
/// server has taken it.
class PasswordDesk : public QObject {
    Q_OBJECT

  public:
    explicit PasswordDesk(QWidget& window);
    ~PasswordDesk() override;

    /// `refusal` is what the server answered. `again` is called when there is another password to
    /// try, `givenUp` when there will be none.
    void ask(const StoreUrl& url, const Error& refusal, std::function<void()> again,
             std::function<void()> givenUp);
    /// As a dialog that had a password and a wish already.
    void take(const StoreUrl& url, const QString& password, bool isToBeKept);
    /// The server has let somebody in.
    void accepted(const StoreUrl& url);
    /// Nobody wants to connect any more.
    void stop();

  signals:
    /// The keyring could not keep or forget one: the store is open all the same.
    void failed(const rewindow::Error& error);

  private:
    struct Attempt;
    void askKeyring();
    void askPerson();
    void closeDialog();

    QWidget& m_window;
    std::unique_ptr<Attempt> m_attempt;
    QPointer<PasswordDialog> m_dialog;
};

} // namespace rewindow
