// Four models and four charts over one LogStatistics.
#include "ui/statistics/statistics_page.h"

#include "model/export/model_table.h"
#include "model/items/json_preview.h"
#include "model/session/session.h"
#include "model/statistics/findings_model.h"
#include "model/statistics/schema_model.h"
#include "model/statistics/statistics_roles.h"
#include "model/statistics/stream_ranking_model.h"
#include "model/statistics/types_model.h"
#include "ui/export/export_action.h"
#include "ui/places/link_clipboard.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"
#include "ui/shell/panel.h"
#include "ui/shell/plain_text.h"
#include "ui/statistics/findings_list.h"
#include "ui/statistics/log_charts.h"
#include "ui/statistics/reading_strip.h"
#include "ui/statistics/statistics_columns.h"
#include "ui/statistics/statistics_place.h"

#include <QAction>
#include <QDataStream>
#include <QHeaderView>
#include <QIODevice>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QTreeView>
#include <QVBoxLayout>

namespace rewindow {

namespace {

constexpr int kMargin = 6;
constexpr int kLeftWidth = 400;
constexpr int kTypesHeight = 420;
constexpr int kFindingsHeight = 230;
constexpr int kChartsHeight = 320;
constexpr int kSchemaHeight = 330;
constexpr int kSchemaWidth = 455;
constexpr int kStreamsWidth = 415;
/// Larger schemas are unfolded by hand.
constexpr std::size_t kUnfolded = 120;

QSplitter* splitterOf(Qt::Orientation orientation, const QString& name,
                      const QList<std::pair<QWidget*, int>>& parts) {
    auto* splitter = new QSplitter(orientation);
    splitter->setAccessibleName(name);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(kMargin);
    QList<int> sizes;
    for (const auto& [part, size] : parts) {
        splitter->addWidget(part);
        splitter->setStretchFactor(splitter->count() - 1, size);
        sizes.append(size);
    }
    splitter->setSizes(sizes);
    return splitter;
}

QString placesText(std::size_t places) {
    return places == 1 ? StatisticsPage::tr("1 place")
                       : StatisticsPage::tr("%1 places").arg(places);
}

QTableView* tableOf(QAbstractItemModel* model, const QString& accessibleName) {
    auto* table = new QTableView;
    table->setModel(model);
    table->setAccessibleName(accessibleName);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setMinimumSectionSize(1);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionsClickable(true);
    return table;
}

} // namespace

StatisticsPage::StatisticsPage(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_log(new LogStatistics(session.info().url, this))
    , m_guide(new StatisticsGuide(session, this))
    , m_typesModel(new TypesModel(this))
    , m_schemaModel(new SchemaModel(this))
    , m_streamsModel(new StreamRankingModel(this))
    , m_findingsModel(new FindingsModel(this)) {
    layOut();
    makeActions();
    connect(m_log, &LogStatistics::changed, this, &StatisticsPage::takeStatistics);
    connect(m_log, &LogStatistics::stateChanged, this, &StatisticsPage::takeState);
    connect(&session, &Session::headChanged, m_log, &LogStatistics::extend);
    connect(&session, &Session::momentChanged, this,
            [this](const Moment& now, const Moment& before) {
                if (now.page == Page::Statistics && now.type != before.type)
                    chooseAsInMoment(m_type);
            });
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &StatisticsPage::takeTheme);
    takeState();
    m_log->start();
}

StatisticsPage::~StatisticsPage() = default;

void StatisticsPage::makeActions() {
    auto* count = new QAction(icon(QStringLiteral("statistics")), tr("Count on"), this);
    count->setToolTip(tr("Goes on counting the log where it was cancelled, or tries again."));
    connect(count, &QAction::triggered, m_log, &LogStatistics::start);
    auto* cancel = new QAction(icon(QStringLiteral("cancel")), tr("Cancel counting"), this);
    cancel->setToolTip(tr("Stops counting the log; what has been counted stays."));
    connect(cancel, &QAction::triggered, m_log, &LogStatistics::cancel);
    m_actions = {count, cancel};
    addActions(m_actions);
}

Panel* StatisticsPage::panelOf(QAbstractItemView* view, Theme::Role role, const QString& title,
                               const QString& fileName) {
    auto* panel = new Panel(role, title, this);
    panel->setBody(view);
    panel->addHeaderAction(
        tableExport(*panel, tr("Export the table “%1”…").arg(title),
                    [view, fileName] { return modelTable(*view->model(), fileName); }));
    offer(view);
    return panel;
}

void StatisticsPage::offer(QAbstractItemView* view) {
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view, &QAbstractItemView::activated, this, &StatisticsPage::choose);
    connect(view, &QWidget::customContextMenuRequested, this, [this, view](const QPoint& place) {
        const QModelIndex index = view->indexAt(place);
        if (!index.isValid())
            return;
        QMenu* menu = m_guide->menu(placeOf(index), this);
        if (!menu)
            return;
        addCopyLink(*menu, momentOf(index));
        if (qobject_cast<QTableView*>(view)) {
            menu->addSeparator();
            menu->addAction(tr("Sort by this column"), this,
                            [this, view, column = index.column()] { sortBy(view, column); });
        }
        menu->popup(view->viewport()->mapToGlobal(place));
    });
    if (const auto* table = qobject_cast<QTableView*>(view))
        connect(table->horizontalHeader(), &QHeaderView::sectionClicked, this,
                [this, view](int column) { sortBy(view, column); });
    // A view without a current index can crash an accessibility bridge.
    connect(view->model(), &QAbstractItemModel::modelReset, view, [view] {
        if (!view->currentIndex().isValid())
            view->setCurrentIndex(view->model()->index(0, 0));
    });
}

