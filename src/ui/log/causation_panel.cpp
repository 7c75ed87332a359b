// A tree view and the sentence that stands in its place.
#include "ui/log/causation_panel.h"

#include "model/export/table_export.h"
#include "ui/export/export_action.h"
#include "ui/log/causation_delegate.h"
#include "ui/log/causation_lanes_view.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QStackedLayout>
#include <QTreeView>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kIndentation = 12;
/// Pixels that the indentation of the deepest event may take: a saga's chain is long.
constexpr int kDeepest = 120;

int depthOf(const Causation& causation) {
    std::vector<int> depths(causation.nodes.size(), 1);
    int deepest = 1;
    for (std::size_t i = 0; i < depths.size(); ++i) {
        if (const int parent = causation.nodes[i].parent; parent >= 0)
            depths[i] = depths[static_cast<std::size_t>(parent)] + 1;
        deepest = std::max(deepest, depths[i]);
    }
    return deepest;
}

TableSource causesTable(const Causation& causation) {
    std::vector<std::vector<Json>> rows;
    for (const CausationNode& node : causation.nodes) {
        const Json cause =
            node.parent < 0
                ? Json()
                : Json(causation.nodes[static_cast<std::size_t>(node.parent)].position.value());
        rows.push_back({node.position.value(), node.stream, node.version.value(), node.id,
                        node.type, node.recordedAt.toString(), cause});
    }
    return valuesTable(
        QStringLiteral("causes"),
        {"position", "stream", "version", "id", "type", "recordedAt", "causedByPosition"},
        std::move(rows));
}

} // namespace

CausationPanel::CausationPanel(QWidget* parent)
    : Panel(Theme::Role::Command, tr("Caused by"), parent)
    , m_model(new CausationModel(this))
    , m_tree(new QTreeView)
    , m_inSight(*m_tree)
    , m_lanes(new CausationLanesView)
    , m_empty(new QLabel)
    , m_filter(new QAction(icon(QStringLiteral("filter")), tr("Only this correlation"), this))
    , m_asLanes(new QAction(icon(QStringLiteral("stream")), tr("Lanes by stream"), this)) {
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new CausationDelegate(m_tree));
    m_tree->setColumnHidden(CausationModel::PlaceColumn, true);
    m_tree->setAccessibleName(tr("Events of the same correlation, each under its cause"));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->header()->setSectionResizeMode(CausationModel::TypeColumn, QHeaderView::Stretch);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(16);

    auto* body = new QWidget(this);
    m_stack = new QStackedLayout(body);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_lanes);
    setBody(body);
    m_filter->setToolTip(tr("Show only the events of this correlation in the log."));
    addHeaderAction(m_filter);
    makeLanes();
    addHeaderAction(tableExport(*this, tr("Export the causes…"),
                                [this] { return causesTable(m_model->causation()); }));

    connect(m_filter, &QAction::triggered, this,
            [this] { emit correlationChosen(m_model->causation().correlationId); });
    const auto chooseRow = [this](const QModelIndex& index) {
        if (index.isValid())
            choose(m_model->node(index).position);
    };
    connect(m_tree, &QTreeView::activated, this, chooseRow);
    connect(m_tree, &QTreeView::clicked, this, chooseRow);
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint& place) {
        if (const QModelIndex index = m_tree->indexAt(place); index.isValid())
            showMenu(m_model->node(index), m_tree->viewport()->mapToGlobal(place));
    });
    m_tree->installEventFilter(this);
    m_lanes->installEventFilter(this);
    presentNothing({});
}

void CausationPanel::makeLanes() {
    m_asLanes->setCheckable(true);
    m_asLanes->setToolTip(tr("Show a lane for each stream, the events from left to right in the "
                             "log's order, with arrows from cause to effect."));
    addHeaderAction(m_asLanes);
    addAction(m_asLanes);
    connect(m_asLanes, &QAction::toggled, this, &CausationPanel::takeView);
    connect(m_lanes, &CausationLanesView::eventChosen, this, &CausationPanel::choose);
    connect(m_lanes, &CausationLanesView::menuRequested, this,
            [this](int node, const QPoint& globalPlace) {
                showMenu(m_model->causation().nodes[static_cast<std::size_t>(node)], globalPlace);
            });
    m_picture = pictureExport(*this, tr("Export the lanes…"),
                              [this] { return pictureOf(*m_lanes, QStringLiteral("lanes")); });
    m_picture->setVisible(false);
    connect(m_asLanes, &QAction::toggled, m_picture, &QAction::setVisible);
}

