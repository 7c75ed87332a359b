// Where one says which server's store to open, and sees at once whether it can be.
#pragma once

#include "model/session/server_look.h"
#include "store/store_url.h"
#include "ui/shell/server_form.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QPushButton;

namespace rewindow {

/// The server is tried while it is typed, never on this thread. A password typed here is no part of
/// what is kept or shown.
class ConnectDialog : public QDialog {
    Q_OBJECT

  public:
    /// `known`: addresses of servers that were connected to before, the latest first.
    explicit ConnectDialog(const QStringList& known, QWidget* parent = nullptr);

    /// What was typed, with the password. Fails with Usage where it is no server's address.
    Result<StoreUrl> url() const;
    /// Whether the keyring is to have the password.
    bool isToBeKept() const;

  private:
    void typed(int pauseMs);
    void tryIt();
    void takeStore(const StoreAtAddress& store);
    void takeFailure(const Error& error);
    void askKeyring(const Error& refusal);
    void makeStore();
    void setTrouble(ServerForm::Field field, const QString& sentence);
    void say(const QString& text, bool mayConnect);

    ServerForm* m_form;
    QLabel* m_answer;
    QWidget* m_making; ///< shown where a database holds no store
    QComboBox* m_domain;
    QPushButton* m_make;
    QDialogButtonBox* m_buttons;
    QTimer m_pause;
    ServerLook m_look;
    QString m_askedKeyringOf; ///< the account
};

} // namespace rewindow
