// Two lines to type in, and what the server says.
#include "ui/shell/connect_dialog.h"

#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>

#include <algorithm>

namespace rewindow {

namespace {

/// After the last key; long enough for a word to be typed.
constexpr int kPauseMs = 500;
constexpr int kWidth = 620;
constexpr int kAnswerLines = 4;

QStringList serversAmong(const QStringList& known) {
    QStringList servers;
    for (const QString& address : known)
        if (const auto url = StoreUrl::parse(address); url && !url->isFile())
            servers << address;
    return servers;
}

/// An address with a password, which percent signs keep from being anything else.
QString withPassword(const QString& address, const QString& password) {
    const qsizetype begin = address.indexOf(QStringLiteral("://")) + 3;
    const qsizetype at = address.indexOf(u'@', begin);
    const QString secret = u':' + QString::fromLatin1(QUrl::toPercentEncoding(password));
    return at < 0 ? QString(address).insert(begin, secret + u'@')
                  : QString(address).insert(at, secret);
}

} // namespace

ConnectDialog::ConnectDialog(const QStringList& known, QWidget* parent)
    : QDialog(parent)
    , m_address(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_answer(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
    const Theme& theme = Theme::instance();
    setWindowTitle(tr("Connect to a server"));
    setMinimumWidth(theme.scaled(kWidth));
    m_address->setPlaceholderText(QStringLiteral("postgresql://ann@db.example.org/shop"));
    m_address->setAccessibleName(tr("Address"));
    m_address->setClearButtonEnabled(true);
    auto* completer = new QCompleter(serversAmong(known), this);
    completer->setFilterMode(Qt::MatchContains);
    m_address->setCompleter(completer);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    m_password->setPlaceholderText(tr("where the server asks for one, and ~/.pgpass has none"));
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    m_answer->setAccessibleName(tr("What the server says"));
    m_answer->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_answer->setMinimumHeight(kAnswerLines * theme.rowHeight());
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Open"));

    auto* form = new QFormLayout(this);
    form->addRow(tr("Address"), m_address);
    form->addRow(tr("Password"), m_password);
    form->addRow(m_answer);
    form->addRow(m_buttons);

    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    for (QLineEdit* line : {m_address, m_password})
        connect(line, &QLineEdit::textChanged, this, &ConnectDialog::typed);
    connect(&m_pause, &QTimer::timeout, this, &ConnectDialog::tryIt);
    connect(&m_look, &ServerLook::found, this, [this](const StoreAtAddress& store) {
        say(tr("%1, %2, %n event(s), %3", nullptr,
               static_cast<int>(std::min<qint64>(store.events, 1'000'000'000)))
                .arg(store.info.database, onOneLine(store.info.profile),
                     store.info.readOnly ? tr("read only") : tr("may be written")),
            true);
    });
    connect(&m_look, &ServerLook::failed, this,
            [this](const Error& error) { say(onOneLine(error.sentence(), 1000), false); });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    typed();
}

void ConnectDialog::say(const QString& text, bool mayConnect) {
    m_answer->setText(text);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(mayConnect);
}

Result<StoreUrl> ConnectDialog::url() const {
    auto typedUrl = StoreUrl::parse(m_address->text().trimmed());
    if (!typedUrl)
        return typedUrl;
    if (typedUrl->isFile())
        return fail(Error::Kind::Usage, tr("That is a file's name, and no server's"),
                    tr("write postgresql://host/database"));
    return m_password->text().isEmpty()
               ? typedUrl
               : StoreUrl::parse(withPassword(typedUrl->toString(), m_password->text()));
}

void ConnectDialog::typed() {
    m_look.forget();
    m_pause.start();
    say(m_address->text().trimmed().isEmpty()
            ? tr("The store is looked at while you type; nothing is written to it.")
            : QString(),
        false);
}

void ConnectDialog::tryIt() {
    if (m_address->text().trimmed().isEmpty())
        return;
    const auto wanted = url();
    if (!wanted) {
        say(onOneLine(wanted.error().sentence(), 1000), false);
        return;
    }
    say(tr("Looking at %1…").arg(onOneLine(wanted->displayName())), false);
    m_look.look(*wanted);
}

} // namespace rewindow
