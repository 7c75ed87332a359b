// A stack of the table and a text, turned over by the model's state.
#include "ui/log/log_table_panel.h"

#include "model/items/log_model.h"
#include "model/session/session.h"
#include "ui/log/log_table.h"
#include "ui/shell/number_text.h"

#include <QLabel>
#include <QStackedLayout>

namespace rewindow {

namespace {

constexpr int kTextMargin = 40;
constexpr int kPatienceMs = 200;

} // namespace

LogTablePanel::LogTablePanel(const Session& session, const LogModel& model, QWidget* parent)
    : Panel(Theme::Role::Event, tr("Events"), parent)
    , m_session(session)
    , m_model(model) {}

void LogTablePanel::setTable(LogTable& table) {
    auto* body = new QWidget(this);
    setBody(body);
    m_empty = new QLabel;
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(kTextMargin);
    m_stack = new QStackedLayout(body);
    m_stack->addWidget(&table);
    m_stack->addWidget(m_empty);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_stack->setCurrentWidget(m_empty); });
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &LogTablePanel::takeTheme);
    connect(&m_model, &LogModel::stateChanged, this, &LogTablePanel::takeState);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &LogTablePanel::takeState);
    takeState();
}

void LogTablePanel::takeTheme() {
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::DimText));
    m_empty->setPalette(dim);
}

void LogTablePanel::takeState() {
    // Most filters find something before it would be read that they are looked for.
    const bool isFinding =
        m_model.rowCount() == 0 &&
        (m_model.state() == LogModel::State::Ready || m_model.state() == LogModel::State::Counting);
    if (!isFinding) {
        m_patience.stop();
        m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 0 : 1);
    } else if (!m_patience.isActive()) {
        m_patience.start();
    }
    m_empty->setText(emptyText());
    m_empty->setAccessibleName(m_empty->text());
    const bool isWhole = !m_model.hasOlder() && !m_model.hasNewer();
    setNote(isWhole ? QString()
                    : tr("events %1–%2 of %3")
                          .arg(numberText(m_model.windowBegin() + 1),
                               numberText(m_model.windowBegin() + m_model.windowRows()),
                               numberText(m_model.total())));
}

QString LogTablePanel::emptyText() const {
    switch (m_model.state()) {
    case LogModel::State::Counting:
        return tr("Looking for the events that match…");
    case LogModel::State::Failed:
        return tr("The log could not be read. File → Open again tries once more.");
    case LogModel::State::Empty:
    case LogModel::State::Ready:
        break;
    }
    if (!m_model.filter().isEmpty())
        return tr("No event matches this filter. Change it, or press Escape in it to see all.");
    return m_session.info().readOnly
               ? tr("This log has no events.")
               : tr("This log has no events yet. Send a command on the Aggregate page, or bring "
                    "events in with “rewindow import”.");
}

} // namespace rewindow
