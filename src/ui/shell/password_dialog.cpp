// Who asks, a line to type in, and whether to remember it.
#include "ui/shell/password_dialog.h"

#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace rewindow {

namespace {

constexpr int kWidth = 460;
constexpr int kLongestName = 200;
constexpr int kLongestRefusal = 600;

QLabel* sentence(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QString whoAsks(const StoreUrl& url) {
    const QString server = onOneLine(url.displayName(), kLongestName);
    const QString user = onOneLine(url.server().user(), kLongestName);
    return user.isEmpty() ? PasswordDialog::tr("%1 asks for a password.").arg(server)
                          : PasswordDialog::tr("%1 asks for the password of %2.").arg(server, user);
}

} // namespace

PasswordDialog::PasswordDialog(const StoreUrl& url, const Case& known, QWidget* parent)
    : QDialog(parent)
    , m_password(new QLineEdit(this))
    , m_keep(new QCheckBox(tr("Remember it in the &keyring"), this)) {
    const Theme& theme = Theme::instance();
    setWindowTitle(tr("Password"));
    setMinimumWidth(theme.scaled(kWidth));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    m_keep->setAccessibleName(tr("Remember it in the keyring"));
    m_keep->setChecked(known.isKept);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Connect"));
    for (QAbstractButton* button : buttons->buttons())
        button->setAccessibleName(button->text().remove(u'&'));

    auto* form = new QFormLayout(this);
    auto* asks = sentence(whoAsks(url), this);
    form->addRow(asks);
    QString told = asks->text();
    if (!known.refusal.isEmpty()) {
        auto* refusal = sentence(onOneLine(known.refusal, kLongestRefusal), this);
        refusal->setAccessibleName(tr("What the server says"));
        QPalette trouble = refusal->palette();
        trouble.setColor(QPalette::WindowText, theme.color(Theme::Role::Trouble));
        refusal->setPalette(trouble);
        form->addRow(refusal);
        told += u' ' + refusal->text();
    }
    m_password->setAccessibleDescription(told);
    form->addRow(tr("Password"), m_password);
    form->addRow(QString(), m_keep);
    if (!known.noKeyring.isEmpty()) {
        m_keep->setChecked(false);
        m_keep->setEnabled(false);
        auto* why = sentence(tr("%1 The password is good until the window ends.")
                                 .arg(onOneLine(known.noKeyring, kLongestRefusal)),
                             this);
        why->setAccessibleName(tr("Why it cannot be remembered"));
        m_keep->setAccessibleDescription(why->text());
        form->addRow(why);
    }
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_password->setFocus();
}

QString PasswordDialog::password() const {
    return m_password->text();
}

bool PasswordDialog::isToBeKept() const {
    return m_keep->isChecked();
}

} // namespace rewindow
