// Where a server's address is typed, and tried while it is.
#pragma once

#include "model/session/server_look.h"
#include "store/store_url.h"

#include <QDialog>
#include <QTimer>

class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace rewindow {

/// A password typed here is for this connection alone: it is no part of what is kept or shown.
class ConnectDialog : public QDialog {
    Q_OBJECT

  public:
    /// `known`: addresses of stores opened before; those on servers are offered.
    explicit ConnectDialog(const QStringList& known, QWidget* parent = nullptr);

    /// What was typed, with the password. Fails with Usage where it is no server's address.
    Result<StoreUrl> url() const;

  private:
    void typed();
    void tryIt();
    void say(const QString& text, bool mayConnect);

    QLineEdit* m_address;
    QLineEdit* m_password;
    QLabel* m_answer;
    QDialogButtonBox* m_buttons;
    QTimer m_pause;
    ServerLook m_look;
};

} // namespace rewindow
