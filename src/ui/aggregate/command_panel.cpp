// Sending commands to the aggregate at hand, and what became of those sent.
#include "ui/aggregate/command_panel.h"

#include "model/items/command_history_model.h"
#include "model/session/aggregate_replay.h"
#include "model/session/session.h"
#include "ui/aggregate/command_form.h"
#include "ui/aggregate/command_history_view.h"
#include "ui/export/export_action.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kMargin = 12;

QString typeOf(const QString& stream) {
    const std::string name = stream.toStdString();
    return toQString(streamType(name));
}

QString idOf(const QString& stream) {
    const std::string name = stream.toStdString();
    return toQString(streamId(name));
}

/// A scroll area as tall as what is in it, where there is room.
class FormScroll : public QScrollArea {
  public:
    using QScrollArea::QScrollArea;
    QSize sizeHint() const override {
        return widget() ? widget()->sizeHint() + QSize(0, 2) : QScrollArea::sizeHint();
    }
    QSize minimumSizeHint() const override {
        return {widget() ? widget()->minimumSizeHint().width() : 0, 120};
    }
};

} // namespace

CommandPanel::CommandPanel(Session& session, AggregateReplay& replay, QWidget* parent)
    : Panel(Theme::Role::Command, tr("Command"), parent)
    , m_session(session)
    , m_replay(replay)
    , m_history(new CommandHistoryModel(this))
    , m_send(new QAction(icon(QStringLiteral("send")), tr("Send command"), this)) {
    m_send->setObjectName(QStringLiteral("command.send"));
    m_send->setShortcuts({Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter});
    m_send->setToolTip(tr("Send the command in the form (Ctrl+Enter)"));
    connect(m_send, &QAction::triggered, this, qOverload<>(&CommandPanel::send));
    addAction(m_send);

    if (session.info().readOnly) {
        setBody(buildRefusal(session.info().readOnlyReason));
    } else if (session.domain()->commands().empty()) {
        setBody(buildRefusal(tr("The %1 domain has no commands: it can show what happened, not "
                                "decide what may. Open "
                                "the store with a domain that has commands to send some.")
                                 .arg(session.domain()->name())));
    } else {
        setBody(buildForm());
        connect(&session, &Session::momentChanged, this, &CommandPanel::takeMoment);
        connect(&replay, &AggregateReplay::outlineChanged, this, &CommandPanel::describeVersion);
        takeMoment();
    }
    m_send->setEnabled(m_form);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (m_trouble)
            showTrouble(m_trouble->text());
    });
}

CommandPanel::~CommandPanel() = default;

