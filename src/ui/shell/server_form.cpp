// Lines that follow each other: of the address, and of its parts.
#include "ui/shell/server_form.h"

#include "store/passwords.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStyle>
#include <QUrl>

namespace rewindow {

namespace {

constexpr int kLongestTrouble = 1000;
constexpr int kLongestAddress = 90;

QString encoded(const QString& text) {
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString schemeOf(const QString& address) {
    return address.section(QStringLiteral("://"), 0, 0).toLower();
}

bool isOfMariaDb(const QString& address) {
    return schemeOf(address) == u"mysql" || schemeOf(address) == u"mariadb";
}

/// The part of an address that names hosts: between the user and the database.
QString hostsIn(const QString& address) {
    const QString rest = address.section(QStringLiteral("://"), 1);
    return rest.section(u'/', 0, 0).section(u'@', -1);
}

} // namespace

ServerForm::ServerForm(const QStringList& known, QWidget* parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_system(new QComboBox(this))
    , m_keep(new QCheckBox(tr("Remember the password in the &keyring"), this)) {
    QFormLayout* form = m_form;
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (!known.isEmpty()) {
        m_known = new QComboBox(this);
        m_known->setAccessibleName(tr("Known servers"));
        m_known->setPlaceholderText(tr("one that was connected to before"));
        m_known->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        for (const QString& address : known)
            m_known->addItem(onOneLine(address, kLongestAddress), address);
        m_known->setCurrentIndex(-1);
        form->addRow(tr("Known &servers"), m_known);
        connect(m_known, &QComboBox::activated, this, [this](int index) {
            setText(Field::Address, m_known->itemData(index).toString());
            takeAddress();
        });
    }
    m_system->addItems({QStringLiteral("PostgreSQL"), QStringLiteral("MariaDB")});
    m_system->setAccessibleName(tr("System"));
    m_keep->setAccessibleName(tr("Remember the password in the keyring"));

    addLine(*form, Field::Address, tr("&Address"),
            QStringLiteral("postgresql://ann@db.example.org/shop"));
    form->addRow(tr("S&ystem"), m_system);
    addLine(*form, Field::Host, tr("&Host"), QStringLiteral("db.example.org:5432"));
    addLine(*form, Field::Database, tr("&Database"), QStringLiteral("shop"));
    addLine(*form, Field::User, tr("&User"), tr("the one this system knows you by"));
    addLine(*form, Field::Password, tr("&Password"),
            tr("where the server asks for one, and no file has it"));
    line(Field::Password).edit->setEchoMode(QLineEdit::Password);
    form->addRow(QString(), m_keep);

    auto* completer = new QCompleter(known, this);
    completer->setFilterMode(Qt::MatchContains);
    QLineEdit* address = line(Field::Address).edit;
    address->setCompleter(completer);
    connect(address, &QLineEdit::textChanged, this, &ServerForm::takeAddress);
    connect(address, &QLineEdit::editingFinished, this, &ServerForm::movePassword);
    for (const Field part : {Field::Host, Field::Database, Field::User})
        connect(line(part).edit, &QLineEdit::textChanged, this, &ServerForm::takeParts);
    connect(m_system, &QComboBox::currentIndexChanged, this, &ServerForm::takeParts);
    connect(line(Field::Password).edit, &QLineEdit::textChanged, this, &ServerForm::passwordEdited);
    setFocusProxy(address);
}

void ServerForm::addLine(QFormLayout& form, Field field, const QString& name,
                         const QString& example) {
    auto* edit = new QLineEdit(this);
    edit->setAccessibleName(QString(name).remove(u'&'));
    edit->setPlaceholderText(example);
    auto* trouble = new QLabel(this);
    trouble->setTextFormat(Qt::PlainText);
    trouble->setWordWrap(true);
    QPalette colours = trouble->palette();
    colours.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::Trouble));
    trouble->setPalette(colours);
    form.addRow(name, edit);
    form.addRow(QString(), trouble);
    form.setRowVisible(trouble, false);
    line(field) = {edit, trouble};
}

QString ServerForm::text(Field field) const {
    return m_lines[static_cast<std::size_t>(field)].edit->text().trimmed();
}

void ServerForm::setText(Field field, const QString& text) {
    const QSignalBlocker quiet(line(field).edit);
    if (line(field).edit->text() != text)
        line(field).edit->setText(text);
}

bool ServerForm::isEmpty() const {
    return text(Field::Address).isEmpty();
}

QString ServerForm::password() const {
    return m_lines[static_cast<std::size_t>(Field::Password)].edit->text();
}

bool ServerForm::isToBeKept() const {
    return m_keep->isChecked() && !password().isEmpty();
}

Result<StoreUrl> ServerForm::url() const {
    auto typed = StoreUrl::parse(text(Field::Address));
    if (!typed)
        return typed;
    if (typed->isFile())
        return fail(Error::Kind::Usage, tr("That is a file's name, and no server's"),
                    tr("write postgresql://host/database"));
    return password().isEmpty() ? typed : typed->withPassword(password());
}

/// The parts follow the address, as far as it can be read while it is typed.
void ServerForm::takeAddress() {
    const QString address = text(Field::Address);
    const auto typed = StoreUrl::parse(address);
    if (typed && !typed->isFile()) {
        const QSignalBlocker quiet(m_system);
        m_system->setCurrentIndex(isOfMariaDb(address) ? 1 : 0);
        setText(Field::Host, hostsIn(address));
        setText(Field::Database, typed->server().database());
        setText(Field::User, typed->server().user());
    }
    emit edited();
}

/// The address follows its parts, and keeps its options.
void ServerForm::takeParts() {
    const QString user = text(Field::User);
    const QString options = text(Field::Address).section(u'?', 1);
    setText(Field::Address, (m_system->currentIndex() == 1 ? QStringLiteral("mysql://")
                                                           : QStringLiteral("postgresql://")) +
                                (user.isEmpty() ? QString() : encoded(user) + u'@') +
                                text(Field::Host) + u'/' + encoded(text(Field::Database)) +
                                (options.isEmpty() ? QString() : u'?' + options));
    emit edited();
}

/// Nobody needs to read it over a shoulder.
void ServerForm::movePassword() {
    const auto typed = StoreUrl::parse(text(Field::Address));
    if (!typed || typed->password().isEmpty())
        return;
    setText(Field::Password, typed->password());
    setText(Field::Address, withoutPassword(text(Field::Address)));
}

void ServerForm::setTrouble(Field field, const QString& sentence) {
    for (Line& each : m_lines) {
        const bool isIt = &each == &line(field) && !sentence.isEmpty();
        each.trouble->setText(isIt ? onOneLine(sentence, kLongestTrouble) : QString());
        m_form->setRowVisible(each.trouble, isIt);
        each.edit->setAccessibleDescription(each.trouble->text());
        if (each.edit->property("trouble").toBool() != isIt) {
            each.edit->setProperty("trouble", isIt);
            each.edit->style()->unpolish(each.edit);
            each.edit->style()->polish(each.edit);
        }
    }
}

void ServerForm::clearTroubles() {
    setTrouble(Field::Address, {});
}

} // namespace rewindow
