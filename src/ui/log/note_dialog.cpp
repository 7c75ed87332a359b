// A note, to write.
#include "ui/log/note_dialog.h"

#include "ui/shell/theme.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace rewindow {

NoteDialog::NoteDialog(const QString& title, const QString& note, QWidget* parent)
    : QDialog(parent)
    , m_text(new QPlainTextEdit(note, this)) {
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(Theme::instance().scaled(420), Theme::instance().scaled(200));
    m_text->setAccessibleName(title);
    m_text->setPlaceholderText(tr("What is remarkable about it? Ctrl+Enter keeps the note."));
    m_text->setTabChangesFocus(true);
    m_text->installEventFilter(this);
    m_text->moveCursor(QTextCursor::End);
    auto* box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    for (QAbstractButton* button : box->buttons())
        button->setAccessibleName(button->text().remove(u'&'));
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::accepted, this, [this] { emit written(m_text->toPlainText()); });
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_text, 1);
    layout->addWidget(box);
    m_text->setFocus();
}

bool NoteDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::ControlModifier &&
            (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            accept();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace rewindow