QWidget* CommandPanel::buildRefusal(const QString& sentence) {
    auto* page = new QWidget(this);
    auto* mark = new QLabel(page);
    mark->setPixmap(icon(QStringLiteral("lock")).pixmap(28, 28));
    mark->setAlignment(Qt::AlignCenter);
    auto* label = new QLabel(sentence, page);
    label->setObjectName(QStringLiteral("command.refusal"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignHCenter);
    label->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(2 * kMargin, 3 * kMargin, 2 * kMargin, kMargin);
    layout->setSpacing(kMargin);
    layout->addWidget(mark);
    layout->addWidget(label);
    layout->addStretch(1);
    return page;
}

QWidget* CommandPanel::buildForm() {
    auto* body = new QWidget(this);
    m_scroll = new FormScroll(body);
    m_scroll->setAccessibleName(tr("Fields of the command"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* form = new QWidget(m_scroll);
    auto* label = new QLabel(tr("Command"), form);
    label->setForegroundRole(QPalette::PlaceholderText);
    m_commands = new QComboBox(form);
    m_commands->setObjectName(QStringLiteral("command.name"));
    m_commands->setAccessibleName(tr("Command"));
    m_commands->view()->setAccessibleName(m_commands->accessibleName());
    label->setBuddy(m_commands);
    m_form = new CommandForm(m_session, form);
    m_present = new QLabel(form);
    m_present->setTextFormat(Qt::PlainText);
    m_present->setWordWrap(true);
    m_present->setForegroundRole(QPalette::PlaceholderText);
    m_present->setObjectName(QStringLiteral("command.present"));
    m_sendButton = new QPushButton(tr("Send  Ctrl+Enter"), form);
    m_sendButton->setObjectName(QStringLiteral("command.send-button"));
    m_sendButton->setAccessibleName(tr("Send"));
    m_sendButton->setProperty("primary", true);
    m_trouble = new QLabel(form);
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setWordWrap(true);
    m_trouble->setObjectName(QStringLiteral("command.trouble"));
    m_trouble->setAccessibleName(tr("Why the command was not accepted"));
    m_trouble->hide();
    m_historyView = new CommandHistoryView(*m_history, body);

    auto* names = new QVBoxLayout;
    names->setSpacing(4);
    names->addWidget(label);
    names->addWidget(m_commands);
    auto* fields = new QVBoxLayout(form);
    fields->setContentsMargins(kMargin, kMargin - 2, kMargin, kMargin);
    fields->setSpacing(10);
    fields->addLayout(names);
    fields->addWidget(m_form);
    fields->addWidget(m_present);
    fields->addWidget(m_sendButton);
    fields->addWidget(m_trouble);
    m_scroll->setWidget(form);
    // The ground is the panel's.
    form->setAutoFillBackground(false);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll);
    layout->addWidget(m_historyView, 1);

    addHeaderAction(
        tableExport(*this, tr("Export the commands sent…"), [this] { return m_history->table(); }));
    connect(m_commands, &QComboBox::currentIndexChanged, this, &CommandPanel::takeCommand);
    connect(m_form, &CommandForm::edited, this, [this] { showTrouble({}); });
    connect(m_sendButton, &QPushButton::clicked, m_send, &QAction::trigger);
    connect(m_historyView, &CommandHistoryView::goTo, this,
            [this](const QString& stream, StreamVersion version) {
                m_session.selectStream(stream, version);
            });
    connect(m_historyView, &CommandHistoryView::fillIn, this,
            [this](const CommandRequest& request) {
                chooseCommand(request.command.name);
                m_form->setRequest(request);
            });
    connect(m_historyView, &CommandHistoryView::sendAt, this,
            [this](CommandRequest request, StreamVersion version) {
                request.expected = version;
                chooseCommand(request.command.name);
                m_form->setRequest(request);
                send(request);
            });
    return body;
}

void CommandPanel::takeMoment() {
    const QString& stream = m_session.moment().stream;
    offerCommands();
    m_form->setAggregate(typeOf(stream), idOf(stream));
    describeVersion();
}

void CommandPanel::offerCommands() {
    const QString type = typeOf(m_session.moment().stream);
    if (m_commands->count() && type == m_offeredType)
        return;
    m_offeredType = type;
    const QString chosen = m_commands->currentText();
    const auto specs = m_session.domain()->commands();
    QStringList groups[3]; // of the aggregate at hand, those that create, the others
    for (const CommandSpec& spec : specs) {
        const bool atHand = spec.aggregateType == type;
        groups[atHand && !spec.creates ? 0 : spec.creates ? 1 : 2].append(spec.name);
    }
    {
        const QSignalBlocker quiet(m_commands);
        m_commands->clear();
        for (const QStringList& group : groups) {
            if (m_commands->count() && !group.isEmpty())
                m_commands->insertSeparator(m_commands->count());
            m_commands->addItems(group);
        }
        // A separator's text is empty: nothing chosen before is not to be looked for.
        const bool stillFits =
            !chosen.isEmpty() && (groups[0].isEmpty() || groups[0].contains(chosen));
        const int kept = stillFits ? m_commands->findText(chosen) : -1;
        m_commands->setCurrentIndex(std::max(0, kept));
    }
    takeCommand();
}

void CommandPanel::takeCommand() {
    const CommandSpec* spec = m_session.domain()->commandNamed(m_commands->currentText());
    if (!spec)
        return;
    m_form->setCommand(*spec);
    m_commands->setToolTip(spec->help.toHtmlEscaped());
    QWidget::setTabOrder(m_commands, m_form->nextInFocusChain());
    showTrouble({});
    m_scroll->updateGeometry();
}

void CommandPanel::chooseCommand(const QString& name) {
    if (!m_form)
        return;
    const int index = m_commands->findText(name);
    if (index >= 0)
        m_commands->setCurrentIndex(index);
    m_commands->setFocus();
}

void CommandPanel::describeVersion() {
    const AggregateOutline& outline = m_replay.outline();
    const bool known = outline.stream == m_session.moment().stream;
    const StreamVersion shown = known ? m_replay.version() : StreamVersion();
    const StreamVersion present = known ? outline.lastVersion() : StreamVersion();
    m_form->setVersions(shown, present);
    const bool inThePast = !m_session.moment().isLive() && shown < present;
    m_present->setVisible(inThePast);
    if (inThePast)
        m_present->setText(tr("The playhead is at v%1. Commands act on the present version, v%2.")
                               .arg(shown.value())
                               .arg(present.value()));
    m_scroll->updateGeometry();
}

void CommandPanel::send() {
    if (!m_form || !m_sendButton->isEnabled())
        return;
    showTrouble({});
    if (const auto request = m_form->request())
        send(*request);
    m_scroll->updateGeometry();
}

void CommandPanel::send(const CommandRequest& request) {
    const quint64 number = m_history->add(request);
    m_historyView->selectNewest();
    m_sendButton->setEnabled(false);
    QElapsedTimer sinceSent;
    sinceSent.start();
    m_session.send(request, this, [this, number, sinceSent](Result<CommandOutcome> outcome) {
        answered(number, outcome, sinceSent.nsecsElapsed() / 1000);
    });
}

void CommandPanel::answered(quint64 number, const Result<CommandOutcome>& outcome,
                            qint64 microseconds) {
    m_sendButton->setEnabled(true);
    m_history->finish(number, outcome, microseconds);
    if (!outcome) {
        showTrouble(outcome.error().sentence());
        return;
    }
    if (const auto* rejected = std::get_if<CommandRejected>(&*outcome)) {
        showTrouble(rejected->reason);
    } else if (const auto* conflict = std::get_if<VersionConflict>(&*outcome)) {
        showTrouble(tr("Conflict: expected v%1, but it is at v%2.")
                        .arg(conflict->expected.value())
                        .arg(conflict->actual.value()));
    } else if (const auto* accepted = std::get_if<CommandAccepted>(&*outcome)) {
        const Moment& moment = m_session.moment();
        if (!moment.isLive())
            m_session.selectStream(accepted->stream, accepted->version);
        else if (moment.stream != accepted->stream)
            m_session.selectStream(accepted->stream);
    }
}

void CommandPanel::showTrouble(const QString& sentence) {
    m_trouble->setText(sentence);
    m_trouble->setVisible(!sentence.isEmpty());
    QPalette palette = m_trouble->palette();
    palette.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::Trouble));
    m_trouble->setPalette(palette);
    m_scroll->updateGeometry();
}

} // namespace rewindow
