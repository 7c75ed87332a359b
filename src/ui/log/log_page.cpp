// Filter line over a table, detail beside it; all of it follows the session's moment.
#include "ui/log/log_page.h"

#include "model/export/store_tables.h"
#include "model/overview/log_counts.h"
#include "model/places/bookmarks_model.h"
#include "model/session/session.h"
#include "ui/export/export_action.h"
#include "ui/log/causation_panel.h"
#include "ui/log/context_panel.h"
#include "ui/log/event_panel.h"
#include "ui/log/facets_panel.h"
#include "ui/log/filter_actions.h"
#include "ui/log/filter_bar.h"
#include "ui/log/filter_place.h"
#include "ui/log/histogram_panel.h"
#include "ui/log/log_action.h"
#include "ui/log/log_appearance.h"
#include "ui/log/log_detail.h"
#include "ui/log/log_follow.h"
#include "ui/log/log_header.h"
#include "ui/log/log_marking.h"
#include "ui/log/log_moments.h"
#include "ui/log/log_navigation.h"
#include "ui/log/log_table.h"
#include "ui/log/log_table_panel.h"
#include "ui/log/provisional_panel.h"
#include "ui/places/link_clipboard.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
#include "ui/shell/pill.h"

#include <QAction>
#include <QDataStream>
#include <QIODevice>
#include <QSplitter>
#include <QVBoxLayout>

namespace rewindow {

namespace {

constexpr int kMargin = 6;
constexpr int kDetailWidth = 340;

QSplitter* splitter(Qt::Orientation orientation, const QString& name, QWidget* parent) {
    auto* splitter = new QSplitter(orientation, parent);
    splitter->setAccessibleName(name);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(kMargin);
    return splitter;
}

} // namespace

LogPage::LogPage(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_overview(new LogOverview(session.info().url, this))
    , m_counts(new LogCounts(*m_overview, this))
    , m_model(new LogModel(session.info().url, session.reading(), session.background(), this))
    , m_table(new LogTable(*m_model))
    , m_filter(new FilterBar(session, *m_overview))
    , m_tablePanel(new LogTablePanel(session, *m_model))
    , m_provisional(new ProvisionalPanel(session))
    , m_detail(new LogDetail(session))
    , m_histogram(new HistogramPanel(*m_counts))
    , m_facets(new FacetsPanel(*m_counts, *m_filter->knowledge(), this))
    , m_values(new FilterActions(*m_filter, this))
    , m_appearance(new LogAppearance(session, this))
    , m_marking(new LogMarking(session, BookmarksModel::of(session), *m_model, *m_table, this))
    , m_follow(new LogFollow(*m_model, *m_table, this))
    , m_navigation(new LogNavigation(*m_model, *m_table, *m_follow, this))
    , m_moments(new LogMoments(session, *m_model, *m_table, *m_navigation, this))
    , m_context(new ContextPanel(session)) {
    makeActions();
    makeContext();
    layOut();
    connectParts();
    connectValues();

    // An event of its own: to make the page is long enough for one.
    QMetaObject::invokeMethod(this, &LogPage::begin, Qt::QueuedConnection);
}

void LogPage::begin() {
    m_hasBegun = true;
    const Moment& moment = m_session.moment();
    m_model->setPlayhead(m_session.playhead());
    m_filter->showText(moment.filter);
    if (m_filter->filter().isEmpty())
        takeFilter({});
    m_moments->lookAt(moment);
    if (!window()->testAttribute(Qt::WA_DontShowOnScreen))
        m_filter->keepTabs(); // a picture shows its moment alone, and leaves nothing behind
    m_overview->build();
}

void LogPage::connectParts() {
    connect(m_filter, &FilterBar::filterChanged, this, &LogPage::takeFilter);
    connect(m_table, &LogTable::currentRowChanged, this, &LogPage::presentEvent);
    connect(m_table, &LogTable::chosen, m_moments, &LogMoments::openAggregate);
    connect(m_marking, &LogMarking::positionWanted, m_moments, &LogMoments::goTo);
    connect(m_marking, &LogMarking::measured, m_appearance,
            [this] { m_appearance->showColumn({LogColumn::Kind::Since}); });
    m_appearance->dress(*m_model, *m_table);
    connect(eventPanel(), &EventPanel::openAggregate, m_open, &QAction::trigger);
    connect(m_model, &LogModel::stateChanged, this, &LogPage::takeState);
    connect(m_model, &LogModel::failed, &m_session, &Session::failed);
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
        m_context->setPlayhead(m_session.playhead());
        m_context->setLog(summary());
        m_overview->follow();
    });
    // Those that came late stand between events that are counted and read.
    connect(&m_session, &Session::cameLate, this,
            [this] { m_model->setLog(summary(), m_filter->filter()); });

