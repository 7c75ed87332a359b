// Marks are read from the bookmarks whenever those change.
#include "model/places/log_marks.h"

#include "model/moment/link_text.h"
#include "model/places/bookmarks_model.h"
#include "model/session/session.h"
#include "store/filter/filter_matcher.h"

#include <algorithm>
#include <vector>

namespace rewindow {

std::optional<GlobalPosition> markedEvent(const Moment& moment) {
    if (moment.page != Page::Log || !moment.filter.isEmpty())
        return std::nullopt;
    return moment.playhead;
}

LogMarks::LogMarks(Session& session, BookmarksModel& bookmarks, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_bookmarks(bookmarks) {
    connect(&bookmarks, &QAbstractItemModel::rowsInserted, this, &LogMarks::take);
    connect(&bookmarks, &QAbstractItemModel::rowsRemoved, this, &LogMarks::take);
    connect(&bookmarks, &QAbstractItemModel::dataChanged, this, &LogMarks::take);
    connect(&bookmarks, &BookmarksModel::removalsChanged, this, &LogMarks::removalsChanged);
    connect(&bookmarks, &BookmarksModel::failed, this, [this] { m_due.clear(); });
    take();
}

void LogMarks::take() {
    m_due.clear();
    MarkedEvents events;
    std::optional<GlobalPosition> latest;
    for (int row = 0; row < m_bookmarks.rowCount(); ++row) {
        const auto moment = m_bookmarks.momentAt(row);
        const auto position = moment ? markedEvent(*moment) : std::nullopt;
        if (!position)
            continue;
        if (!latest)
            latest = position;
        events.emplace(*position, m_bookmarks.bookmarks()[static_cast<std::size_t>(row)].note);
    }
    if (events == m_events && latest == m_latest)
        return;
    m_events = std::move(events);
    m_latest = latest;
    emit changed();
}

Moment LogMarks::momentOf(GlobalPosition position) const {
    Moment moment;
    moment.store = m_session.moment().store;
    moment.page = Page::Log;
    moment.playhead = position;
    return moment;
}

std::vector<qint64> LogMarks::bookmarksOf(GlobalPosition position) const {
    std::vector<qint64> ids;
    for (int row = 0; row < m_bookmarks.rowCount(); ++row) {
        const auto moment = m_bookmarks.momentAt(row);
        if (moment && markedEvent(*moment) == position)
            ids.push_back(m_bookmarks.bookmarks()[static_cast<std::size_t>(row)].id);
    }
    return ids;
}

void LogMarks::toggle(GlobalPosition position, const QString& name) {
    if (m_due.contains(position.value()))
        return;
    m_due.insert(position.value());
    const std::vector<qint64> ids = bookmarksOf(position);
    if (ids.empty())
        m_bookmarks.add(momentOf(position), name);
    for (const qint64 id : ids)
        m_bookmarks.remove(m_bookmarks.rowOf(id));
}

void LogMarks::setNote(GlobalPosition position, const QString& name, const QString& note) {
    if (m_due.contains(position.value()))
        return;
    const std::vector<qint64> ids = bookmarksOf(position);
    if (ids.empty()) {
        m_due.insert(position.value());
        m_bookmarks.add(momentOf(position), name, note);
        return;
    }
    const int row = m_bookmarks.rowOf(ids.front());
    m_bookmarks.edit(row, {}, note);
}

const Bookmark* LogMarks::lastRemoved() const {
    const Bookmark* removed = m_bookmarks.lastRemoved();
    const auto moment = removed ? momentOfLinkText(removed->link) : Result<Moment>();
    return removed && moment && markedEvent(*moment) ? removed : nullptr;
}

void LogMarks::undoRemoval() {
    if (lastRemoved())
        m_bookmarks.undoRemoval();
}

void LogMarks::find(GlobalPosition from, bool forwards, const EventFilter& filter,
                    std::function<void(std::optional<GlobalPosition>)> done) {
    using Found = std::optional<GlobalPosition>;
    m_finding.cancel();
    std::vector<GlobalPosition> order;
    for (const auto& [position, note] : m_events)
        order.push_back(position);
    if (!forwards)
        std::ranges::reverse(order);
    const auto isAhead = [from, forwards](GlobalPosition position) {
        return forwards ? position > from : position < from;
    };
    std::ranges::rotate(order, std::ranges::find_if(order, isAhead));
    m_finding = m_session.reading().run<Found>(
        this,
        [order, filter](Store& store, const CancelToken& cancel) -> Result<Found> {
            const FilterMatcher matcher(filter.expression());
            for (const GlobalPosition position : order) {
                if (cancel.isCancelled())
                    break;
                const auto event = store.reader().eventAt(position);
                if (!event)
                    return std::unexpected(event.error());
                if (*event && matcher.matches(EventSubject(**event)))
                    return Found(position);
            }
            return Found();
        },
        [this, done = std::move(done)](const Result<Found>& found) {
            if (found)
                done(*found);
            else
                emit failed(found.error());
        });
}

} // namespace rewindow
