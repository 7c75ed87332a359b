// Positions are located by the model; the table shows their rows.
#include "ui/log/log_navigation.h"

#include "model/items/log_model.h"
#include "ui/log/filter_place.h"
#include "ui/log/log_follow.h"
#include "ui/log/log_table.h"

namespace rewindow {

LogNavigation::LogNavigation(LogModel& model, LogTable& table, const LogFollow& follow,
                             QObject* parent)
    : QObject(parent)
    , m_model(model)
    , m_table(table)
    , m_follow(follow) {
    connect(&table, &LogTable::firstWanted, this, [this] { goToEnd(true); });
    connect(&table, &LogTable::lastWanted, this, [this] { goToEnd(false); });
    connect(&table, &LogTable::edgeReached, this, &LogNavigation::moveWindow);
    connect(&model, &LogModel::failed, this, &LogNavigation::giveUp);
    connect(&model, &QAbstractItemModel::modelReset, this, &LogNavigation::chooseRow);
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_table.currentIndex().isValid())
            chooseRow();
    });
    connect(&table, &LogTable::currentRowChanged, this, &LogNavigation::takeChoice);
}

/// The first one, or the newest where the view stays there.
void LogNavigation::chooseRow() {
    const bool atLast = m_follow.state() == LogFollow::State::Following && !m_model.isNewestFirst();
    if (m_model.rowCount() == 0)
        return;
    m_isChoosing = true;
    m_table.showRow(m_model.index(atLast ? m_model.rowCount() - 1 : 0, 0));
    m_isChoosing = false;
}

/// Who has chosen a row by hand is not taken elsewhere by a count that comes in late.
void LogNavigation::takeChoice() {
    if (m_isOnTheWay && !m_isChoosing) {
        m_model.stopLocating();
        giveUp();
    }
}

void LogNavigation::giveUp() {
    m_isMovingWindow = false;
    m_isOnTheWay = false;
}

void LogNavigation::goTo(GlobalPosition position) {
    m_isOnTheWay = true;
    m_model.locate(position, [this](const QModelIndex& index) {
        giveUp();
        if (!index.isValid())
            return;
        m_table.showRow(index);
    });
}

void LogNavigation::goToBelow(GlobalPosition top, GlobalPosition position) {
    m_isOnTheWay = true;
    m_model.locate(position, [this, top](const QModelIndex& index) {
        giveUp();
        if (!index.isValid())
            return;
        m_table.showRow(index);
        m_model.locate(top, [this](const QModelIndex& first) {
            if (first.isValid())
                m_table.scrollTo(first, QAbstractItemView::PositionAtTop);
        });
    });
}

void LogNavigation::goToPlace(const TablePlace& place) {
    if (!place.position)
        return;
    m_isOnTheWay = true;
    m_model.locate(*place.position, [this, place](const QModelIndex& index) {
        giveUp();
        if (index.isValid())
            showInPlace(m_table, index, place);
    });
}

void LogNavigation::goToEnd(bool first) {
    if (m_model.rowCount() == 0)
        return;
    m_isMovingWindow = true;
    if (first == m_model.isNewestFirst())
        m_model.showNewest();
    else
        m_model.showOldest();
    m_table.showRow(m_model.index(first ? 0 : m_model.rowCount() - 1, 0));
    m_isMovingWindow = false;
}

/// At an edge of the window onto a log of more rows than a table can have.
void LogNavigation::moveWindow(bool bottom) {
    const bool towardsNewer = bottom != m_model.isNewestFirst();
    if (m_isMovingWindow || !(towardsNewer ? m_model.hasNewer() : m_model.hasOlder()))
        return;
    const int edge = bottom ? m_table.viewport()->height() - 1 : 0;
    const auto anchor = m_model.positionAt(m_table.indexAt({0, edge}));
    if (!anchor)
        return;
    m_isMovingWindow = true;
    m_model.shift(towardsNewer);
    m_model.locate(*anchor, [this, bottom](const QModelIndex& index) {
        m_table.showRow(index, bottom ? QAbstractItemView::PositionAtBottom
                                      : QAbstractItemView::PositionAtTop);
        m_isMovingWindow = false;
    });
}

} // namespace rewindow