bool CausationPanel::showsLanes() const {
    return m_asLanes->isChecked();
}

void CausationPanel::setShowsLanes(bool shows) {
    m_asLanes->setChecked(shows);
}

void CausationPanel::takeView() {
    if (m_stack->currentWidget() == m_empty)
        return;
    const bool hadFocus = m_stack->currentWidget()->hasFocus();
    m_stack->setCurrentWidget(showsLanes() ? static_cast<QWidget*>(m_lanes) : m_tree);
    if (hadFocus)
        m_stack->currentWidget()->setFocus();
}

const CausationNode* CausationPanel::currentNode() const {
    if (showsLanes())
        return m_lanes->current() < 0
                   ? nullptr
                   : &m_model->causation().nodes[static_cast<std::size_t>(m_lanes->current())];
    const QModelIndex current = m_tree->currentIndex();
    return current.isValid() ? &m_model->node(current) : nullptr;
}

/// Before the page's own shortcut, which opens the aggregate of the row in the log.
bool CausationPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return Panel::eventFilter(watched, event);
    const auto* pressed = static_cast<QKeyEvent*>(event);
    const bool opens = (pressed->key() == Qt::Key_Return || pressed->key() == Qt::Key_Enter) &&
                       (pressed->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier;
    const CausationNode* node = currentNode();
    if (!opens || !node)
        return Panel::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        emit aggregateChosen(node->stream, node->position);
    return true;
}

void CausationPanel::present(const Causation& causation, GlobalPosition shown) {
    m_shown = shown;
    m_model->setCausation(causation);
    m_tree->setIndentation(std::clamp(kDeepest / depthOf(causation), 3, kIndentation));
    m_tree->expandAll();
    const QModelIndex current = m_model->indexOf(shown);
    m_tree->setCurrentIndex(current.isValid() ? current : m_model->index(0, 0));
    // From the top, as if nothing had been looked at before.
    m_tree->scrollToTop();
    m_inSight.seek(m_tree->currentIndex(), QAbstractItemView::PositionAtCenter);
    m_lanes->setCausation(causation, shown);
    m_stack->setCurrentWidget(showsLanes() ? static_cast<QWidget*>(m_lanes) : m_tree);
    const auto events = static_cast<qint64>(causation.nodes.size());
    const QString count = causation.hasMore
                              ? tr("the first %1 events").arg(numberText(Causation::kMost))
                          : events == 1 ? tr("1 event")
                                        : tr("%1 events").arg(numberText(events));
    setNote(count);
    m_filter->setEnabled(!causation.correlationId.isEmpty());
}

void CausationPanel::presentNothing(const QString& why) {
    m_model->setCausation({});
    m_lanes->setCausation({}, {});
    m_empty->setText(why);
    m_empty->setAccessibleName(why);
    m_stack->setCurrentWidget(m_empty);
    setNote({});
    m_filter->setEnabled(false);
}

void CausationPanel::choose(GlobalPosition position) {
    if (position != m_shown)
        emit eventChosen(position);
}

void CausationPanel::showMenu(const CausationNode& node, const QPoint& globalPlace) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(QStringLiteral("aggregate")), tr("Open aggregate at this version"), this,
                    [this, stream = node.stream, position = node.position] {
                        emit aggregateChosen(stream, position);
                    });
    menu->addAction(icon(QStringLiteral("link")), tr("Copy link to this event"), this,
                    [this, position = node.position] { emit linkWanted(position); });
    menu->addAction(m_picture);
    menu->addSeparator();
    const auto copy = [menu](const QString& label, const QString& text) {
        menu->addAction(icon(QStringLiteral("copy")), label, menu,
                        [text] { QGuiApplication::clipboard()->setText(text); });
    };
    copy(tr("Copy event's id"), node.id);
    copy(tr("Copy stream's name"), node.stream);
    copy(tr("Copy correlation id"), m_model->causation().correlationId);
    menu->popup(globalPlace);
}

} // namespace rewindow
