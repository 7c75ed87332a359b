#include "ui/aggregate/state_tree.h"

#include "model/items/state_model.h"
#include "ui/aggregate/focus_ring.h"
#include "ui/aggregate/read_on.h"
#include "ui/aggregate/state_delegate.h"
#include "ui/aggregate/tree_branch.h"
#include "ui/shell/icons.h"
#include "ui/shell/json_find.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kIndent = 16;
constexpr int kNarrowest = 80;
constexpr int kExpandedDepth = 2; ///< containers above it, if small, are expanded unasked
constexpr int kExpandedSize = 12;
constexpr int kFittedRows = 200;  ///< rows from the top that decide the columns' widths
constexpr int kExpandedByKey = 3; ///< levels that `*` expands: a deep state must not flood the tree

int depthOf(QModelIndex index) {
    int depth = 0;
    for (index = index.parent(); index.isValid(); index = index.parent())
        ++depth;
    return depth;
}

} // namespace

StateTree::StateTree(StateModel& state, QWidget* parent) : QTreeView(parent), m_state(state) {
    setModel(&state);
    setItemDelegate(new StateDelegate(this));
    setAccessibleName(tr("State of the aggregate"));
    // JSON is read from left to right in every language.
    setLayoutDirection(Qt::LeftToRight);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setMouseTracking(true);
    setAllColumnsShowFocus(true);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignAbsolute | Qt::AlignVCenter);
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(48);

    addOwnAction(tr("Who set this"), QStringLiteral("event"), Qt::CTRL | Qt::Key_B,
                 &StateTree::askWhoSet);
    addOwnAction(tr("History of this value"), QStringLiteral("history"), Qt::CTRL | Qt::Key_H,
                 &StateTree::askHistory);
    addOwnAction(tr("Copy value"), QStringLiteral("copy"), QKeySequence::Copy,
                 &StateTree::copyValue);
    addOwnAction(tr("Copy JSON pointer"), QStringLiteral("copy"), Qt::CTRL | Qt::ALT | Qt::Key_C,
                 &StateTree::copyPointer);
    addOwnAction(tr("Copy whole state"), QStringLiteral("copy"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
                 &StateTree::wholeStateRequested);
    addOwnAction(tr("Copy link to this value"), QStringLiteral("link"), {}, &StateTree::askForLink);

    connect(&state, &QAbstractItemModel::rowsInserted, this, &StateTree::expandInserted);
    connect(&state, &QAbstractItemModel::modelReset, this, &StateTree::keepCurrent);
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (!m_expanding)
            m_expansion.insert(m_state.pointer(index), true);
    });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        m_expansion.insert(m_state.pointer(index), false);
    });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!m_following && current.isValid())
                    emit pointerChosen(m_state.pointer(current));
            });
    // A row can be the current one without having been chosen.
    connect(this, &QAbstractItemView::pressed, this,
            [this](const QModelIndex& index) { emit pointerChosen(m_state.pointer(index)); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &StateTree::readOn);
    connect(header(), &QHeaderView::sectionResized, this, [this](int column) {
        // The last one is stretched by Qt.
        if (!m_fitting && column != StateModel::SetByColumn)
            m_userSized = true;
    });
    connect(&Theme::instance(), &Theme::changed, this, &StateTree::takeTheme);
    takeTheme();
}