QWidget* StatisticsPage::makeLeft() {
    m_types = tableOf(m_typesModel, tr("Event types"));
    connect(m_types->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &StatisticsPage::takeType);
    connect(m_types->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &StatisticsPage::tellType);
    m_typesPanel =
        panelOf(m_types, Theme::Role::Event, tr("Event types"), QStringLiteral("event-types"));

    m_findings = new FindingsList(*m_findingsModel);
    m_findingsPanel =
        panelOf(m_findings, Theme::Role::ChangedText, tr("Findings"), QStringLiteral("findings"));
    m_left = splitterOf(Qt::Vertical, tr("Types and findings"),
                        {{m_typesPanel, kTypesHeight}, {m_findingsPanel, kFindingsHeight}});
    return m_left;
}

QWidget* StatisticsPage::makeRight() {
    m_charts = new LogCharts(*m_guide);
    m_schema = new QTreeView;
    m_schema->setModel(m_schemaModel);
    m_schema->setAccessibleName(tr("Schema of the event type"));
    m_schema->setUniformRowHeights(true);
    m_schema->setAllColumnsShowFocus(true);
    m_schema->setIndentation(14);
    m_schema->setExpandsOnDoubleClick(false);
    m_schemaPanel = panelOf(m_schema, Theme::Role::Event, tr("Schema"), QStringLiteral("schema"));

    m_streams = tableOf(m_streamsModel, tr("Longest, largest, oldest and slowest streams"));
    m_streamsPanel =
        panelOf(m_streams, Theme::Role::Aggregate, tr("Streams"), QStringLiteral("streams"));
    m_bottom = splitterOf(Qt::Horizontal, tr("Schema and streams"),
                          {{m_schemaPanel, kSchemaWidth}, {m_streamsPanel, kStreamsWidth}});
    m_rows = splitterOf(Qt::Vertical, tr("Charts and tables"),
                        {{m_charts, kChartsHeight}, {m_bottom, kSchemaHeight}});
    return m_rows;
}

void StatisticsPage::layOut() {
    QWidget* left = makeLeft();
    m_columns = splitterOf(Qt::Horizontal, tr("Types and their details"),
                           {{left, kLeftWidth}, {makeRight(), kSchemaWidth + kStreamsWidth}});
    m_tables = new StatisticsColumns(*m_types, *m_schema, *m_streams, this);
    m_columns->setStretchFactor(0, 1);
    m_columns->setStretchFactor(1, 2);
    m_empty = new QLabel;
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(40);
    auto* body = new QWidget;
    m_stack = new QStackedLayout(body);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_columns);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(kMargin);
    layout->addWidget(new ReadingStrip(*m_log, this));
    layout->addWidget(body, 1);
    setFocusProxy(m_types);
}

void StatisticsPage::takeTheme() {
    const Theme& theme = Theme::instance();
    for (QTableView* table : {m_types, m_streams})
        table->verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    m_tables->fit();
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, theme.color(Theme::Role::DimText));
    m_empty->setPalette(dim);
    if (!m_type.isEmpty())
        m_schemaPanel->setSquare(theme.eventColor(m_type));
}

QByteArray StatisticsPage::saveLayout() const {
    QByteArray layout;
    QDataStream out(&layout, QIODevice::WriteOnly);
    for (const QSplitter* splitter : {m_columns, m_left, m_rows, m_bottom})
        out << splitter->saveState();
    return layout;
}

void StatisticsPage::restoreLayout(const QByteArray& layout) {
    QDataStream in(layout);
    for (QSplitter* splitter : {m_columns, m_left, m_rows, m_bottom}) {
        QByteArray state;
        in >> state;
        if (in.status() == QDataStream::Ok)
            splitter->restoreState(state);
    }
}

bool StatisticsPage::isQuiet() const {
    return m_log->state() != LogStatistics::State::Reading;
}

