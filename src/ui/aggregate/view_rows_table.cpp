// The table that shows a view's rows.
#include "ui/aggregate/view_rows_table.h"

#include "model/items/view_rows_model.h"
#include "ui/aggregate/view_rows_delegate.h"
#include "ui/shell/icons.h"
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
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kNarrowest = 56;
constexpr int kWidest = 320;
constexpr int kUseful = 76;     ///< a column gives way to others down to this
constexpr int kFittedRows = 50; ///< rows whose values decide a column's width

/// The widest that columns may be for all of them to fit; no less than `least`.
int fairShare(const std::vector<int>& widths, int room, int least) {
    std::vector<int> ascending = widths;
    std::sort(ascending.begin(), ascending.end());
    int left = static_cast<int>(ascending.size());
    for (const int width : ascending) {
        if (width * left >= room)
            return std::max(least, room / left);
        room -= width;
        --left;
    }
    return std::max(least, ascending.empty() ? 0 : ascending.back());
}

/// A field of tab-separated text, quoted where a tab, a quote or a line break is in it.
QString tabbedField(QString text) {
    const bool plain = std::none_of(text.cbegin(), text.cend(), [](QChar character) {
        return character == u'\t' || character == u'"' || character == u'\n' || character == u'\r';
    });
    if (plain)
        return text;
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace

ViewRowsTable::ViewRowsTable(ViewRowsModel& rows, QWidget* parent)
    : QTableView(parent)
    , m_rows(rows) {
    setModel(&rows);
    setItemDelegate(new ViewRowsDelegate(this));
    setAccessibleName(tr("Rows of the view"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(kNarrowest);

    addOwnAction(tr("Who set this"), QStringLiteral("history"), Qt::CTRL | Qt::Key_B,
                 &ViewRowsTable::askWhoSetCurrent);
    addOwnAction(tr("Open this row's aggregate"), QStringLiteral("stream"), Qt::Key_Return,
                 &ViewRowsTable::chooseCurrent);
    addOwnAction(tr("Copy value"), QStringLiteral("copy"), QKeySequence::Copy,
                 &ViewRowsTable::copyCell);
    addOwnAction(tr("Copy row"), QStringLiteral("copy"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
                 &ViewRowsTable::copyRow);
    addOwnAction(tr("Copy link to this cell"), QStringLiteral("link"), {},
                 &ViewRowsTable::askForLink);

    connect(this, &QTableView::clicked, this, &ViewRowsTable::chooseCurrent);
    connect(this, &QTableView::doubleClicked, this, &ViewRowsTable::askWhoSetCurrent);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ViewRowsTable::tellSight);
    connect(&rows, &QAbstractItemModel::rowsInserted, this, &ViewRowsTable::keepCurrent);
    connect(&rows, &QAbstractItemModel::rowsRemoved, this, &ViewRowsTable::keepCurrent);
    connect(&rows, &QAbstractItemModel::modelReset, this, &ViewRowsTable::refit);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        if (!m_fitting)
            m_userSized = true;
    });
    connect(&Theme::instance(), &Theme::changed, this, &ViewRowsTable::takeTheme);
    takeTheme();
}

QAction* ViewRowsTable::addOwnAction(const QString& text, const QString& iconName,
                                     const QKeySequence& keys, void (ViewRowsTable::*slot)()) {
    auto* action = new QAction(icon(iconName), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    return action;
}

void ViewRowsTable::takeTheme() {
    const Theme& theme = Theme::instance();
    verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    horizontalHeader()->setFont(theme.monospaceFont());
    horizontalHeader()->setFixedHeight(theme.rowHeight());
    refit();
}

void ViewRowsTable::setPlaceholder(const QString& text) {
    m_placeholder = text;
    setAccessibleDescription(m_rows.rowCount() ? QString() : text);
    viewport()->update();
}

void ViewRowsTable::scrollToRow(int row, const QString& column) {
    QModelIndex index = m_rows.index(row, 0);
    for (int i = 0; i < m_rows.columnCount() && !column.isEmpty(); ++i) {
        if (const QModelIndex cell = index.siblingAtColumn(i);
            cell.data(ViewRowsModel::ColumnRole).toString() == column)
            index = cell;
    }
    setCurrentIndex(index);
    m_inSight.seek(index, QAbstractItemView::PositionAtCenter);
    tellSight();
}

void ViewRowsTable::refit() {
    m_fitted = false;
    m_userSized = false;
    keepCurrent();
}

void ViewRowsTable::keepCurrent() {
    // A table without a current cell can crash Qt 6.4's accessibility bridge.
    if (m_rows.rowCount() && !currentIndex().isValid())
        selectionModel()->setCurrentIndex(m_rows.index(0, 0), QItemSelectionModel::NoUpdate);
    if (m_rows.rowCount() && !m_fitted)
        fitColumns();
    tellSight();
}

void ViewRowsTable::tellSight() {
    const int first = std::max(0, rowAt(0));
    const int fitting = viewport()->height() / std::max(1, verticalHeader()->defaultSectionSize());
    m_rows.setRowsInSight(first, first + std::max(fitting, 1));
}

void ViewRowsTable::fitColumns() {
    const int columns = m_rows.columnCount();
    if (!columns)
        return;
    const QFontMetrics header(horizontalHeader()->font());
    const int rows = std::min(m_rows.rowCount(), kFittedRows);
    std::vector<int> widths;
    int sum = 0;
    for (int column = 0; column < columns; ++column) {
        int width = header.horizontalAdvance(
                        m_rows.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()) +
                    20;
        for (int row = 0; row < rows; ++row)
            width =
                std::max(width, itemDelegate()->sizeHint({}, m_rows.index(row, column)).width());
        widths.push_back(std::clamp(width, kNarrowest, Theme::instance().scaled(kWidest)));
        sum += widths.back();
    }
    // What is left over is shared out, so that a wide table does not huddle at the left; where
    // there is too little, the widest give way.
    const int room = viewport()->width();
    const int spare = std::max(0, room - sum) / columns;
    const int share = fairShare(widths, room, Theme::instance().scaled(kUseful));
    m_fitting = true;
    for (int column = 0; column < columns; ++column)
        setColumnWidth(column, std::min(widths[static_cast<std::size_t>(column)], share) + spare);
    m_fitting = false;
    m_fitted = true;
}

void ViewRowsTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    if (m_fitted && !m_userSized)
        fitColumns();
    tellSight();
}

void ViewRowsTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_rows.rowCount() || m_placeholder.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(Theme::instance().textFont());
    painter.setPen(Theme::instance().color(Theme::Role::DimText));
    painter.drawText(viewport()->rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     m_placeholder);
}

