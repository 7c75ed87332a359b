// One field of a command's form.
#include "ui/aggregate/command_form_field.h"

#include "model/items/view_value_text.h"
#include "model/session/session.h"
#include "store/event_reader.h"
#include "ui/shell/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStringListModel>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>

namespace rewindow {

namespace {

constexpr int kIdsOffered = 30;
constexpr int kTypingPauseMs = 120;

} // namespace

std::optional<qint64> minorUnits(const QString& text) {
    static const QRegularExpression amount(QStringLiteral("^(-?)(\\d{1,15})(?:[.,](\\d{1,2}))?$"));
    const auto match = amount.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const qint64 minor = match.captured(2).toLongLong() * 100 +
                         match.captured(3).leftJustified(2, u'0').toLongLong();
    return match.captured(1).isEmpty() ? minor : -minor;
}

QString fromMinorUnits(qint64 minor) {
    return shownValue(minor, ViewColumn::Meaning::Money);
}

CommandFormField::CommandFormField(const CommandField& field, bool madeUp, Session& session,
                                   QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_required(field.required && !madeUp)
    , m_session(session)
    , m_error(new QLabel(this)) {
    auto* label = new QLabel(m_required ? tr("%1 *").arg(field.label) : field.label, this);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    QWidget* input = makeInput(madeUp);
    input->setObjectName(QStringLiteral("command.field.") + field.name);
    input->setAccessibleName(m_required ? tr("%1, required").arg(field.label) : field.label);
    input->setToolTip(field.help.toHtmlEscaped());
    label->setBuddy(input);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setObjectName(QStringLiteral("command.error.") + field.name);
    m_error->hide();
    setFocusProxy(input);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(label);
    layout->addWidget(input);
    layout->addWidget(m_error);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &CommandFormField::takeTheme);
}

void CommandFormField::takeTheme() {
    const Theme& theme = Theme::instance();
    if (m_line)
        m_line->setFont(theme.monospaceFont());
    focusProxy()->setMinimumHeight(theme.scaled(kInputHeight));
    QPalette palette = m_error->palette();
    palette.setColor(QPalette::WindowText, theme.color(Theme::Role::Trouble));
    m_error->setPalette(palette);
}

QWidget* CommandFormField::makeInput(bool madeUp) {
    if (m_field.type == CommandField::Type::Choice) {
        m_choice = new QComboBox(this);
        m_choice->view()->setAccessibleName(m_field.label);
        if (!m_required)
            m_choice->addItem(QString());
        m_choice->addItems(m_field.choices);
        connect(m_choice, &QComboBox::activated, this, &CommandFormField::edited);
        return m_choice;
    }
    m_line = new QLineEdit(this);
    if (madeUp)
        m_line->setPlaceholderText(tr("a new one is made up"));
    else if (m_field.type == CommandField::Type::Money)
        m_line->setPlaceholderText(QStringLiteral("0.00"));
    connect(m_line, &QLineEdit::textEdited, this, &CommandFormField::edited);
    if (m_field.type == CommandField::Type::Reference && !madeUp) {
        m_ids = new QStringListModel(this);
        auto* completer = new QCompleter(m_ids, this);
        completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
        m_line->setCompleter(completer);
        connect(completer, qOverload<const QString&>(&QCompleter::activated), this,
                &CommandFormField::edited);
        m_askSoon = new QTimer(this);
        m_askSoon->setSingleShot(true);
        m_askSoon->setInterval(kTypingPauseMs);
        connect(m_askSoon, &QTimer::timeout, this, &CommandFormField::askForIds);
        connect(m_line, &QLineEdit::textEdited, m_askSoon, qOverload<>(&QTimer::start));
    }
    return m_line;
}

void CommandFormField::askForIds() {
    using Streams = std::vector<StreamSummary>;
    const quint64 asked = ++m_asked;
    StreamQuery query;
    query.type = m_field.aggregateType;
    query.containing = m_line->text().trimmed();
    query.limit = kIdsOffered;
    m_session.reading().run<Streams>(
        this,
        [query](Store& store, const CancelToken& cancel) {
            return store.reader().streams(query, cancel);
        },
        [this, asked](Result<Streams> streams) {
            if (asked != m_asked || !streams)
                return; // without offers the id can still be typed
            QStringList ids;
            for (const StreamSummary& stream : *streams)
                ids.append(stream.id);
            m_ids->setStringList(ids);
            if (m_line->hasFocus() && !ids.isEmpty() && ids != QStringList{m_line->text()})
                m_line->completer()->complete();
        });
}

QString CommandFormField::text() const {
    return m_choice ? m_choice->currentText() : m_line->text();
}

void CommandFormField::setText(const QString& text) {
    if (m_choice)
        m_choice->setCurrentIndex(std::max(0, m_choice->findText(text)));
    else
        m_line->setText(text);
}

void CommandFormField::setValue(const Json& value) {
    const auto number = value.toInteger();
    setText(m_field.type == CommandField::Type::Money && number ? fromMinorUnits(*number)
                                                                : value.toQString());
}

Result<std::optional<Json>> CommandFormField::value() const {
    const bool isText = m_field.type == CommandField::Type::Text;
    const QString typed = isText ? text() : text().trimmed();
    if (typed.isEmpty()) {
        if (m_required)
            return fail(Error::Kind::Usage, tr("%1 is needed").arg(m_field.label));
        return std::optional<Json>();
    }
    if (m_field.type != CommandField::Type::Integer && m_field.type != CommandField::Type::Money)
        return std::optional<Json>(Json(typed));

    const bool money = m_field.type == CommandField::Type::Money;
    bool whole = false;
    std::optional<qint64> number = typed.toLongLong(&whole);
    if (money)
        number = minorUnits(typed);
    else if (!whole)
        number.reset();
    if (!number)
        return fail(Error::Kind::Usage,
                    money ? tr("Not an amount such as 12.50") : tr("Not a whole number"));
    if (m_field.minimum && *number < *m_field.minimum)
        return fail(Error::Kind::Usage, tr("At least %1")
                                            .arg(money ? fromMinorUnits(*m_field.minimum)
                                                       : QString::number(*m_field.minimum)));
    return std::optional<Json>(Json(*number));
}

void CommandFormField::showError(const QString& error) {
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
    QWidget* input = focusProxy();
    input->setAccessibleDescription(error);
    input->setProperty("trouble", !error.isEmpty());
    input->style()->unpolish(input);
    input->style()->polish(input);
}

void CommandFormField::focusInput() {
    focusProxy()->setFocus(Qt::OtherFocusReason);
}

} // namespace rewindow
