// A form, and what the server says to it.
#include "ui/shell/connect_dialog.h"

#include "model/domain/domain.h"
#include "model/passwords/keyring.h"
#include "store/passwords.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/server_form.h"
#include "ui/shell/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace rewindow {

namespace {

/// After the last key; long enough for a word to be typed.
constexpr int kPauseMs = 500;
/// A server may lock who gives it too many wrong passwords.
constexpr int kPasswordPauseMs = 1200;
constexpr int kWidth = 620;
constexpr int kAnswerLines = 3;
constexpr int kLongestAnswer = 1000;

} // namespace

ConnectDialog::ConnectDialog(const QStringList& known, QWidget* parent)
    : QDialog(parent)
    , m_form(new ServerForm(known, this))
    , m_answer(new QLabel(this))
    , m_making(new QWidget(this))
    , m_domain(new QComboBox(m_making))
    , m_make(new QPushButton(tr("&Make an empty store here"), m_making))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
    const Theme& theme = Theme::instance();
    setWindowTitle(tr("Connect to a server"));
    setMinimumWidth(theme.scaled(kWidth));
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    m_answer->setAccessibleName(tr("What the server says"));
    m_answer->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_answer->setMinimumHeight(kAnswerLines * theme.rowHeight());
    m_domain->setAccessibleName(tr("Domain of the new store"));
    for (const QString& name : domainNames())
        m_domain->addItem(tr("read by domain “%1”").arg(name), name);
    m_make->setAccessibleName(tr("Make an empty store here"));
    m_make->setAutoDefault(false);
    auto* making = new QHBoxLayout(m_making);
    making->setContentsMargins(0, 0, 0, 0);
    making->addWidget(m_make);
    making->addWidget(m_domain);
    making->addStretch(1);
    m_making->hide();
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Open"));
    for (QAbstractButton* button : m_buttons->buttons())
        button->setAccessibleName(button->text().remove(u'&'));

    auto* column = new QVBoxLayout(this);
    column->addWidget(m_form);
    column->addWidget(m_answer, 1);
    column->addWidget(m_making);
    column->addWidget(m_buttons);

    m_pause.setSingleShot(true);
    connect(m_form, &ServerForm::edited, this, [this] { typed(kPauseMs); });
    connect(m_form, &ServerForm::passwordEdited, this, [this] { typed(kPasswordPauseMs); });
    connect(&m_pause, &QTimer::timeout, this, &ConnectDialog::tryIt);
    connect(&m_look, &ServerLook::found, this, &ConnectDialog::takeStore);
    connect(&m_look, &ServerLook::failed, this, &ConnectDialog::takeFailure);
    connect(m_make, &QPushButton::clicked, this, &ConnectDialog::makeStore);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    typed(kPauseMs);
    m_form->setFocus();
}

void ConnectDialog::setTrouble(ServerForm::Field field, const QString& sentence) {
    m_form->setTrouble(field, sentence);
    // A sentence of several lines needs room that the dialog did not have.
    layout()->activate();
    if (const int wanted = layout()->totalHeightForWidth(width()); wanted > height())
        resize(width(), wanted);
}

void ConnectDialog::say(const QString& text, bool mayConnect) {
    m_answer->setText(onOneLine(text, kLongestAnswer));
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(mayConnect);
}

Result<StoreUrl> ConnectDialog::url() const {
    return m_form->url();
}

bool ConnectDialog::isToBeKept() const {
    return m_form->isToBeKept();
}

void ConnectDialog::typed(int pauseMs) {
    m_look.forget();
    m_pause.start(pauseMs);
    m_form->clearTroubles();
    m_making->hide();
    say(m_form->isEmpty() ? tr("The store is looked at while you type; nothing is written to it.")
                          : QString(),
        false);
}

void ConnectDialog::tryIt() {
    if (m_form->isEmpty())
        return;
    const auto wanted = m_form->url();
    if (!wanted) {
        setTrouble(ServerForm::Field::Address, wanted.error().sentence());
        return;
    }
    say(tr("Looking at %1…").arg(onOneLine(wanted->displayName())), false);
    m_look.look(*wanted);
}

void ConnectDialog::takeStore(const StoreAtAddress& store) {
    say(tr("%1, %2, %n event(s), %3", nullptr,
           static_cast<int>(std::min<qint64>(store.events, 1'000'000'000)))
            .arg(store.info.database, onOneLine(store.info.profile),
                 store.info.readOnly ? tr("read only") : tr("may be written")),
        true);
}

void ConnectDialog::takeFailure(const Error& error) {
    say({}, false);
    switch (error.kind) {
    case Error::Kind::Unreachable:
        setTrouble(ServerForm::Field::Host, error.sentence());
        break;
    case Error::Kind::NotFound:
        setTrouble(ServerForm::Field::Database, error.sentence());
        break;
    case Error::Kind::Password:
        askKeyring(error);
        break;
    case Error::Kind::NoStore:
        say(tr("There is no event store in this database, or none that is known."), false);
        m_making->show();
        break;
    default:
        say(error.sentence(), false);
    }
}

/// Once for each account, and only where no password is typed.
void ConnectDialog::askKeyring(const Error& refusal) {
    const auto wanted = m_form->url();
    const auto ask = [this, refusal] {
        setTrouble(ServerForm::Field::Password, m_form->password().isEmpty()
                                                    ? tr("The server asks for a password.")
                                                    : refusal.what);
    };
    if (!wanted || !wanted->password().isEmpty() || m_askedKeyringOf == wanted->account())
        return ask();
    m_askedKeyringOf = wanted->account();
    keyring::find(*wanted, this,
                  [this, ask, url = *wanted](const Result<std::optional<QString>>& found) {
                      const auto now = m_form->url();
                      if (!now || !(*now == url) || !now->password().isEmpty())
                          return; // something else is typed by now
                      if (!found || !*found)
                          return ask();
                      passwords::keep(url, **found);
                      tryIt();
                  });
}

void ConnectDialog::makeStore() {
    const auto wanted = m_form->url();
    if (!wanted)
        return;
    m_making->hide();
    say(tr("Making an empty store in %1…").arg(onOneLine(wanted->displayName())), false);
    m_look.make(*wanted, m_domain->currentData().toString());
}

} // namespace rewindow