/// The largest first, names from A; once more turns the order around.
void StatisticsPage::sortBy(const QAbstractItemView* view, int column) {
    if (view == m_streams)
        return m_streamsModel->sort(column);
    const bool isAgain = column == m_typesModel->sortedBy();
    const bool isDescending = isAgain ? m_typesModel->direction() == Qt::AscendingOrder
                                      : column != TypesModel::TypeColumn;
    m_typesModel->sort(column, isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void StatisticsPage::takeStatistics() {
    const QScopedValueRollback taking(m_isTaking, true);
    const auto statistics = m_log->statistics();
    const QString type = m_type;
    m_typesModel->setStatistics(statistics);
    m_streamsModel->setStatistics(statistics);
    m_findingsModel->setFindings(statistics->findings);
    m_charts->setStatistics(statistics);
    chooseAsInMoment(type);
    takeType();
    const QString events =
        tr("%1 events, %2").arg(numberText(statistics->events), byteCountText(statistics->bytes));
    m_typesPanel->setNote(statistics->isPartial ? tr("%1 so far").arg(events) : events);
    m_typesPanel->setBadge(numberText(static_cast<qint64>(statistics->types.size())));
    m_streamsPanel->setBadge(numberText(statistics->streams));
    m_findingsPanel->setBadge(numberText(m_findingsModel->rowCount()));
    takeState();
}

/// The type, else that other one, and the stream among those that stand out, that the moment names.
void StatisticsPage::chooseAsInMoment(const QString& otherwise) {
    const QScopedValueRollback taking(m_isTaking, true);
    const Moment& moment = m_session.moment();
    const int type = m_typesModel->rowOf(moment.type.isEmpty() ? otherwise : moment.type);
    if (type >= 0 && m_types->currentIndex().row() != type)
        m_types->setCurrentIndex(m_typesModel->index(type, 0));
    const QModelIndexList streams =
        moment.stream == m_stream || m_streamsModel->rowCount() == 0
            ? QModelIndexList()
            : m_streamsModel->match(m_streamsModel->index(0, 0), statistics::StreamRole,
                                    moment.stream, 1, Qt::MatchExactly);
    if (streams.isEmpty())
        return;
    m_stream = moment.stream;
    m_streams->setCurrentIndex(streams.front());
}

/// Back, links and the restored session return to the type that was chosen; it is no jump.
void StatisticsPage::tellType() {
    if (m_isTaking || m_type.isEmpty() || m_session.moment().page != Page::Statistics)
        return;
    Moment moment = m_session.moment();
    moment.type = m_type;
    m_session.amend(std::move(moment));
}

/// Of a link to what stands in a row.
Moment StatisticsPage::momentOf(const QModelIndex& index) const {
    Moment moment = m_session.moment();
    const QString type = index.data(statistics::TypeRole).toString();
    const QString stream = index.data(statistics::StreamRole).toString();
    moment.type = type.isEmpty() ? m_type : type;
    if (!stream.isEmpty()) {
        moment.stream = stream;
        moment.pointer.clear();
    }
    return moment;
}

void StatisticsPage::takeType() {
    const QModelIndex current = m_types->currentIndex();
    const auto statistics = m_log->statistics();
    if (!current.isValid() || !statistics) {
        m_type.clear();
        m_schemaModel->clear();
        return;
    }
    const TypeStatistics& type = m_typesModel->type(current.row());
    const QString path = m_type == type.type
                             ? m_schema->currentIndex().data(statistics::PathRole).toString()
                             : QString();
    m_type = type.type;
    m_schemaModel->setType(type, statistics->hasPositions);
    m_tables->fit();
    if (type.schema.size() <= kUnfolded)
        m_schema->expandAll();
    else
        m_schema->expandToDepth(0);
    const QModelIndex kept = m_schemaModel->indexOf(path);
    m_schema->setCurrentIndex(kept.isValid() ? kept : m_schemaModel->index(0, 0));
    m_schemaPanel->setTitle(tr("Schema of %1").arg(m_type));
    m_schemaPanel->setNote(type.notJson == 0
                               ? placesText(type.schema.size())
                               : tr("%1 payloads are not JSON").arg(numberText(type.notJson)));
    m_schemaPanel->setSquare(Theme::instance().eventColor(m_type));
    m_charts->setType(m_type);
}

QString StatisticsPage::emptyText() const {
    switch (m_log->state()) {
    case LogStatistics::State::Idle:
    case LogStatistics::State::Reading:
        return tr("Counting the log…");
    case LogStatistics::State::Cancelled:
        return tr("Counting was cancelled. “Count on” goes on where it stopped.");
    case LogStatistics::State::Failed:
        return tr("The log could not be counted.");
    case LogStatistics::State::Ready:
        break;
    }
    return tr("This log has no events yet, so that there is nothing to count.");
}

void StatisticsPage::takeState() {
    const auto statistics = m_log->statistics();
    const bool hasEvents = statistics && statistics->events > 0;
    m_stack->setCurrentIndex(hasEvents ? 1 : 0);
    m_empty->setText(emptyText());
    m_empty->setAccessibleName(m_empty->text());
    const auto state = m_log->state();
    m_actions[0]->setEnabled(state == LogStatistics::State::Cancelled ||
                             state == LogStatistics::State::Failed);
    m_actions[1]->setEnabled(state == LogStatistics::State::Reading);
}

void StatisticsPage::choose(const QModelIndex& index) {
    const StatisticsPlace place = placeOf(index);
    if (!place.words.isEmpty())
        m_guide->filterFor(place);
    else if (place.position != GlobalPosition(0))
        m_guide->showInLog(place.position);
}

} // namespace rewindow
