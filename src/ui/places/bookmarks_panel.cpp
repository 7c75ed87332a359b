// The bookmarks of a store: a list, with name and note of the one at hand below.
#include "ui/places/bookmarks_panel.h"

#include "model/places/bookmarks_model.h"
#include "ui/export/export_action.h"
#include "ui/places/bookmark_editor.h"
#include "ui/places/link_clipboard.h"
#include "ui/places/palette_delegate.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kMargin = 10;
}

BookmarksPanel::BookmarksPanel(BookmarksModel& bookmarks, QAction* add, QWidget* parent)
    : Panel(Theme::Role::ChangedText, tr("Bookmarks"), parent)
    , m_bookmarks(bookmarks)
    , m_list(new QListView(this))
    , m_empty(new QLabel(this))
    , m_editor(new BookmarkEditor(bookmarks, this))
    , m_removed(new QWidget(this))
    , m_removedText(new ElidedLabel({}, m_removed)) {
    setObjectName(QStringLiteral("bookmarks"));
    makeActions(add);
    layOut();
    const auto rowOf = [this](const QModelIndex& index) {
        const QString note = index.data(BookmarksModel::NoteRole).toString();
        const QString detail = index.data(BookmarksModel::DetailRole).toString();
        return PaletteRow{.icon = icon(QStringLiteral("bookmark")),
                          .title = index.data().toString(),
                          .matched = {},
                          .detail = note.isEmpty() ? detail : note,
                          .trailing = {},
                          .isDisabled = !m_bookmarks.momentAt(index.row())};
    };
    m_list->setItemDelegate(new PaletteDelegate(rowOf, PaletteDelegate::Lines::Two, m_list));
    m_list->setModel(&bookmarks);
    connect(m_list, &QAbstractItemView::doubleClicked, this, &BookmarksPanel::go);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &BookmarksPanel::takeCurrent);
    connect(&bookmarks, &QAbstractItemModel::rowsInserted, this, &BookmarksPanel::takeRows);
    connect(&bookmarks, &QAbstractItemModel::rowsRemoved, this, &BookmarksPanel::takeRows);
    connect(&bookmarks, &QAbstractItemModel::dataChanged, m_editor, &BookmarkEditor::refresh);
    connect(&bookmarks, &BookmarksModel::removalsChanged, this, &BookmarksPanel::takeRemovals);
    takeRows();
    takeRemovals();
}

void BookmarksPanel::makeActions(QAction* add) {
    const auto make = [this](const QString& name, const QString& drawing, const QString& tip,
                             const QList<QKeySequence>& keys, QWidget* place) {
        auto* action = new QAction(icon(drawing), name, this);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setStatusTip(tip);
        action->setToolTip(
            rewindow::toolTip(QStringLiteral("%1 (%2)").arg(tip, keys.first().toString())));
        place->addAction(action);
        return action;
    };
    m_go = make(tr("Go to the bookmark"), QStringLiteral("forward"),
                tr("Go where the bookmark was made."), {Qt::Key_Return, Qt::Key_Enter}, m_list);
    connect(m_go, &QAction::triggered, this, &BookmarksPanel::go);
    m_copy = make(tr("Copy the bookmark's link"), QStringLiteral("link"),
                  tr("A rewindow:// address of where the bookmark was made."), {QKeySequence::Copy},
                  m_list);
    connect(m_copy, &QAction::triggered, this, [this] {
        if (const auto moment = m_bookmarks.momentAt(m_list->currentIndex().row()))
            copyLink(*moment);
    });
    m_remove = make(tr("Remove the bookmark"), QStringLiteral("remove"),
                    tr("Take the bookmark and its note off this list."), {Qt::Key_Delete}, m_list);
    connect(m_remove, &QAction::triggered, this,
            [this] { m_bookmarks.remove(m_list->currentIndex().row()); });
    m_undo = make(tr("Undo removing"), QStringLiteral("undo"),
                  tr("Bring back the bookmark that was removed last."), {QKeySequence::Undo}, this);
    m_undo->setIconText(tr("Undo"));
    connect(m_undo, &QAction::triggered, &m_bookmarks, &BookmarksModel::undoRemoval);
    connect(&m_bookmarks, &BookmarksModel::added, this, [this](qint64 id) {
        m_list->setCurrentIndex(m_bookmarks.index(m_bookmarks.rowOf(id)));
    });
    addHeaderAction(add);
    for (QAction* action : {m_go, m_copy, m_remove})
        addHeaderAction(action);
    addHeaderAction(tableExport(*this, tr("Export the bookmarks…"), [this] {
        std::vector<std::vector<Json>> rows;
        for (const Bookmark& bookmark : m_bookmarks.bookmarks())
            rows.push_back(
                {bookmark.name, bookmark.note, bookmark.link, bookmark.madeAt.toString()});
        return valuesTable(QStringLiteral("bookmarks"), {"name", "note", "link", "madeAt"},
                           std::move(rows));
    }));
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void BookmarksPanel::layOut() {
    m_list->setAccessibleName(tr("Bookmarks"));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(2 * kMargin);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setText(tr("No bookmarks yet. Ctrl+D marks the place you are at, with a name and a "
                        "note; Ctrl+K finds it again."));
    m_empty->setAccessibleName(m_empty->text());

    auto* undo = new QToolButton(m_removed);
    undo->setDefaultAction(m_undo);
    undo->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    undo->setProperty("framed", true);
    undo->setAccessibleName(m_undo->text());
    auto* row = new QHBoxLayout(m_removed);
    row->setContentsMargins(kMargin, 4, kMargin, 4);
    row->addWidget(m_removedText, 1);
    row->addWidget(undo);

    auto* lists = new QWidget(this);
    m_stack = new QStackedLayout(lists);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(1, 0, 1, 1);
    column->setSpacing(0);
    column->addWidget(lists, 1);
    column->addWidget(m_removed);
    column->addWidget(m_editor);
    setBody(body);
    setFocusProxy(m_list);
    setTabOrder(m_list, &m_editor->name());
    setTabOrder(&m_editor->name(), &m_editor->note());
}

void BookmarksPanel::takeRows() {
    const int rows = m_bookmarks.rowCount();
    m_stack->setCurrentIndex(rows > 0 ? 0 : 1);
    if (rows > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_bookmarks.index(0));
    setNote(rows == 0 ? QString() : QString::number(rows));
    takeCurrent();
}

void BookmarksPanel::takeCurrent() {
    const QModelIndex current = m_list->currentIndex();
    m_editor->present(current.data(BookmarksModel::IdRole).toLongLong());
    m_editor->setVisible(current.isValid());
    const bool leadsAnywhere = m_bookmarks.momentAt(current.row()).has_value();
    m_go->setEnabled(leadsAnywhere);
    m_copy->setEnabled(leadsAnywhere);
    m_remove->setEnabled(current.isValid());
}

void BookmarksPanel::takeRemovals() {
    const Bookmark* last = m_bookmarks.lastRemoved();
    m_undo->setEnabled(last);
    m_removed->setVisible(last);
    if (last)
        m_removedText->setText(tr("“%1” was removed.").arg(onOneLine(last->name, 60)));
}

void BookmarksPanel::go() {
    if (const auto moment = m_bookmarks.momentAt(m_list->currentIndex().row()))
        emit chosen(*moment);
}

void BookmarksPanel::edit(qint64 id) {
    const int row = m_bookmarks.rowOf(id);
    if (row < 0)
        return;
    m_list->setCurrentIndex(m_bookmarks.index(row));
    m_editor->editName();
}

} // namespace rewindow
