// Actions on the current row; marks and the reference's time go to the models.
#include "ui/log/log_marking.h"

#include "model/places/bookmarks_model.h"
#include "model/session/session.h"
#include "ui/log/log_action.h"
#include "ui/log/log_table.h"
#include "ui/log/note_dialog.h"
#include "ui/shell/number_text.h"
#include "ui/shell/pill.h"
#include "ui/shell/plain_text.h"

#include <QAction>

namespace rewindow {

namespace {
constexpr int kNameShown = 60;
constexpr int kUndoShownMs = 20'000;
} // namespace

LogMarking::LogMarking(Session& session, BookmarksModel& bookmarks, LogModel& model,
                       LogTable& table, QWidget* page)
    : QObject(page)
    , m_session(session)
    , m_marks(session, bookmarks)
    , m_page(page)
    , m_undoPill(new Pill(page)) {
    dress(model, table);
    makeActions(page);
    m_undoPill->setClickable(true);
    m_undoPill->setAccessibleName(tr("Undo"));
    m_undoPill->hide();
    connect(m_undoPill, &QAbstractButton::clicked, m_undo, &QAction::trigger);
    connect(&m_marks, &LogMarks::changed, this, &LogMarking::takeMarks);
    connect(&m_marks, &LogMarks::failed, &session, &Session::failed);
    connect(&m_marks, &LogMarks::removalsChanged, this, &LogMarking::takeRemovals);
    m_undoRest.setSingleShot(true);
    m_undoRest.setInterval(kUndoShownMs);
    connect(&m_undoRest, &QTimer::timeout, m_undoPill, &QWidget::hide);
    takeMarks();
    takeRemovals();
    bookmarks.load();
}

void LogMarking::makeActions(QWidget* page) {
    const auto add = [&](const QString& name, const QString& drawing, const QString& tip,
                         const QKeySequence& keys, void (LogMarking::*run)()) {
        QAction* action = logAction(page, name, drawing, tip, keys);
        connect(action, &QAction::triggered, this, run);
        m_actions.append(action);
        return action;
    };
    m_mark = add(tr("Mark the event"), QStringLiteral("bookmark"),
                 tr("Mark this event, or take its mark off. Marks stand among the bookmarks."),
                 QKeySequence(Qt::CTRL | Qt::Key_M), &LogMarking::toggle);
    m_note = add(tr("Mark with a note…"), QStringLiteral("pin"),
                 tr("Write something on this event, and mark it."),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), &LogMarking::editNote);
    m_next = logAction(page, tr("Next mark"), QStringLiteral("arrow-down"),
                       tr("Go to the next newer marked event that the filter lets through."),
                       QKeySequence(Qt::Key_F2));
    connect(m_next, &QAction::triggered, this, [this] { find(true); });
    m_previous = logAction(page, tr("Previous mark"), QStringLiteral("arrow-up"),
                           tr("Go to the next older marked event that the filter lets through."),
                           QKeySequence(Qt::SHIFT | Qt::Key_F2));
    connect(m_previous, &QAction::triggered, this, [this] { find(false); });
    m_undo = logAction(
        m_dressed.first().table, tr("Undo taking a mark off"), QStringLiteral("undo"),
        tr("Bring back the mark that was taken off last, with its note."), QKeySequence::Undo);
    connect(m_undo, &QAction::triggered, &m_marks, &LogMarks::undoRemoval);
    m_actions << m_next << m_previous << m_undo;
    m_measure = add(tr("Measure time from here"), QStringLiteral("history"),
                    tr("Show in the column “since” how long before or after this event the others "
                       "were."),
                    QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), &LogMarking::measureFromHere);
}

void LogMarking::dress(LogModel& model, LogTable& table) {
    m_dressed.append({&model, &table});
    if (m_undo)
        table.addAction(m_undo);
    model.setMarks(m_marks.events());
    model.setReference(m_time);
}

