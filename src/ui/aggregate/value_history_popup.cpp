#include "ui/aggregate/value_history_popup.h"

#include "ui/aggregate/value_history_model.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/event_type_delegate.h"
#include "ui/shell/plain_text.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QTableView>
#include <QVBoxLayout>

namespace rewindow {

namespace {
constexpr int kWidth = 460;
constexpr int kHeight = 260;
} // namespace

ValueHistoryPopup::ValueHistoryPopup(const QString& pointer, StreamVersion version, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_version(version)
    , m_history(new ValueHistoryModel(this))
    , m_message(new QLabel(tr("Reading the history…"), this))
    , m_list(new QTableView(this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    const Theme& theme = Theme::instance();
    const QString place = pointer.isEmpty() ? tr("the whole state") : onOneLine(pointer);
    setAccessibleName(tr("History of %1").arg(place));
    auto* title = new ElidedLabel(tr("History of %1").arg(place), this);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);

    m_list->setModel(m_history);
    m_list->setItemDelegateForColumn(
        ValueHistoryModel::VersionColumn,
        new CellDelegate({.monospace = true, .text = Theme::Role::DimText}, m_list));
    m_list->setItemDelegateForColumn(ValueHistoryModel::TypeColumn,
                                     new EventTypeDelegate(-1, m_list));
    m_list->setItemDelegateForColumn(ValueHistoryModel::ValueColumn, new CellDelegate({}, m_list));
    m_list->setAccessibleName(tr("Values, newest first"));
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setShowGrid(false);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->horizontalHeader()->hide();
    m_list->horizontalHeader()->setStretchLastSection(true);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    m_list->installEventFilter(this);
    m_list->hide();
    connect(m_list, &QAbstractItemView::clicked, this, &ValueHistoryPopup::choose);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->addWidget(title);
    layout->addWidget(m_message, 1);
    layout->addWidget(m_list, 1);
    resize(theme.scaled(kWidth), theme.scaled(kHeight));
    setFocusProxy(m_list);
}

void ValueHistoryPopup::popUp(const QPoint& globalPlace) {
    const QRect room = parentWidget()->screen()->availableGeometry();
    const QPoint place(qBound(room.left(), globalPlace.x(), room.right() - width()),
                       qBound(room.top(), globalPlace.y(), room.bottom() - height()));
    move(place);
    show();
    m_list->setFocus(Qt::PopupFocusReason);
}

void ValueHistoryPopup::setHistory(Result<std::vector<ValueChange>> history) {
    if (!history || history->empty()) {
        m_message->setText(history ? tr("No event has set it.") : history.error().sentence());
        return;
    }
    m_history->setChanges(std::move(*history));
    m_message->hide();
    m_list->show();
    m_list->resizeColumnToContents(ValueHistoryModel::VersionColumn);
    m_list->resizeColumnToContents(ValueHistoryModel::TypeColumn);
    int row = 0; // the value that holds now: the newest at or before the version shown
    while (row + 1 < m_history->rowCount() &&
           m_history->version(m_history->index(row, 0)) > m_version)
        ++row;
    m_list->setCurrentIndex(m_history->index(row, 0));
    m_list->setFocus(Qt::PopupFocusReason);
}

bool ValueHistoryPopup::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            choose(m_list->currentIndex());
            return true;
        }
        if (key == Qt::Key_Escape) {
            close();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ValueHistoryPopup::choose(const QModelIndex& index) {
    if (!index.isValid())
        return;
    emit versionRequested(m_history->version(index));
    close();
}

} // namespace rewindow