    connect(m_histogram, &HistogramPanel::filterWanted, m_filter, &FilterBar::showFilter);
    connect(m_histogram, &HistogramPanel::positionWanted, m_navigation, &LogNavigation::goTo);
    connect(causationPanel(), &CausationPanel::eventChosen, m_moments, &LogMoments::goTo);
    connect(causationPanel(), &CausationPanel::aggregateChosen, m_moments,
            &LogMoments::openAggregateAt);
    connect(causationPanel(), &CausationPanel::linkWanted, this,
            [this](GlobalPosition event) { copyLink(m_moments->momentOf(event)); });
    connect(m_detail, &LogDetail::eventWanted, m_moments, &LogMoments::goTo);
    const auto showCorrelation = [this](const QString& id) {
        m_filter->narrowTo(FilterExpression::equals({FilterField::Correlation, {}}, Json(id)));
    };
    connect(causationPanel(), &CausationPanel::correlationChosen, this, showCorrelation);
    connect(eventPanel(), &EventPanel::correlationWanted, this, showCorrelation);
}

/// Any value the page shows can be filtered for and out, and coloured by.
void LogPage::connectValues() {
    const QList<QAction*> marking = m_marking->rowActions();
    m_values->watchTable(*m_table, *m_model,
                         QList<QAction*>{m_open, m_copyLink, nullptr} + marking +
                             QList{m_showContext});
    m_values->watchTable(*m_context->table(), *m_context->model(), marking);
    m_values->watchEvent(*eventPanel());
    m_values->watchHistogram(*m_histogram);
    m_values->watchFacets(*m_facets);
    connect(m_values, &FilterActions::colourWanted, m_appearance, &LogAppearance::colourBy);
    m_actions << m_values->actions() << m_facets->action() << m_filter->actions();
    addActions(m_filter->actions());
    m_filter->setPlaceOf([this] { return placeIn(*m_table, *m_model); });
    connect(m_filter, &FilterBar::placeWanted, m_navigation, &LogNavigation::goToPlace);
}

void LogPage::makeActions() {
    QAction* filter =
        logAction(this, tr("Filter events"), QStringLiteral("filter"),
                  tr("Show only the events of some types or streams."), QKeySequence::Find);
    connect(filter, &QAction::triggered, m_filter, &FilterBar::startTyping);
    m_newestFirst = logAction(this, tr("Newest first"), QStringLiteral("newest-first"),
                              tr("Show the newest event first, or the oldest."),
                              QKeySequence(Qt::CTRL | Qt::Key_R));
    m_newestFirst->setCheckable(true);
    m_newestFirst->setChecked(true);
    connect(m_newestFirst, &QAction::toggled, this, [this](bool newestFirst) {
        const auto place = m_model->positionAt(m_table->currentIndex());
        m_model->setNewestFirst(newestFirst);
        m_context->setNewestFirst(newestFirst);
        if (place)
            m_navigation->goTo(*place);
    });
    m_open = logAction(this, tr("Open aggregate at this version"), QStringLiteral("aggregate"),
                       tr("Show the event's aggregate as it was right after it."),
                       QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_open, &QAction::triggered, this,
            [this] { m_moments->openAggregate(m_table->currentIndex()); });
    m_copyLink = new QAction(icon(QStringLiteral("link")), tr("Copy link to this event"), this);
    connect(m_copyLink, &QAction::triggered, this, [this] {
        if (const auto event = m_model->positionAt(m_table->currentIndex()))
            copyLink(m_moments->momentOf(*event));
    });
    m_showContext = logAction(this, tr("Show in context"), QStringLiteral("log"),
                              tr("Show the events around this one, whatever the filter, in a split "
                                 "below."),
                              QKeySequence(Qt::CTRL | Qt::Key_E));
    m_showContext->setCheckable(true);
    connect(m_showContext, &QAction::toggled, m_context, &QWidget::setVisible);
    // The row whose context is shown stays in sight in the smaller table.
    connect(
        m_showContext, &QAction::toggled, this,
        [this] {
            if (m_follow->state() != LogFollow::State::Following)
                m_table->scrollTo(m_table->currentIndex());
        },
        Qt::QueuedConnection);
    m_actions << filter << m_newestFirst << m_open << m_showContext << m_marking->actions()
              << m_follow->action() << m_appearance->columnsAction()
              << m_appearance->coloursAction();
    connect(m_follow->action(), &QAction::toggled, this, [this](bool follows) {
        if (follows)
            m_session.setPlayhead(std::nullopt);
    });
}

void LogPage::makeContext() {
    m_context->hide();
    m_context->setLog(summary());
    m_context->setPlayhead(m_session.playhead());
    m_appearance->dress(*m_context->model(), *m_context->table());
    m_marking->dress(*m_context->model(), *m_context->table());
    connect(m_context, &ContextPanel::eventChosen, this, [this](GlobalPosition position) {
        m_detail->show(position);
        m_marking->takeCurrent();
    });
    connect(m_context, &ContextPanel::aggregateWanted, m_moments, &LogMoments::openAggregate);
}

