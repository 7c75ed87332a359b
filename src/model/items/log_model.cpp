// A window of rows over a LogIndex, its pages read by key.
#include "model/items/log_model.h"

#include "model/items/time_text.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kPagesKept = 64;

} // namespace

LogModel::LogModel(const StoreUrl& url, StoreLane& reading, StoreLane& background, QObject* parent,
                   qint64 mostRows)
    : QAbstractTableModel(parent)
    , m_reading(reading)
    , m_background(background)
    , m_firstHits(url)
    , m_mostRows(mostRows)
    , m_pages(kPagesKept) {
    connect(&TimeZoneChoice::instance(), &TimeZoneChoice::changed, this, [this] {
        say(RecordedColumn, RecordedColumn, {Qt::DisplayRole});
        emit headerDataChanged(Qt::Horizontal, RecordedColumn, RecordedColumn);
    });
}

LogModel::~LogModel() {
    m_counting.cancel();
    m_locating.cancel();
    m_pageRead.cancel();
}

void LogModel::setLog(const LogSummary& summary, const EventFilter& filter) {
    m_counting.cancel();
    stopLocating();
    m_firstHits.cancel();
    m_growing = false;
    beginResetModel();
    forgetPages();
    m_hits = {};
    m_filter = filter;
    m_head = summary.head;
    m_index = {};
    m_begin = m_rows = 0;
    const bool reckoned = filter.isEmpty() && (summary.gapless() || summary.head.value() == 0);
    if (reckoned) {
        m_index = LogIndex::reckoned(summary.first, summary.events);
        m_rows = std::min(m_index.rows(), m_mostRows);
        m_begin = m_newestFirst ? m_index.rows() - m_rows : 0;
    }
    endResetModel();
    if (reckoned)
        setState(total() > 0 ? State::Ready : State::Empty);
    else
        count();
}

void LogModel::grow(const LogSummary& summary) {
    m_head = std::max(m_head, summary.head);
    if (m_state == State::Counting)
        return;
    const bool reckoned = m_filter.isEmpty() && summary.gapless();
    if (m_index.isReckoned() && reckoned &&
        (total() == 0 || summary.first == m_index.positionOf(0))) {
        const qint64 before = total();
        if (summary.events < before)
            return;
        m_index = LogIndex::reckoned(summary.first, summary.events);
        showGrown(before);
    } else if (m_index.isReckoned() || m_state == State::Failed) {
        setLog(summary, m_filter);
    } else {
        countMore();
    }
}

/// The table shows rows that came at the newest end while it stands there; else only the total
/// changes.
void LogModel::showGrown(qint64 before) {
    const qint64 added = total() - before;
    if (added == 0)
        return;
    if (m_begin + m_rows == before) {
        const qint64 most = std::min(added, m_mostRows);
        const auto count = static_cast<int>(most);
        if (added > most) {
            setWindow(total());
        } else {
            beginInsertRows({}, m_newestFirst ? 0 : static_cast<int>(m_rows),
                            (m_newestFirst ? 0 : static_cast<int>(m_rows)) + count - 1);
            m_rows += count;
            endInsertRows();
            if (const auto surplus = static_cast<int>(m_rows - m_mostRows); surplus > 0) {
                const int first = m_newestFirst ? static_cast<int>(m_rows) - surplus : 0;
                beginRemoveRows({}, first, first + surplus - 1);
                m_rows -= surplus;
                m_begin += surplus;
                endRemoveRows();
            }
        }
    }
    setState(State::Ready);
    emit stateChanged();
}

void LogModel::setState(State state) {
    if (state == m_state)
        return;
    m_state = state;
    emit stateChanged();
}

void LogModel::setNewestFirst(bool newestFirst) {
    if (newestFirst == m_newestFirst)
        return;
    beginResetModel();
    m_newestFirst = newestFirst;
    const bool isCounting = m_state == State::Counting;
    if (isCounting) {
        m_hits = {};
        m_rows = 0;
    }
    endResetModel();
    if (isCounting) {
        search();
        emit stateChanged();
    }
}

void LogModel::setPlayhead(GlobalPosition playhead) {
    if (playhead == m_playhead)
        return;
    m_playhead = playhead;
    say(0, columnCount() - 1, {AfterPlayheadRole});
}

/// A window that begins at `begin`, or as near as there are rows.
void LogModel::setWindow(qint64 begin) {
    beginResetModel();
    m_rows = std::min(total(), m_mostRows);
    m_begin = std::clamp<qint64>(begin, 0, total() - m_rows);
    endResetModel();
}

void LogModel::shift(bool towardsNewer) {
    setWindow(m_begin + (towardsNewer ? 1 : -1) * (m_mostRows / 2));
    emit stateChanged();
}

void LogModel::showOldest() {
    if (hasOlder()) {
        setWindow(0);
        emit stateChanged();
    }
}

void LogModel::showNewest() {
    if (hasNewer()) {
        setWindow(total());
        emit stateChanged();
    }
}

QModelIndex LogModel::reveal(qint64 logRow) {
    if (logRow < m_begin || logRow >= m_begin + m_rows) {
        setWindow(logRow - m_mostRows / 2);
        emit stateChanged();
    }
    return index(tableRow(logRow), 0);
}

void LogModel::stopLocating() {
    m_locating.cancel();
    m_located.reset();
}

void LogModel::locate(GlobalPosition position, std::function<void(const QModelIndex&)> done) {
    stopLocating();
    if (m_state == State::Counting) {
        m_located = {position, std::move(done)};
        return answerLocating();
    }
    if (total() == 0 || position <= m_index.before(0)) {
        done({});
        return;
    }
    if (m_index.isReckoned()) {
        done(reveal(std::min(position.value() - m_index.before(0).value(), total()) - 1));
        return;
    }
    const qint64 page = m_index.pageOf(position);
    EventQuery query;
    query.after = m_index.before(page);
    query.upTo = position;
    query.filter = m_filter;
    query.limit = LogIndex::kStep;
    m_locating = m_reading.run<qint64>(
        this,
        [query](Store& store, const CancelToken& cancel) -> Result<qint64> {
            qint64 rows = 0;
            const auto countRow = [&rows](RecordedEvent&&) { return ++rows > 0; };
            if (auto read = store.reader().forEach(query, countRow, cancel); !read)
                return std::unexpected(read.error());
            return rows;
        },
        [this, page, done = std::move(done)](const Result<qint64>& rows) {
            if (!rows)
                emit failed(rows.error());
            else
                done(reveal(std::min(page * LogIndex::kStep + *rows, total()) - 1));
        });
}

std::optional<GlobalPosition> LogModel::positionAt(const QModelIndex& index) const {
    if (!index.isValid())
        return std::nullopt;
    if (const auto hit = hitOf(index.row()))
        return m_hits.rows[*hit].position;
    if (m_state == State::Counting)
        return std::nullopt;
    if (const auto known = m_index.positionOf(logRow(index.row())))
        return known;
    const LogRow* read = row(index.row());
    return read ? std::optional(read->position) : std::nullopt;
}

int LogModel::tableRow(qint64 logRow) const {
    return static_cast<int>(m_newestFirst ? m_begin + m_rows - 1 - logRow : logRow - m_begin);
}

} // namespace rewindow
