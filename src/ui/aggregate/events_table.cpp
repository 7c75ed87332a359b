#include "ui/aggregate/events_table.h"

#include "model/items/stream_events_model.h"
#include "model/items/time_text.h"
#include "ui/aggregate/focus_ring.h"
#include "ui/shell/event_type_delegate.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSet>
#include <QToolTip>

#include <algorithm>

namespace rewindow {

namespace {
constexpr int kFittedEvents = 400; ///< first and last events whose types decide a column's width
constexpr int kWidestType = 190;
constexpr int kNarrowest = 36;
constexpr int kUsefulData = 70; ///< pixels of a payload without which the time makes room for it
} // namespace

EventsTable::EventsTable(StreamEventsModel& events, QWidget* parent)
    : QTableView(parent)
    , m_events(events) {
    setModel(&events);
    constexpr int faint = StreamEventsModel::AfterPlayheadRole;
    using Column = StreamEventsModel::Column;
    const auto cell = [this](bool monospace, Theme::Role text) {
        return new CellDelegate({.monospace = monospace, .text = text, .faintRole = faint}, this);
    };
    setItemDelegateForColumn(Column::VersionColumn, cell(false, Theme::Role::Text));
    setItemDelegateForColumn(Column::TypeColumn, new EventTypeDelegate(faint, this));
    setItemDelegateForColumn(Column::RecordedColumn, cell(true, Theme::Role::DimText));
    setItemDelegateForColumn(Column::DataColumn, cell(true, Theme::Role::DimText));

    setAccessibleName(tr("Events of the stream"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    // Not setStretchLastSection(): that keeps the last one at least as wide as it once was.
    horizontalHeader()->setMinimumSectionSize(kNarrowest);
    horizontalHeader()->setSectionResizeMode(StreamEventsModel::DataColumn, QHeaderView::Stretch);

    const auto add = [this](const QString& text, const QKeySequence& keys,
                            void (EventsTable::*slot)()) {
        auto* action = new QAction(icon(QStringLiteral("copy")), text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    add(tr("Copy payload"), QKeySequence::Copy, &EventsTable::copyPayload);
    add(tr("Copy event id"), Qt::CTRL | Qt::ALT | Qt::Key_C, &EventsTable::copyId);

    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!m_following && current.isValid())
                    emit versionRequested(StreamVersion(current.row() + 1));
            });
    connect(this, &QAbstractItemView::pressed, this, [this](const QModelIndex& index) {
        // The row may be the current one while version 0 is shown.
        if (StreamVersion(index.row() + 1) != m_events.version())
            emit versionRequested(StreamVersion(index.row() + 1));
    });
    connect(&events, &QAbstractItemModel::modelReset, this, &EventsTable::fitColumns);
    connect(&events, &QAbstractItemModel::rowsInserted, this, &EventsTable::keepCurrent);
    connect(&Theme::instance(), &Theme::changed, this, &EventsTable::takeTheme);
    takeTheme();
}

void EventsTable::takeTheme() {
    const Theme& theme = Theme::instance();
    verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    horizontalHeader()->setFont(theme.textFont());
    horizontalHeader()->setFixedHeight(theme.rowHeight());
    fitColumns();
}

void EventsTable::fitColumns() {
    keepCurrent();
    const int rows = m_events.rowCount();
    const auto width = [this](int row, int column) {
        const QModelIndex index = m_events.index(row, column);
        return itemDelegateForColumn(column)->sizeHint({}, index).width();
    };
    const Theme& theme = Theme::instance();
    int version = theme.scaled(36);
    int type = theme.scaled(110);
    int recorded = theme.scaled(110);
    if (rows > 0) {
        version = std::max(version, width(rows - 1, StreamEventsModel::VersionColumn));
        recorded = width(0, StreamEventsModel::RecordedColumn);
        QSet<QString> seen;
        const auto look = [&](int row) {
            const QString name =
                m_events.index(row, StreamEventsModel::TypeColumn).data().toString();
            if (seen.contains(name))
                return;
            seen.insert(name);
            type = std::max(type, width(row, StreamEventsModel::TypeColumn));
        };
        for (int row = 0; row < std::min(rows, kFittedEvents); ++row)
            look(row);
        for (int row = std::max(0, rows - kFittedEvents); row < rows; ++row)
            look(row);
    }
    const auto named = [this](int column) { return horizontalHeader()->sectionSizeHint(column); };
    version = std::max(version, named(StreamEventsModel::VersionColumn));
    recorded = std::max(recorded, named(StreamEventsModel::RecordedColumn));
    setColumnWidth(StreamEventsModel::VersionColumn, version);
    setColumnWidth(StreamEventsModel::TypeColumn, std::min(type, theme.scaled(kWidestType)));
    setColumnWidth(StreamEventsModel::RecordedColumn, recorded);
    m_recordedWidth = recorded;
    makeRoom();
}

/// In a narrow table the payload goes before the time, which the tool tip tells as well.
void EventsTable::makeRoom() {
    const int others = columnWidth(StreamEventsModel::VersionColumn) +
                       columnWidth(StreamEventsModel::TypeColumn) + m_recordedWidth;
    const int left = viewport()->width() - others;
    setColumnHidden(StreamEventsModel::RecordedColumn,
                    left < Theme::instance().scaled(kUsefulData));
}

void EventsTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    makeRoom();
}

void EventsTable::keepCurrent() {
    // A table without a current cell can crash Qt 6.4's accessibility bridge.
    if (m_events.rowCount() == 0 || currentIndex().isValid())
        return;
    const QScopedValueRollback following(m_following, true);
    selectionModel()->setCurrentIndex(m_events.index(0, 0), QItemSelectionModel::NoUpdate);
}

void EventsTable::showVersion(StreamVersion version) {
    const QScopedValueRollback following(m_following, true);
    const QModelIndex index = m_events.indexOf(version);
    if (!index.isValid()) {
        clearSelection();
        if (m_events.rowCount() > 0)
            selectionModel()->setCurrentIndex(m_events.index(0, 0), QItemSelectionModel::NoUpdate);
        scrollToTop();
        return;
    }
    if (currentIndex().row() != index.row() || !selectionModel()->isRowSelected(index.row()))
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                     QItemSelectionModel::Rows);
    m_inSight.seek(index, QAbstractItemView::EnsureVisible);
}