const LogMarking::Dressed& LogMarking::atHand() const {
    for (const Dressed& dressed : m_dressed) {
        if (dressed.table->hasFocus())
            return dressed;
    }
    return m_dressed.first();
}

std::optional<GlobalPosition> LogMarking::current() const {
    const Dressed& here = atHand();
    return here.model->positionAt(here.table->currentIndex());
}

/// What the list of bookmarks calls it.
QString LogMarking::currentName() const {
    const auto cell = [this](int column) {
        return atHand().table->currentIndex().siblingAtColumn(column).data().toString();
    };
    const QString type = cell(LogModel::TypeColumn);
    return type.isEmpty()
               ? QString()
               : onOneLine(type + QStringLiteral(" · ") + cell(LogModel::StreamColumn), kNameShown);
}

void LogMarking::toggle() {
    const auto position = current();
    if (!position)
        return;
    // What is marked now is what times are measured from.
    if (!m_marks.isMarked(*position))
        m_chosen.reset();
    m_marks.toggle(*position, currentName());
}

void LogMarking::editNote() {
    const auto position = current();
    if (!position)
        return;
    const auto known = m_marks.events().find(*position);
    const QString name = currentName();
    auto* dialog =
        new NoteDialog(tr("Note on event %1").arg(numberText(position->value())),
                       known == m_marks.events().end() ? QString() : known->second, m_page);
    connect(dialog, &NoteDialog::written, this,
            [this, position = *position, name](const QString& note) {
                m_marks.setNote(position, name, note);
            });
    dialog->open();
}

void LogMarking::find(bool forwards) {
    const auto from = current();
    m_marks.find(from.value_or(GlobalPosition()), forwards, m_dressed.first().model->filter(),
                 [this](std::optional<GlobalPosition> found) {
                     if (found)
                         emit positionWanted(*found);
                 });
}

void LogMarking::measureFromHere() {
    if (const auto position = current()) {
        m_chosen = position;
        takeReference();
        emit measured();
    }
}

std::optional<GlobalPosition> LogMarking::reference() const {
    return m_chosen ? m_chosen : m_marks.latest();
}

void LogMarking::takeMarks() {
    for (const Dressed& dressed : m_dressed)
        dressed.model->setMarks(m_marks.events());
    takeReference();
    takeCurrent();
}

void LogMarking::takeRemovals() {
    const Bookmark* removed = m_marks.lastRemoved();
    m_undo->setEnabled(removed);
    m_undoPill->setVisible(removed);
    if (removed) {
        m_undoPill->setText(tr("mark removed · undo"));
        m_undoPill->setAccessibleName(tr("%1: removed. Undo").arg(onOneLine(removed->name)));
        m_undoPill->setToolTip(
            rewindow::toolTip(tr("Bring back “%1” (Ctrl+Z)").arg(removed->name)));
        m_undoPill->updateGeometry();
        m_undoRest.start();
    }
}

void LogMarking::takeReference() {
    const auto position = reference();
    if (position == m_timed)
        return;
    m_timed = position;
    m_time.reset();
    m_reading.cancel();
    const auto show = [this] {
        for (const Dressed& dressed : m_dressed)
            dressed.model->setReference(m_time);
    };
    if (!position)
        return show();
    using Read = std::optional<RecordedEvent>;
    m_reading = m_session.reading().run<Read>(
        this,
        [position = *position](Store& store, const CancelToken&) {
            return store.reader().eventAt(position);
        },
        [this, show](const Result<Read>& event) {
            if (event && *event)
                m_time = (*event)->recordedAt();
            show();
        });
}

void LogMarking::takeCurrent() {
    const auto position = current();
    for (QAction* action : {m_mark, m_note, m_measure})
        action->setEnabled(position.has_value());
    m_mark->setText(position && m_marks.isMarked(*position) ? tr("Take the mark off")
                                                            : tr("Mark the event"));
    m_next->setEnabled(!m_marks.events().empty());
    m_previous->setEnabled(!m_marks.events().empty());
}

} // namespace rewindow
