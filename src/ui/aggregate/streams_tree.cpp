#include "ui/aggregate/streams_tree.h"

#include "model/items/streams_model.h"
#include "ui/aggregate/focus_ring.h"
#include "ui/aggregate/read_on.h"
#include "ui/aggregate/tree_branch.h"
#include "ui/shell/cell_delegate.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace rewindow {

namespace {

constexpr int kIndent = 18;

/// A type bold in the text font, a stream's id in monospace, their numbers at the right.
class StreamsDelegate : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = Theme::instance();
        const bool type = index.data(StreamsModel::StreamRole).toString().isEmpty();
        const bool count = index.column() == StreamsModel::CountColumn;
        QFont font = type && !count ? theme.textFont() : theme.monospaceFont();
        if (type && !count)
            font.setWeight(QFont::DemiBold);
        painter->save();
        painter->setFont(font);
        painter->setPen(theme.color(count ? Theme::Role::DimText : Theme::Role::Text));
        const QRect place = option.rect.adjusted(count ? 4 : 2, 0, count ? -10 : -2, 0);
        CellDelegate::paintText(*painter, option, place, count ? Qt::AlignRight : Qt::AlignLeft,
                                onOneLine(index.data().toString()), Qt::ElideMiddle);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const QFontMetrics metrics(Theme::instance().monospaceFont());
        return {metrics.horizontalAdvance(onOneLine(index.data().toString())) + 14,
                Theme::instance().rowHeight()};
    }
};

} // namespace

StreamsTree::StreamsTree(StreamsModel& streams, QWidget* parent)
    : QTreeView(parent)
    , m_streams(streams) {
    setModel(&streams);
    setItemDelegate(new StreamsDelegate(this));
    setAccessibleName(tr("Streams"));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setExpandsOnDoubleClick(false);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(StreamsModel::NameColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(StreamsModel::CountColumn, QHeaderView::Fixed);

    auto* copy = new QAction(icon(QStringLiteral("copy")), tr("Copy stream's name"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &StreamsTree::copyName);
    addAction(copy);

    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                const QString stream = current.data(StreamsModel::StreamRole).toString();
                if (!m_following && !stream.isEmpty())
                    emit streamRequested(stream);
            });
    // A row can be the current one without having been chosen.
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        const QString stream = index.data(StreamsModel::StreamRole).toString();
        if (!stream.isEmpty())
            emit streamRequested(stream);
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &StreamsTree::readOn);
    connect(&streams, &StreamsModel::loaded, this, [this] {
        restoreExpanded();
        keepCurrent();
        readOn();
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        const QString type = index.data(StreamsModel::TypeRole).toString();
        if (m_streams.filter().isEmpty() && !m_expanded.contains(type))
            m_expanded.append(type);
    });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (m_streams.filter().isEmpty())
            m_expanded.removeAll(index.data(StreamsModel::TypeRole).toString());
    });
    connect(&Theme::instance(), &Theme::changed, this, &StreamsTree::takeTheme);
    takeTheme();
}

void StreamsTree::takeTheme() {
    const Theme& theme = Theme::instance();
    setIndentation(theme.scaled(kIndent));
    header()->resizeSection(StreamsModel::CountColumn, theme.scaled(74));
    scheduleDelayedItemsLayout();
}

void StreamsTree::restoreExpanded() {
    setRootIsDecorated(!m_streams.isFlat());
    if (m_streams.isFlat())
        return;
    const bool searching = !m_streams.filter().isEmpty();
    const int types = m_streams.rowCount();
    for (int row = 0; row < types; ++row) {
        const QModelIndex type = m_streams.index(row, 0);
        const bool wanted =
            searching || types == 1 || m_expanded.contains(type.data(StreamsModel::TypeRole));
        if (wanted && !isExpanded(type))
            expand(type);
    }
}

void StreamsTree::keepCurrent() {
    // A tree without a current row can crash Qt 6.4's accessibility bridge.
    if (m_streams.rowCount() == 0 || currentIndex().isValid())
        return;
    const QScopedValueRollback following(m_following, true);
    selectionModel()->setCurrentIndex(m_streams.index(0, 0), QItemSelectionModel::NoUpdate);
}

void StreamsTree::readOn() {
    const auto parent = parentToReadOn(
        *this, [this](const QModelIndex& index) { return m_streams.hasMore(index); });
    if (parent)
        m_streams.readMore(*parent);
}

void StreamsTree::showStream(const QModelIndex& index) {
    const QScopedValueRollback following(m_following, true);
    if (index.parent().isValid() && !isExpanded(index.parent()))
        expand(index.parent());
    if (currentIndex().siblingAtColumn(0) == index && selectionModel()->isSelected(index))
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                 QItemSelectionModel::Rows);
    executeDelayedItemsLayout();
    m_inSight.seek(index, QAbstractItemView::PositionAtCenter);
}

void StreamsTree::showNone() {
    clearSelection();
}

void StreamsTree::setPlaceholder(const QString& text) {
    m_placeholder = text;
    viewport()->update();
}

void StreamsTree::mousePressEvent(QMouseEvent* event) {
    QTreeView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const bool type = index.isValid() && index.data(StreamsModel::StreamRole).toString().isEmpty();
    const bool onText = index.isValid() && event->pos().x() >= visualRect(index).left();
    if (event->button() == Qt::LeftButton && type && onText)
        setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
}

void StreamsTree::contextMenuEvent(QContextMenuEvent* event) {
    if (currentIndex().data(StreamsModel::StreamRole).toString().isEmpty())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    menu->popup(event->reason() == QContextMenuEvent::Mouse
                    ? event->globalPos()
                    : viewport()->mapToGlobal(visualRect(currentIndex()).center()));
}

void StreamsTree::copyName() {
    const QString stream = currentIndex().data(StreamsModel::StreamRole).toString();
    if (!stream.isEmpty())
        QGuiApplication::clipboard()->setText(stream);
}

void StreamsTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    if (selectionModel()->isSelected(index))
        painter->fillRect(option.rect, Theme::instance().color(Theme::Role::Selection));
    QTreeView::drawRow(painter, option, index);
}

void StreamsTree::drawBranches(QPainter* painter, const QRect& rect,
                               const QModelIndex& index) const {
    if (m_streams.hasChildren(index))
        paintBranch(*painter, rect, indentation(), isExpanded(index));
}

void StreamsTree::paintEvent(QPaintEvent* event) {
    QTreeView::paintEvent(event);
    if (m_streams.rowCount() == 0) {
        QPainter painter(viewport());
        painter.setFont(Theme::instance().textFont());
        painter.setPen(Theme::instance().color(Theme::Role::DimText));
        painter.drawText(viewport()->rect().adjusted(14, 20, -14, -20),
                         Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_placeholder);
    }
    paintFocusRing(*this);
}

} // namespace rewindow