bool ViewRowsTable::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QTableView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QModelIndex index = indexAt(help->pos());
    const QString whole = index.data(ViewRowsModel::WholeRole).toString();
    const QString before = index.data(ViewRowsModel::PreviousRole).toString();
    QString text = whole;
    if (index.data(ViewRowsModel::ChangedRole).toBool())
        text = before.isEmpty()
                   ? tr("%1\nset by the event at this moment").arg(whole)
                   : tr("%1\nwas %2 before the event at this moment").arg(whole, before);
    QToolTip::showText(help->globalPos(), text.isEmpty() ? QString() : rewindow::toolTip(text),
                       viewport());
    return true;
}

void ViewRowsTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Enter) {
        chooseCurrent();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ViewRowsTable::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = event->reason() == QContextMenuEvent::Mouse
                                  ? indexAt(event->pos()) // of the viewport, as all it passes on
                                  : currentIndex();
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    const QPoint where = event->reason() == QContextMenuEvent::Mouse
                             ? event->globalPos()
                             : viewport()->mapToGlobal(visualRect(index).center());
    menu->popup(where);
}

void ViewRowsTable::chooseCurrent() {
    if (currentIndex().isValid())
        emit rowChosen(currentIndex().data(ViewRowsModel::IdRole).toString(),
                       currentIndex().data(ViewRowsModel::ColumnRole).toString());
}

void ViewRowsTable::askForLink() {
    if (currentIndex().isValid())
        emit linkRequested(currentIndex().data(ViewRowsModel::IdRole).toString(),
                           currentIndex().data(ViewRowsModel::ColumnRole).toString());
}

void ViewRowsTable::askWhoSetCurrent() {
    const QModelIndex index = currentIndex();
    if (index.isValid())
        emit whoSetThis(index.data(ViewRowsModel::IdRole).toString(),
                        index.data(ViewRowsModel::ColumnRole).toString());
}

void ViewRowsTable::copyCell() {
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(
            currentIndex().data(ViewRowsModel::WholeRole).toString());
}

void ViewRowsTable::copyRow() {
    if (!currentIndex().isValid())
        return;
    QStringList fields;
    for (int column = 0; column < m_rows.columnCount(); ++column)
        fields.append(tabbedField(
            m_rows.index(currentIndex().row(), column).data(ViewRowsModel::WholeRole).toString()));
    QGuiApplication::clipboard()->setText(fields.join(u'\t'));
}

} // namespace rewindow
