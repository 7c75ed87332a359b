// A name to save under, over the list of what is saved.
#include "ui/log/filter_saved_dialog.h"

#include "model/filter/saved_filters.h"
#include "ui/places/palette_delegate.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"
#include "ui/shell/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kWidth = 520;
constexpr int kHeight = 380;
constexpr int kFilterShown = 70;
} // namespace

FilterSavedDialog::FilterSavedDialog(SavedFilters& saved, const EventFilter& now, QWidget* parent)
    : QDialog(parent)
    , m_saved(saved)
    , m_now(now)
    , m_name(new QLineEdit)
    , m_save(new QPushButton(tr("Save")))
    , m_list(new QListView)
    , m_note(new QLabel)
    , m_use(new QPushButton(tr("Use")))
    , m_rename(new QPushButton(tr("Rename")))
    , m_remove(new QPushButton(tr("Remove")))
    , m_undo(new QPushButton(tr("Undo"))) {
    setWindowTitle(tr("Saved filters"));
    setAttribute(Qt::WA_DeleteOnClose);
    layOut();
    connect(m_save, &QPushButton::clicked, this, &FilterSavedDialog::save);
    connect(m_use, &QPushButton::clicked, this, &FilterSavedDialog::use);
    connect(m_list, &QAbstractItemView::doubleClicked, this, &FilterSavedDialog::use);
    connect(m_rename, &QPushButton::clicked, this,
            [this] { m_list->edit(m_list->currentIndex()); });
    connect(m_remove, &QPushButton::clicked, this, &FilterSavedDialog::remove);
    connect(m_undo, &QPushButton::clicked, &saved, &SavedFilters::undoRemoval);
    connect(&saved, &SavedFilters::changed, this, &FilterSavedDialog::takeRows);
    connect(&saved, &SavedFilters::removalsChanged, this, &FilterSavedDialog::takeRows);
    connect(&saved, &SavedFilters::failed, this,
            [this](const Error& error) { say(error.sentence()); });
    takeRows();
    m_name->setText(now.isEmpty() ? QString() : onOneLine(now.toString(), kFilterShown));
    m_name->selectAll();
    if (now.isEmpty())
        m_list->setFocus();
    else
        m_name->setFocus();
}

void FilterSavedDialog::layOut() {
    m_name->setAccessibleName(tr("Name to save the filter under"));
    m_name->setPlaceholderText(tr("Name of the filter"));
    m_name->setEnabled(!m_now.isEmpty());
    m_save->setEnabled(!m_now.isEmpty());
    m_save->setAutoDefault(false);
    auto* what =
        new QLabel(m_now.isEmpty() ? tr("There is no filter to save: all events are shown.")
                                   : onOneLine(m_now.toString(), kFilterShown));
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, Theme::instance().color(Theme::Role::DimText));
    what->setPalette(dim);
    m_note->setPalette(dim);

    m_list->setModel(&m_saved);
    m_list->setItemDelegate(new PaletteDelegate(
        [](const QModelIndex& index) {
            PaletteRow row;
            row.icon = icon(QStringLiteral("filter"));
            row.title = index.data().toString();
            row.detail = index.data(SavedFilters::FilterRole).toString();
            return row;
        },
        PaletteDelegate::Lines::Two, m_list));
    m_list->setAccessibleName(tr("Saved filters"));
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    m_name->installEventFilter(this);

    auto* naming = new QHBoxLayout;
    naming->addWidget(m_name, 1);
    naming->addWidget(m_save);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_use, m_rename, m_remove, m_undo}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto* close = new QPushButton(tr("Close"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(naming);
    layout->addWidget(what);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note);
    layout->addLayout(buttons);
    resize(Theme::instance().scaled(kWidth), Theme::instance().scaled(kHeight));
}

void FilterSavedDialog::takeRows() {
    const bool hasRows = m_saved.rowCount() > 0;
    if (hasRows && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_saved.index(0));
    for (QPushButton* button : {m_use, m_rename, m_remove})
        button->setEnabled(hasRows);
    const SavedFilter* removed = m_saved.lastRemoved();
    m_undo->setEnabled(removed != nullptr);
    if (removed)
        say(tr("“%1” was removed.").arg(onOneLine(removed->name, kFilterShown)));
    else
        say(hasRows ? QString() : tr("No filter is saved for this store yet."));
}

void FilterSavedDialog::say(const QString& text) {
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void FilterSavedDialog::save() {
    if (!m_now.isEmpty())
        m_saved.save(m_name->text(), m_now);
}

void FilterSavedDialog::use() {
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    emit filterWanted(current.data(SavedFilters::FilterRole).toString());
    close();
}

void FilterSavedDialog::remove() {
    m_saved.remove(m_list->currentIndex().row());
}

bool FilterSavedDialog::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_name && isEnter) {
        save();
        return true;
    }
    if (watched != m_list || m_list->indexWidget(m_list->currentIndex()))
        return QDialog::eventFilter(watched, event);
    if (isEnter)
        use();
    else if (key->key() == Qt::Key_Delete)
        remove();
    else if (key->matches(QKeySequence::Undo))
        m_saved.undoRemoval();
    else
        return QDialog::eventFilter(watched, event);
    return true;
}

} // namespace rewindow