void LogPage::layOut() {
    // From the outside in: a widget that moves into another has its style taken anew with all that
    // lies in it.
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    m_splitter = splitter(Qt::Horizontal, tr("Log and detail"), this);
    layout->addWidget(m_splitter);
    auto* left = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kMargin);
    column->addWidget(m_filter);
    column->addWidget(m_histogram);
    column->addWidget(m_provisional);
    m_body = splitter(Qt::Horizontal, tr("Facets and events"), left);
    column->addWidget(m_body, 1);
    m_body->addWidget(m_facets);
    m_tables = splitter(Qt::Vertical, tr("Events and context"), m_body);
    m_tables->addWidget(m_tablePanel);
    m_tables->addWidget(m_context);
    m_splitter->addWidget(m_detail);
    m_tables->setStretchFactor(0, 3);
    m_tables->setStretchFactor(1, 2);
    m_body->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({3 * kDetailWidth, kDetailWidth});

    m_tablePanel->setTable(*m_table);
    m_tablePanel->addHeaderWidget(m_marking->undoPill());
    m_tablePanel->addHeaderWidget(m_follow->pill());
    for (QAction* action : {m_follow->action(), m_showContext, m_facets->action(), m_newestFirst})
        m_tablePanel->addHeaderAction(action);
    m_tablePanel->addHeaderAction(tableExport(*m_tablePanel, tr("Export the events…"), [this] {
        EventQuery query;
        query.filter = m_filter->filter();
        query.newestFirst = m_model->isNewestFirst();
        return eventsTable(m_session.info().url, query, QStringLiteral("events"));
    }));
    setFocusProxy(m_table);
}

QByteArray LogPage::saveLayout() const {
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream << m_splitter->saveState() << m_body->saveState() << m_facets->choice().has_value()
           << m_facets->choice().value_or(false) << m_tables->saveState() << m_detail->saveState()
           << causationPanel()->showsLanes() << m_table->header()->drawnWidths()
           << m_facets->field() << m_showContext->isChecked() << eventPanel()->folded();
    return layout;
}

void LogPage::restoreLayout(const QByteArray& layout) {
    QDataStream stream(layout);
    QByteArray outer;
    QByteArray body;
    bool hasChoice = false;
    bool choice = false;
    stream >> outer >> body >> hasChoice >> choice;
    if (stream.status() != QDataStream::Ok)
        return;
    QByteArray tables; // this and the next are not in what was saved before they were
    QByteArray detail;
    bool lanes = false;
    QHash<QString, int> widths;
    QString field;
    bool context = false;
    QHash<QString, bool> folded;
    stream >> tables >> detail >> lanes >> widths >> field >> context >> folded;
    m_splitter->restoreState(outer);
    m_body->restoreState(body);
    m_tables->restoreState(tables);
    m_detail->restoreState(detail);
    causationPanel()->setShowsLanes(lanes);
    m_facets->wantField(field);
    m_showContext->setChecked(context);
    eventPanel()->setFolded(folded);
    if (!widths.isEmpty())
        m_table->header()->setDrawnWidths(widths);
    m_facets->setChoice(hasChoice ? std::optional(choice) : std::nullopt);
}

void LogPage::takeMoment(const Moment& now, const Moment& before) {
    m_model->setPlayhead(m_session.playhead());
    m_context->setPlayhead(m_session.playhead());
    if (now.filter != before.filter)
        m_filter->followMoment(now.filter);
    m_moments->follow(now, before);
}

Moment LogPage::placed(Moment moment) const {
    return m_moments->placed(std::move(moment));
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
    return m_hasBegun && m_counts->isQuiet() && m_filter->isQuiet();
}

void LogPage::takeFilter(const EventFilter& filter) {
    m_navigation->giveUp();
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
    if (m_model->rowCount() == 0)
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
        m_filter->setCount(total > 0 ? tr("%1 so far, counting…").arg(numberText(total))
                                     : tr("counting…"));
    else if (m_filter->filter().isEmpty())
        m_filter->setCount(total == 1 ? tr("1 event") : tr("%1 events").arg(numberText(total)));
    else
        m_filter->setCount(tr("%1 of %2 events").arg(numberText(total), all));
}

void LogPage::presentEvent(const QModelIndex& index) {
    const auto position = m_model->positionAt(index);
    m_shown = position.has_value();
    m_open->setEnabled(m_shown);
    m_detail->show(position);
    m_context->present(position);
    m_marking->takeCurrent();
    if (position)
        m_moments->tellSoon();
}

} // namespace rewindow
