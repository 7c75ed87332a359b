// Filter line over a table, detail beside it; all of it follows the session's moment.
#include "ui/log/log_page.h"

#include "model/overview/log_counts.h"
#include "model/session/session.h"
#include "ui/log/causation_panel.h"
#include "ui/log/event_panel.h"
#include "ui/log/filter_bar.h"
#include "ui/log/histogram_panel.h"
#include "ui/log/log_detail.h"
#include "ui/log/log_page_menu.h"
#include "ui/log/log_table.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
#include "ui/shell/panel.h"

#include <QAction>
#include <QLabel>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kMargin = 6;
constexpr int kDetailWidth = 340;
} // namespace

LogPage::LogPage(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_overview(new LogOverview(session.info().url, this))
    , m_counts(new LogCounts(*m_overview, this))
    , m_model(new LogModel(session.reading(), session.background(), this))
    , m_table(new LogTable(*m_model))
    , m_filter(new FilterBar(session, *m_overview))
    , m_tablePanel(new Panel(Theme::Role::Event, tr("Events")))
    , m_empty(new QLabel)
    , m_detail(new LogDetail(session))
    , m_histogram(new HistogramPanel(*m_counts)) {
    makeActions();
    layOut();
    connectParts();

    m_model->setPlayhead(session.playhead());
    m_filter->showText(session.moment().filter);
    if (m_filter->filter().isEmpty())
        takeFilter({});
    if (session.moment().playhead)
        goTo(*session.moment().playhead);
    m_overview->build();
}

void LogPage::connectParts() {
    connect(m_filter, &FilterBar::filterChanged, this, &LogPage::takeFilter);
    connect(m_table, &LogTable::currentRowChanged, this, &LogPage::presentEvent);
    connect(m_table, &LogTable::chosen, this, &LogPage::openAggregate);
    connect(m_table, &LogTable::firstWanted, this, [this] { goToEnd(true); });
    connect(m_table, &LogTable::lastWanted, this, [this] { goToEnd(false); });
    connect(m_table, &LogTable::edgeReached, this, &LogPage::moveWindow);
    connect(m_table, &QWidget::customContextMenuRequested, this, &LogPage::showMenu);
    connect(eventPanel(), &EventPanel::openAggregate, m_open, &QAction::trigger);
    connect(m_model, &LogModel::stateChanged, this, &LogPage::takeState);
    connect(m_model, &LogModel::failed, &m_session, &Session::failed);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (m_model->rowCount() > 0)
            m_table->setCurrentIndex(m_model->index(0, 0));
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_table->currentIndex().isValid())
            m_table->setCurrentIndex(m_model->index(0, 0));
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                const QModelIndex current = m_table->currentIndex();
                if (current.row() >= first.row() && current.row() <= last.row() && !m_shown)
                    presentEvent(current);
            });
    connect(&m_session, &Session::momentChanged, this, &LogPage::takeMoment);
    connect(&m_session, &Session::headChanged, this, [this] {
        m_model->setPlayhead(m_session.playhead());
        m_model->grow(summary());
        m_overview->follow();
    });

    connect(m_histogram, &HistogramPanel::filterWanted, m_filter, &FilterBar::showFilter);
    connect(m_histogram, &HistogramPanel::positionWanted, this, &LogPage::goTo);
    connect(causationPanel(), &CausationPanel::eventChosen, this, [this](GlobalPosition position) {
        Moment moment = m_session.moment();
        moment.playhead = position;
        m_session.go(moment);
    });
    connect(causationPanel(), &CausationPanel::aggregateChosen, this, &LogPage::openAggregateAt);
    connect(causationPanel(), &CausationPanel::correlationChosen, this, [this](const QString& id) {
        m_filter->narrowTo(FilterExpression::equals({FilterField::Correlation, {}}, Json(id)));
    });
}

