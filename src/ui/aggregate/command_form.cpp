// The form of a command, made from its specification.
#include "ui/aggregate/command_form.h"

#include "ui/aggregate/command_form_field.h"
#include "ui/shell/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

namespace rewindow {

namespace {
enum Expected { Auto, Fixed };
constexpr int kFieldSpacing = 10;
} // namespace

CommandForm::CommandForm(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_places(new QVBoxLayout) {
    m_places->setContentsMargins(0, 0, 0, 0);
    m_places->setSpacing(kFieldSpacing);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kFieldSpacing);
    layout->addLayout(m_places);
    layout->addWidget(makeExpected());
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &CommandForm::takeTheme);
}

QWidget* CommandForm::makeExpected() {
    auto* box = new QWidget(this);
    auto* label = new QLabel(tr("Expected version"), box);
    label->setForegroundRole(QPalette::PlaceholderText);
    m_version = new QLineEdit(box);
    m_version->setObjectName(QStringLiteral("command.version"));
    m_version->setAccessibleName(tr("Expected version"));
    m_version->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("\\d{0,18}")), m_version));
    m_expected = new QComboBox(box);
    m_expected->setObjectName(QStringLiteral("command.expected"));
    m_expected->setAccessibleName(tr("How the expected version is chosen"));
    m_expected->view()->setAccessibleName(m_expected->accessibleName());
    m_expected->addItem(tr("auto"));
    m_expected->addItem(tr("fixed"));
    m_expected->setToolTip(
        tr("auto: decided on whatever version the stream is at, again when another writer came "
           "between. fixed: a conflict when the stream is at another version"));
    label->setBuddy(m_version);
    connect(m_expected, &QComboBox::currentIndexChanged, this,
            [this](int index) { expectFixed(index == Fixed); });
    connect(m_expected, &QComboBox::activated, this, &CommandForm::edited);
    connect(m_version, &QLineEdit::textEdited, this, [this] {
        // Whoever types a version means it.
        const QString typed = m_version->text();
        m_expected->setCurrentIndex(Fixed);
        m_version->setText(typed);
        emit edited();
    });

    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_version, 1);
    row->addWidget(m_expected);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(label);
    layout->addLayout(row);
    return box;
}

void CommandForm::setCommand(const CommandSpec& spec) {
    QHash<QString, QString> typed;
    for (CommandFormField* field : m_fields) {
        typed.insert(field->field().name, field->text());
        m_places->removeWidget(field);
        field->hide();
        field->deleteLater();
    }
    m_fields.clear();
    m_spec = spec;
    m_expected->setCurrentIndex(Auto);
    QWidget* before = nullptr;
    for (const CommandField& field : m_spec->fields) {
        const bool madeUp = spec.creates && field.name == spec.idField;
        auto* place = new CommandFormField(field, madeUp, m_session, this);
        if (!madeUp && typed.contains(field.name))
            place->setText(typed.value(field.name));
        connect(place, &CommandFormField::edited, this, [this, place] {
            place->showError({});
            emit edited();
        });
        m_places->addWidget(place);
        m_fields.push_back(place);
        if (before)
            setTabOrder(before->focusProxy(), place->focusProxy());
        before = place;
    }
    if (before)
        setTabOrder(before->focusProxy(), m_version);
    setTabOrder(m_version, m_expected);
    prefill();
    updateGeometry();
}

void CommandForm::setAggregate(const QString& type, const QString& id) {
    if (type == m_aggregateType && id == m_aggregateId)
        return;
    m_aggregateType = type;
    m_aggregateId = id;
    m_expected->setCurrentIndex(Auto);
    prefill();
}

void CommandForm::prefill() {
    if (!m_spec || m_aggregateId.isEmpty())
        return;
    for (CommandFormField* field : m_fields) {
        const bool names = field->field().name == m_spec->idField
                               ? m_spec->aggregateType == m_aggregateType && !m_spec->creates
                               : field->field().type == CommandField::Type::Reference &&
                                     field->field().aggregateType == m_aggregateType;
        if (!names)
            continue;
        field->setText(m_aggregateId);
        field->showError({});
    }
}

void CommandForm::setVersions(StreamVersion shown, StreamVersion present) {
    m_versionShown = shown;
    m_version->setPlaceholderText(present.value() ? QString::number(present.value()) : QString());
}

void CommandForm::expectFixed(bool fixed) {
    m_version->setText(fixed ? QString::number(m_versionShown.value()) : QString());
}

void CommandForm::takeTheme() {
    const Theme& theme = Theme::instance();
    m_version->setFont(theme.monospaceFont());
    m_version->setMinimumHeight(theme.scaled(kInputHeight));
    m_expected->setMinimumHeight(theme.scaled(kInputHeight));
}

std::optional<CommandRequest> CommandForm::request() {
    if (!m_spec)
        return std::nullopt;
    CommandRequest request;
    request.command.name = m_spec->name;
    Json values = Json::object();
    CommandFormField* bad = nullptr;
    for (CommandFormField* field : m_fields) {
        auto value = field->value();
        field->showError(value ? QString() : value.error().what);
        if (!value)
            bad = bad ? bad : field;
        else if (*value)
            values = std::move(values).with(field->field().name.toStdString(), **value);
    }
    if (bad) {
        bad->focusInput();
        return std::nullopt;
    }
    request.command.data = std::move(values);
    if (m_expected->currentIndex() == Fixed && !m_version->text().isEmpty())
        request.expected = StreamVersion(m_version->text().toLongLong());
    return request;
}

void CommandForm::setRequest(const CommandRequest& request) {
    for (CommandFormField* field : m_fields) {
        const Json* value = request.command.data.find(field->field().name.toStdString());
        field->showError({});
        if (value)
            field->setValue(*value);
        else
            field->setText({});
    }
    m_expected->setCurrentIndex(request.expected ? Fixed : Auto);
    if (request.expected)
        m_version->setText(QString::number(request.expected->value()));
}

} // namespace rewindow