void EventsTable::setPlaceholder(const QString& text) {
    m_placeholder = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void EventsTable::keyPressEvent(QKeyEvent* event) {
    const qint64 step = event->key() == Qt::Key_Up ? -1 : event->key() == Qt::Key_Down ? 1 : 0;
    if (step == 0 || event->modifiers() != Qt::NoModifier) {
        QTableView::keyPressEvent(event);
        return;
    }
    const qint64 last = m_events.rowCount();
    const qint64 version = std::clamp<qint64>(m_events.version().value() + step, 0, last);
    if (version != m_events.version().value())
        emit versionRequested(StreamVersion(version));
}

void EventsTable::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    menu->popup(event->reason() == QContextMenuEvent::Mouse
                    ? event->globalPos()
                    : viewport()->mapToGlobal(visualRect(index).center()));
}

void EventsTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_events.rowCount() == 0) {
        QPainter painter(viewport());
        painter.setFont(Theme::instance().textFont());
        painter.setPen(Theme::instance().color(Theme::Role::DimText));
        painter.drawText(viewport()->rect().adjusted(16, 0, -16, 0),
                         Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    paintFocusRing(*this);
}

bool EventsTable::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QTableView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QModelIndex index = indexAt(help->pos());
    QString text;
    if (index.isValid()) {
        const TimelineEvent& shown =
            (*m_events.outline().events)[static_cast<std::size_t>(index.row())];
        text = index.column() == StreamEventsModel::DataColumn
                   ? index.data().toString()
                   : tr("version %1 · position %2\n%3\n%4")
                         .arg(QString::number(shown.version.value()),
                              QString::number(shown.position.value()), onOneLine(shown.type),
                              wholeTimeText(shown.recordedAt));
    }
    QToolTip::showText(help->globalPos(), text.isEmpty() ? text : rewindow::toolTip(text),
                       viewport());
    return true;
}

void EventsTable::copyPayload() {
    if (m_events.rowCount() > 0)
        m_events.fetchEvent(StreamVersion(currentIndex().row() + 1), this,
                            [](Result<RecordedEvent> event) {
                                if (event)
                                    QGuiApplication::clipboard()->setText(toQString(event->data()));
                            });
}

void EventsTable::copyId() {
    if (m_events.rowCount() > 0)
        m_events.fetchEvent(StreamVersion(currentIndex().row() + 1), this,
                            [](Result<RecordedEvent> event) {
                                if (event)
                                    QGuiApplication::clipboard()->setText(toQString(event->id()));
                            });
}

} // namespace rewindow