void LogPage::makeActions() {
    const auto add = [this](const QString& name, const QString& drawing, const QString& tip,
                            const QKeySequence& keys) {
        auto* action = new QAction(icon(drawing), name, this);
        action->setStatusTip(tip);
        action->setToolTip(keys.isEmpty() ? tip
                                          : QStringLiteral("%1 (%2)").arg(
                                                tip, keys.toString(QKeySequence::NativeText)));
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        m_actions.append(action);
        return action;
    };
    QAction* filter = add(tr("Filter events"), QStringLiteral("filter"),
                          tr("Show only the events of some types or streams."), QKeySequence::Find);
    connect(filter, &QAction::triggered, m_filter, &FilterBar::startTyping);
    m_newestFirst =
        add(tr("Newest first"), QStringLiteral("newest-first"),
            tr("Show the newest event first, or the oldest."), QKeySequence(Qt::CTRL | Qt::Key_R));
    m_newestFirst->setCheckable(true);
    m_newestFirst->setChecked(true);
    connect(m_newestFirst, &QAction::toggled, this, [this](bool newestFirst) {
        const auto place = m_model->positionAt(m_table->currentIndex());
        m_model->setNewestFirst(newestFirst);
        if (place)
            goTo(*place);
    });
    m_open = add(tr("Open aggregate at this version"), QStringLiteral("aggregate"),
                 tr("Show the event's aggregate as it was right after it."),
                 QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_open, &QAction::triggered, this, [this] { openAggregate(m_table->currentIndex()); });
}

void LogPage::layOut() {
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(40);
    const auto takeTheme = [this] {
        QPalette dim = palette();
        dim.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::DimText));
        m_empty->setPalette(dim);
    };
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, takeTheme);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);

    auto* table = new QWidget;
    m_stack = new QStackedLayout(table);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_tablePanel->setBody(table);
    m_tablePanel->addHeaderAction(m_newestFirst);

    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kMargin);
    column->addWidget(m_filter);
    column->addWidget(m_histogram);
    column->addWidget(m_tablePanel, 1);

    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(kMargin);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({3 * kDetailWidth, kDetailWidth});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->addWidget(m_splitter);
    setFocusProxy(m_table);
}

QByteArray LogPage::saveLayout() const {
    return m_splitter->saveState();
}

void LogPage::restoreLayout(const QByteArray& layout) {
    m_splitter->restoreState(layout);
}

void LogPage::takeMoment(const Moment& now, const Moment& before) {
    m_model->setPlayhead(m_session.playhead());
    if (now.filter != before.filter)
        m_filter->showText(now.filter);
    if (now.playhead && now.playhead != before.playhead)
        goTo(*now.playhead);
}

FilterLine* LogPage::filterLine() const {
    return m_filter->line();
}

EventPanel* LogPage::eventPanel() const {
    return m_detail->eventPanel();
}

CausationPanel* LogPage::causationPanel() const {
    return m_detail->causationPanel();
}

bool LogPage::isQuiet() const {
    return m_counts->isQuiet() && m_filter->isQuiet();
}

void LogPage::takeFilter(const EventFilter& filter) {
    m_movingWindow = false;
    m_counts->setFilter(filter);
    m_model->setLog(summary(), filter);
    takeState();
    Moment moment = m_session.moment();
    if (moment.filter != filter.toString()) {
        moment.filter = filter.toString();
        m_session.go(moment);
    }
}

void LogPage::takeState() {
    const bool hasRows = m_model->rowCount() > 0;
    m_stack->setCurrentIndex(hasRows ? 0 : 1);
    m_empty->setText(emptyText());
    m_empty->setAccessibleName(m_empty->text());
    if (!hasRows)
        presentEvent({});
    showCount();
}

/// A long log of our own schema has no gaps, so that its rows are known before they are counted.
LogSummary LogPage::summary() const {
    LogSummary summary = m_session.summary();
    if (summary.events == 0 && m_session.info().ownSchema) {
        summary.first = GlobalPosition(1);
        summary.events = summary.head.value();
    }
    return summary;
}

