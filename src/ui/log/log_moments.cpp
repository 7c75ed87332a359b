#include "ui/log/log_moments.h"

#include "model/items/log_model.h"
#include "model/session/session.h"
#include "ui/log/log_navigation.h"
#include "ui/log/log_table.h"

#include <QScrollBar>

namespace rewindow {

LogMoments::LogMoments(Session& session, LogModel& model, LogTable& table,
                       LogNavigation& navigation, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_model(model)
    , m_table(table)
    , m_navigation(navigation) {
    m_telling.setSingleShot(true);
    connect(&m_telling, &QTimer::timeout, this, &LogMoments::tellEvent);
}

void LogMoments::tellSoon() {
    m_telling.start();
}

void LogMoments::follow(const Moment& now, const Moment& before) {
    const bool isAnother =
        now.event != before.event && now.event != m_model.positionAt(m_table.currentIndex());
    if (now.event && isAnother)
        lookAt(now);
    else if (now.playhead && now.playhead != before.playhead)
        m_navigation.goTo(*now.playhead);
    if (now.page == Page::Log && before.page != Page::Log)
        tellSoon();
}

void LogMoments::lookAt(const Moment& moment) {
    const auto event = moment.event ? moment.event : moment.playhead;
    if (event && moment.top)
        m_navigation.goToBelow(*moment.top, *event);
    else if (event)
        m_navigation.goTo(*event);
}

/// Back, links and the restored session return to the row; it is no jump of its own.
void LogMoments::tellEvent() {
    Moment moment = m_session.moment();
    const auto event = m_model.positionAt(m_table.currentIndex());
    if (moment.page != Page::Log || !event || m_navigation.isOnTheWay())
        return;
    moment.event = event;
    moment.top.reset();
    m_session.amend(std::move(moment));
}

/// Of a link to that event.
Moment LogMoments::momentOf(GlobalPosition event) const {
    Moment moment = m_session.moment();
    moment.page = Page::Log;
    moment.event = event;
    moment.top.reset();
    return moment;
}

Moment LogMoments::placed(Moment moment) const {
    const QModelIndex current = m_table.currentIndex();
    moment.event = m_model.positionAt(current);
    moment.top.reset();
    const bool isInSight = m_table.viewport()->rect().contains(m_table.visualRect(current));
    if (m_table.verticalScrollBar()->value() > 0 || !isInSight) {
        const QModelIndex first = m_table.indexAt({0, 0});
        const bool isWhole = m_table.visualRect(first).top() >= 0;
        moment.top = m_model.positionAt(isWhole ? first : first.siblingAtRow(first.row() + 1));
    }
    return moment;
}

/// A jump that Back undoes.
void LogMoments::goTo(GlobalPosition position) {
    Moment moment = m_session.moment();
    if (moment.playhead == position)
        return m_navigation.goTo(position);
    moment.playhead = position;
    m_session.go(moment);
}

void LogMoments::openAggregate(const QModelIndex& index) {
    const QString stream = index.siblingAtColumn(LogModel::StreamColumn).data().toString();
    const qint64 position = index.data(LogModel::PositionRole).toLongLong();
    if (position > 0 && !stream.isEmpty())
        openAggregateAt(stream, GlobalPosition(position));
}

void LogMoments::openAggregateAt(const QString& stream, GlobalPosition position) {
    Moment moment = m_session.moment();
    moment.stream = stream;
    moment.playhead = position;
    moment.page = Page::Aggregate;
    m_session.go(moment);
}

} // namespace rewindow
