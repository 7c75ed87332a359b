// Name and note of one bookmark, to change.
#include "ui/places/bookmark_editor.h"

#include "model/places/bookmarks_model.h"
#include "ui/shell/theme.h"

#include <QEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kMargin = 10;
constexpr int kNoteHeight = 76;
constexpr int kLongestName = 200;
constexpr int kRestMs = 500;
} // namespace

BookmarkEditor::BookmarkEditor(BookmarksModel& bookmarks, QWidget* parent)
    : QWidget(parent)
    , m_bookmarks(bookmarks)
    , m_name(new QLineEdit(this))
    , m_note(new QPlainTextEdit(this)) {
    m_name->setObjectName(QStringLiteral("bookmark.name"));
    m_name->setPlaceholderText(tr("Name"));
    m_name->setAccessibleName(tr("Name of the bookmark"));
    m_name->setMaxLength(kLongestName);
    m_note->setObjectName(QStringLiteral("bookmark.note"));
    m_note->setPlaceholderText(tr("Note"));
    m_note->setAccessibleName(tr("Note on the bookmark"));
    m_note->setTabChangesFocus(true);
    m_note->installEventFilter(this);
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        keep();
        if (m_name->text().trimmed().isEmpty())
            fill(); // without a name it keeps the one it has
    });
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &BookmarkEditor::keep);
    connect(m_name, &QLineEdit::textEdited, &m_rest, qOverload<>(&QTimer::start));
    connect(m_note, &QPlainTextEdit::textChanged, &m_rest, qOverload<>(&QTimer::start));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin - 2, kMargin, kMargin);
    layout->setSpacing(kMargin - 4);
    layout->addWidget(m_name);
    layout->addWidget(m_note);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &BookmarkEditor::takeTheme);
    fill();
}

void BookmarkEditor::takeTheme() {
    m_note->setFixedHeight(Theme::instance().scaled(kNoteHeight));
}

void BookmarkEditor::present(qint64 id) {
    if (id == m_id)
        return;
    keep();
    m_id = id;
    fill();
}

void BookmarkEditor::refresh() {
    if (m_bookmarks.rowOf(m_id) < 0 || (!m_name->hasFocus() && !m_note->hasFocus()))
        fill();
}

void BookmarkEditor::fill() {
    const int row = m_bookmarks.rowOf(m_id);
    setEnabled(row >= 0);
    if (row < 0)
        m_id = 0;
    const Bookmark shown = row < 0 ? Bookmark() : m_bookmarks.bookmarks()[std::size_t(row)];
    m_name->setText(shown.name);
    m_name->setCursorPosition(0);
    m_note->setPlainText(shown.note);
}

void BookmarkEditor::keep() {
    m_bookmarks.edit(m_bookmarks.rowOf(m_id), m_name->text(), m_note->toPlainText());
}

void BookmarkEditor::editName() {
    m_name->setFocus(Qt::ShortcutFocusReason);
    m_name->selectAll();
}

bool BookmarkEditor::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_note && event->type() == QEvent::FocusOut)
        keep();
    return QWidget::eventFilter(watched, event);
}

} // namespace rewindow