void LogPage::showCount() {
    const qint64 total = m_model->total();
    const QString all = numberText(summary().events);
    if (m_model->state() == LogModel::State::Counting)
        m_filter->setCount(tr("counting…"));
    else if (m_filter->filter().isEmpty())
        m_filter->setCount(tr("%1 events").arg(numberText(total)));
    else
        m_filter->setCount(tr("%1 of %2 events").arg(numberText(total), all));
    const bool isWhole = !m_model->hasOlder() && !m_model->hasNewer();
    m_tablePanel->setNote(isWhole
                              ? QString()
                              : tr("events %1–%2 of %3")
                                    .arg(numberText(m_model->windowBegin() + 1),
                                         numberText(m_model->windowBegin() + m_model->windowRows()),
                                         numberText(total)));
}

QString LogPage::emptyText() const {
    switch (m_model->state()) {
    case LogModel::State::Counting:
        return tr("Looking for the events that match…");
    case LogModel::State::Failed:
        return tr("The log could not be read. File → Open again tries once more.");
    case LogModel::State::Empty:
    case LogModel::State::Ready:
        break;
    }
    if (!m_filter->filter().isEmpty())
        return tr("No event matches this filter. Change it, or press Escape in it to see all.");
    return m_session.info().readOnly
               ? tr("This log has no events.")
               : tr("This log has no events yet. Send a command on the Aggregate page, or bring "
                    "events in with “rewindow import”.");
}

void LogPage::presentEvent(const QModelIndex& index) {
    const auto position = m_model->positionAt(index);
    m_shown = position.has_value();
    m_open->setEnabled(m_shown);
    m_detail->show(position);
}

void LogPage::goTo(GlobalPosition position) {
    m_model->locate(position, [this](const QModelIndex& index) {
        m_movingWindow = false;
        if (!index.isValid())
            return;
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index, QAbstractItemView::EnsureVisible);
    });
}

void LogPage::goToEnd(bool first) {
    if (m_model->rowCount() == 0)
        return;
    m_movingWindow = true;
    if (first == m_model->isNewestFirst())
        m_model->showNewest();
    else
        m_model->showOldest();
    m_table->setCurrentIndex(m_model->index(first ? 0 : m_model->rowCount() - 1, 0));
    m_movingWindow = false;
}

/// At an edge of the window onto a log of more rows than a table can have.
void LogPage::moveWindow(bool bottom) {
    const bool towardsNewer = bottom != m_model->isNewestFirst();
    if (m_movingWindow || !(towardsNewer ? m_model->hasNewer() : m_model->hasOlder()))
        return;
    const int edge = bottom ? m_table->viewport()->height() - 1 : 0;
    const auto anchor = m_model->positionAt(m_table->indexAt({0, edge}));
    if (!anchor)
        return;
    m_movingWindow = true;
    m_model->shift(towardsNewer);
    m_model->locate(*anchor, [this, bottom](const QModelIndex& index) {
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index, bottom ? QAbstractItemView::PositionAtBottom
                                        : QAbstractItemView::PositionAtTop);
        m_movingWindow = false;
    });
}

void LogPage::openAggregate(const QModelIndex& index) {
    const QString stream =
        index.siblingAtColumn(LogModel::StreamColumn).data(Qt::DisplayRole).toString();
    const auto position = m_model->positionAt(index);
    if (position && !stream.isEmpty())
        openAggregateAt(stream, *position);
}

void LogPage::openAggregateAt(const QString& stream, GlobalPosition position) {
    Moment moment = m_session.moment();
    moment.stream = stream;
    moment.playhead = position;
    moment.page = Page::Aggregate;
    m_session.go(moment);
}

void LogPage::showMenu(const QPoint& place) {
    const QModelIndex index = m_table->indexAt(place);
    if (!index.isValid())
        return;
    const auto narrow = [this](const QString& filter) { m_filter->showText(filter); };
    logRowMenu(index, m_open, m_filter->filter(), narrow, this)
        ->popup(m_table->viewport()->mapToGlobal(place));
}

} // namespace rewindow