QAction* StateTree::addOwnAction(const QString& text, const QString& iconName,
                                 const QKeySequence& keys, void (StateTree::*slot)()) {
    auto* action = new QAction(icon(iconName), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    return action;
}

void StateTree::takeTheme() {
    const Theme& theme = Theme::instance();
    setIndentation(theme.scaled(kIndent));
    header()->setFont(theme.monospaceFont());
    header()->setFixedHeight(theme.rowHeight());
    scheduleDelayedItemsLayout();
}

void StateTree::fitColumns() {
    if (m_userSized)
        return;
    const std::array<int, StateModel::ColumnCount> needed = neededWidths();
    const int all = viewport()->width();
    int field = std::min(needed[StateModel::FieldColumn], all * 45 / 100);
    int value = std::min(needed[StateModel::ValueColumn], all * 45 / 100);
    int setBy = needed[StateModel::SetByColumn];
    const int spare = all - field - value - setBy;
    if (spare >= 0) {
        field += spare * 3 / 10;
        value += spare * 4 / 10;
    } else {
        // Who set it says most at its beginning: it gives way first.
        setBy = std::max(setBy + spare, std::min(setBy, all * 36 / 100));
        field = std::min(field, std::max(all * 36 / 100, all - setBy - value));
        value = all - field - setBy;
    }
    const QScopedValueRollback fitting(m_fitting, true);
    header()->resizeSection(StateModel::FieldColumn, field);
    header()->resizeSection(StateModel::ValueColumn, value);
}

/// Of what is there now alone, so that a moment looks the same however it was come to.
std::array<int, StateModel::ColumnCount> StateTree::neededWidths() const {
    std::array<int, StateModel::ColumnCount> widths{};
    widths.fill(Theme::instance().scaled(kNarrowest));
    QModelIndex row = m_state.index(0, 0);
    for (int seen = 0; row.isValid() && seen < kFittedRows; ++seen, row = indexBelow(row)) {
        for (int column = 0; column < StateModel::ColumnCount; ++column) {
            int width = itemDelegate()->sizeHint({}, row.siblingAtColumn(column)).width();
            if (column == StateModel::FieldColumn)
                width += (depthOf(row) + 1) * indentation();
            int& needed = widths[static_cast<std::size_t>(column)];
            needed = std::max(needed, width);
        }
    }
    return widths;
}

void StateTree::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    fitColumns();
}

bool StateTree::shouldExpand(const QModelIndex& index) const {
    const auto chosen = m_expansion.constFind(m_state.pointer(index));
    if (chosen != m_expansion.constEnd())
        return *chosen;
    const auto value = m_state.value(index);
    return value && value->size() <= kExpandedSize && depthOf(index) < kExpandedDepth;
}

void StateTree::expandInserted(const QModelIndex& parent, int first, int last) {
    if (m_following)
        return; // the whole state moves: showPointer() comes afterwards
    const QScopedValueRollback expanding(m_expanding, true);
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_state.index(row, 0, parent);
        if (!m_state.hasChildren(index) || !shouldExpand(index))
            continue;
        if (m_state.rowCount(index) == 0)
            m_state.fetchMore(index);
        expand(index);
    }
    keepCurrent();
}

/// Rows that came with another version are expanded once all of them are there and laid out.
void StateTree::expandWanted(const QModelIndex& parent) {
    for (int row = 0; row < m_state.rowCount(parent); ++row) {
        const QModelIndex index = m_state.index(row, 0, parent);
        if (!m_state.hasChildren(index))
            continue;
        if (!isExpanded(index)) {
            if (!shouldExpand(index))
                continue;
            if (m_state.rowCount(index) == 0)
                m_state.fetchMore(index);
            expand(index);
        }
        expandWanted(index);
    }
}

void StateTree::readOn() {
    const auto parent =
        parentToReadOn(*this, [this](const QModelIndex& index) { return m_state.hasMore(index); });
    if (parent)
        m_state.makeMore(*parent);
}

void StateTree::keepCurrent() {
    // A tree without a current row can crash Qt 6.4's accessibility bridge.
    if (m_state.rowCount() == 0 || currentIndex().isValid())
        return;
    const Quiet quiet(*this);
    selectionModel()->setCurrentIndex(m_state.index(0, 0), QItemSelectionModel::NoUpdate);
}

void StateTree::showPointer(const QString& pointer) {
    const Quiet quiet(*this);
    executeDelayedItemsLayout();
    {
        const QScopedValueRollback expanding(m_expanding, true);
        expandWanted({});
    }
    keepCurrent();
    fitColumns();
    const QModelIndex index = pointer.isEmpty() ? QModelIndex() : m_state.indexOf(pointer);
    if (!index.isValid()) {
        clearSelection();
        return;
    }
    if (currentIndex().siblingAtColumn(0) == index && selectionModel()->isSelected(index))
        return;
    {
        const QScopedValueRollback expanding(m_expanding, true);
        for (QModelIndex parent = index.parent(); parent.isValid(); parent = parent.parent())
            expand(parent);
    }
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                 QItemSelectionModel::Rows);
    m_inSight.seek(index, QAbstractItemView::EnsureVisible);
}

void StateTree::setPlaceholder(const QString& text) {
    m_placeholder = text;
    setAccessibleDescription(text);
    viewport()->update();
}

