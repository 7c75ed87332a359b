// A tree view and the sentence that stands in its place.
#include "ui/log/causation_panel.h"

#include "model/export/table_export.h"
#include "ui/export/export_action.h"
#include "ui/log/causation_delegate.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
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
    , m_empty(new QLabel)
    , m_filter(new QAction(icon(QStringLiteral("filter")), tr("Only this correlation"), this)) {
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
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(16);

    auto* body = new QWidget(this);
    m_stack = new QStackedLayout(body);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tree);
    setBody(body);
    m_filter->setToolTip(tr("Show only the events of this correlation in the log."));
    addHeaderAction(m_filter);
    addHeaderAction(tableExport(*this, tr("Export the causes…"),
                                [this] { return causesTable(m_model->causation()); }));

    connect(m_filter, &QAction::triggered, this,
            [this] { emit correlationChosen(m_model->causation().correlationId); });
    connect(m_tree, &QTreeView::activated, this, &CausationPanel::choose);
    connect(m_tree, &QTreeView::clicked, this, &CausationPanel::choose);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &CausationPanel::showMenu);
    takePanelTheme();
    connect(&Theme::instance(), &Theme::changed, this, &CausationPanel::takePanelTheme);
    presentNothing({});
}

void CausationPanel::takePanelTheme() {
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::DimText));
    m_empty->setPalette(dim);
}

void CausationPanel::present(const Causation& causation, GlobalPosition shown) {
    m_shown = shown;
    m_model->setCausation(causation);
    m_tree->setIndentation(std::clamp(kDeepest / depthOf(causation), 3, kIndentation));
    m_tree->expandAll();
    const QModelIndex current = m_model->indexOf(shown);
    m_tree->setCurrentIndex(current.isValid() ? current : m_model->index(0, 0));
    m_tree->scrollTo(m_tree->currentIndex(), QAbstractItemView::PositionAtCenter);
    m_stack->setCurrentWidget(m_tree);
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
    m_empty->setText(why);
    m_empty->setAccessibleName(why);
    m_stack->setCurrentWidget(m_empty);
    setNote({});
    m_filter->setEnabled(false);
}

void CausationPanel::choose(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const GlobalPosition position = m_model->node(index).position;
    if (position != m_shown)
        emit eventChosen(position);
}

void CausationPanel::showMenu(const QPoint& place) {
    const QModelIndex index = m_tree->indexAt(place);
    if (!index.isValid())
        return;
    const CausationNode node = m_model->node(index);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(QStringLiteral("aggregate")), tr("Open aggregate at this version"), this,
                    [this, node] { emit aggregateChosen(node.stream, node.position); });
    menu->addSeparator();
    const auto copy = [menu](const QString& label, const QString& text) {
        menu->addAction(icon(QStringLiteral("copy")), label, menu,
                        [text] { QGuiApplication::clipboard()->setText(text); });
    };
    copy(tr("Copy event's id"), node.id);
    copy(tr("Copy stream's name"), node.stream);
    copy(tr("Copy correlation id"), m_model->causation().correlationId);
    menu->popup(m_tree->viewport()->mapToGlobal(place));
}

} // namespace rewindow
