// Where a password is typed that a server asks for.
#pragma once

#include "base/error.h"
#include "store/store_url.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace rewindow {

class PasswordDialog : public QDialog {
    Q_OBJECT

  public:
    /// What there is to say beside who asks.
    struct Case {
        QString refusal;     ///< what the server said of the password it was given; empty: of none
        QString noKeyring;   ///< why nothing can be kept in a keyring; empty: it can
        bool isKept = false; ///< whether the keyring has one for the account
    };
    PasswordDialog(const StoreUrl& url, const Case& known, QWidget* parent = nullptr);

    QString password() const;
    /// Whether the keyring is to have it.
    bool isToBeKept() const;

  private:
    QLineEdit* m_password;
    QCheckBox* m_keep;
};

} // namespace rewindow