bool StateTree::isLink(const QModelIndex& index) const {
    return index.column() == StateModel::SetByColumn &&
           index.data(StateModel::SetByVersionRole).toLongLong() > 0;
}

void StateTree::mouseMoveEvent(QMouseEvent* event) {
    QTreeView::mouseMoveEvent(event);
    viewport()->setCursor(isLink(indexAt(event->pos())) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void StateTree::mouseReleaseEvent(QMouseEvent* event) {
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && isLink(index))
        emit versionRequested(StreamVersion(index.data(StateModel::SetByVersionRole).toLongLong()));
}

void StateTree::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Asterisk) {
        expandRecursively(currentIndex(), kExpandedByKey);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        askWhoSet();
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void StateTree::contextMenuEvent(QContextMenuEvent* event) {
    if (!currentIndex().isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    menu->popup(event->reason() == QContextMenuEvent::Mouse
                    ? event->globalPos()
                    : viewport()->mapToGlobal(visualRect(currentIndex()).center()));
}

bool StateTree::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QTreeView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QModelIndex index = indexAt(help->pos());
    const QString text = index.isValid()
                             ? m_state.pointer(index) + u'\n' +
                                   index.siblingAtColumn(StateModel::ValueColumn).data().toString()
                             : QString();
    QToolTip::showText(help->globalPos(), text.isEmpty() ? text : rewindow::toolTip(text),
                       viewport());
    return true;
}

void StateTree::askWhoSet() {
    const auto setBy = m_state.setBy(currentIndex());
    if (setBy)
        emit versionRequested(setBy->version);
}

void StateTree::askHistory() {
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    const QRect row = visualRect(index.siblingAtColumn(StateModel::ValueColumn));
    emit historyRequested(m_state.pointer(index), viewport()->mapToGlobal(row.bottomLeft()));
}

void StateTree::copyValue() {
    const auto value = m_state.value(currentIndex());
    if (value)
        QGuiApplication::clipboard()->setText(value->kind() == Json::Kind::String
                                                  ? value->toQString()
                                                  : QString::fromStdString(value->dump()));
}

void StateTree::askForLink() {
    if (currentIndex().isValid())
        emit linkRequested(m_state.pointer(currentIndex()));
}

void StateTree::copyPointer() {
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(m_state.pointer(currentIndex()));
}

void StateTree::paintFound(QPainter& painter, const QModelIndex& row, int parts,
                           void (*paint)(QPainter&, const QRect&)) const {
    for (const auto& [part, column] : {std::pair{JsonHits::InKey, StateModel::FieldColumn},
                                       std::pair{JsonHits::InValue, StateModel::ValueColumn}}) {
        if ((parts & part) != 0)
            paint(painter, visualRect(row.siblingAtColumn(column)));
    }
}

void StateTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    painter->setLayoutDirection(layoutDirection()); // else the application's
    const bool selected = selectionModel()->isSelected(index);
    const bool changed = index.data(StateModel::ChangeRole).toInt() != 0;
    if (changed)
        painter->fillRect(option.rect, theme.color(Theme::Role::Changed));
    else if (selected)
        painter->fillRect(option.rect, theme.color(Theme::Role::Selection));
    const int found = m_found ? m_found(index) : 0;
    paintFound(*painter, index, found, &JsonFind::paintGround);
    QTreeView::drawRow(painter, option, index);
    paintFound(*painter, index, found, &JsonFind::paintLine);
    const QRect& row = option.rect;
    painter->fillRect(QRect(row.left(), row.bottom(), row.width(), 1),
                      theme.color(Theme::Role::Border));
    if (changed && selected) {
        painter->setPen(theme.color(Theme::Role::ChangedText));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(row.adjusted(0, 0, -1, -1));
    }
}

void StateTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const {
    if (m_state.hasChildren(index))
        paintBranch(*painter, rect, indentation(), isExpanded(index));
}

void StateTree::paintEvent(QPaintEvent* event) {
    QTreeView::paintEvent(event);
    if (m_state.rowCount() == 0) {
        QPainter painter(viewport());
        painter.setFont(Theme::instance().textFont());
        painter.setPen(Theme::instance().color(Theme::Role::DimText));
        painter.drawText(viewport()->rect().adjusted(16, 0, -16, 0),
                         Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    paintFocusRing(*this);
}

} // namespace rewindow
