// A LogModel without a filter; its row of the event is pointed out and kept in the middle.
#include "ui/log/context_panel.h"

#include "model/session/session.h"
#include "ui/log/log_table.h"
#include "ui/shell/number_text.h"

namespace rewindow {

ContextPanel::ContextPanel(Session& session, QWidget* parent)
    : Panel(Theme::Role::Event, tr("Context"), parent)
    , m_model(new LogModel(session.info().url, session.reading(), session.background(), this))
    , m_table(new LogTable(*m_model)) {
    m_table->setAccessibleName(tr("Events around the current one, unfiltered"));
    setNote(tr("all events, unfiltered"));
    setBody(m_table);
    connect(m_model, &LogModel::failed, &session, &Session::failed);
    connect(m_model, &LogModel::failed, this, [this] { m_isLocating = false; });
    connect(m_model, &LogModel::stateChanged, this, &ContextPanel::locate);
    connect(m_table, &LogTable::chosen, this, &ContextPanel::aggregateWanted);
    connect(m_table, &LogTable::currentRowChanged, this, [this](const QModelIndex& index) {
        const auto position = m_model->positionAt(index);
        if (position && !m_isLocating)
            emit eventChosen(*position);
    });
}

void ContextPanel::setLog(const LogSummary& summary) {
    m_summary = summary;
    if (m_hasBegun)
        m_model->grow(summary);
}

void ContextPanel::setNewestFirst(bool newestFirst) {
    m_model->setNewestFirst(newestFirst);
    locate();
}

void ContextPanel::setPlayhead(GlobalPosition playhead) {
    m_model->setPlayhead(playhead);
}

void ContextPanel::present(std::optional<GlobalPosition> position) {
    m_position = position;
    setBadge(position ? tr("around %1").arg(numberText(position->value())) : QString());
    m_model->setHit(position);
    locate();
}

void ContextPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    begin();
}

void ContextPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    const QModelIndex current = m_table->currentIndex();
    if (current.data(LogModel::HitRole).toBool())
        m_table->scrollTo(current, QAbstractItemView::PositionAtCenter);
}

void ContextPanel::begin() {
    if (!m_hasBegun) {
        m_hasBegun = true;
        m_model->setLog(m_summary, {});
    }
    locate();
}

void ContextPanel::locate() {
    if (!m_position || !isVisible() || m_model->rowCount() == 0)
        return;
    m_isLocating = true;
    m_model->locate(*m_position, [this](const QModelIndex& index) {
        m_table->showRow(index, QAbstractItemView::PositionAtCenter);
        m_isLocating = false;
    });
}

} // namespace rewindow
