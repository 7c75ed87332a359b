// Of LogModel: the rows under a filter being counted, and what is shown meanwhile.
#include "model/items/log_model.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rewindow {

void LogModel::count() {
    setState(State::Counting);
    m_countingTo = m_head;
    search();
    m_counting = m_background.run<LogIndex>(
        this,
        [filter = m_filter, upTo = m_countingTo](Store& store, const CancelToken& cancel) {
            return LogIndex::sampled(store.reader(), filter, upTo, cancel);
        },
        [this](Result<LogIndex> counted) {
            if (counted)
                takeCount(std::move(*counted));
            else
                failCounting(counted.error());
        });
}

qint64 LogModel::mostHits() const {
    return std::min(LogIndex::kStep, m_mostRows);
}

/// Of what was found before the positions hold; the rest is read again.
void LogModel::search() {
    m_hits.read = 0;
    m_hits.newestFirst = m_newestFirst;
    if (m_countingTo.value() == 0)
        return; // there are no positions to find
    m_firstHits.search(
        {.filter = m_filter,
         .upTo = m_countingTo,
         .newestFirst = m_newestFirst,
         .most = mostHits(),
         .fields = m_fields,
         .rules = m_ruleFilters},
        [this](std::vector<LogRow> found) { takeHits(std::move(found)); },
        [this](const Result<void>& searched) {
            if (searched) // else the count fails as well, and says so
                takeAllHits();
        });
}

void LogModel::takeHits(std::vector<LogRow> found) {
    const std::size_t again = std::min(found.size(), m_hits.rows.size() - m_hits.read);
    const auto more = found.begin() + static_cast<std::ptrdiff_t>(again);
    if (again > 0) {
        const auto first = static_cast<int>(m_hits.read);
        std::move(found.begin(), more,
                  m_hits.rows.begin() + static_cast<std::ptrdiff_t>(m_hits.read));
        m_hits.read += again;
        emit dataChanged(index(first, 0),
                         index(static_cast<int>(m_hits.read) - 1, columnCount() - 1));
    }
    if (more != found.end()) {
        const auto added = static_cast<int>(std::distance(more, found.end()));
        beginInsertRows({}, rowCount(), rowCount() + added - 1);
        std::move(more, found.end(), std::back_inserter(m_hits.rows));
        m_hits.read = m_hits.rows.size();
        m_rows += added;
        endInsertRows();
    }
    emit stateChanged();
    answerLocating();
}

/// The search has come to its end: where that is the log's, nothing is left to be counted.
void LogModel::takeAllHits() {
    if (m_hits.read != m_hits.rows.size() || std::ssize(m_hits.rows) >= mostHits())
        return;
    m_counting.cancel();
    std::vector<GlobalPosition> positions;
    positions.reserve(m_hits.rows.size());
    for (const LogRow& hit : m_hits.rows)
        positions.push_back(hit.position);
    std::ranges::sort(positions);
    takeCount(LogIndex::known(positions, m_countingTo));
}

/// Rows that are shown stay where they are, the others come after them.
void LogModel::takeCount(LogIndex index) {
    m_firstHits.cancel();
    m_index = std::move(index);
    const qint64 rows = m_index.rows();
    const qint64 most = std::min(rows, m_mostRows);
    m_state = rows > 0 ? State::Ready : State::Empty;
    m_hits.total = rows;
    if (m_rows == 0 || m_rows > rows) {
        m_hits = {};
        setWindow(m_newestFirst ? rows : 0);
    } else {
        m_begin = m_newestFirst ? rows - m_rows : 0;
        if (most > m_rows) {
            beginInsertRows({}, rowCount(), static_cast<int>(most) - 1);
            m_begin = m_newestFirst ? rows - most : 0;
            m_rows = most;
            endInsertRows();
        }
    }
    emit counted();
    emit stateChanged();
    answerLocating();
    if (m_state != State::Counting && m_index.reached() < m_head)
        countMore();
}

void LogModel::failCounting(const Error& error) {
    m_firstHits.cancel();
    stopLocating();
    beginResetModel();
    m_hits = {};
    m_rows = 0;
    endResetModel();
    setState(State::Failed);
    emit failed(error);
}

/// Which of those that were found by the search the table shows there.
std::optional<std::size_t> LogModel::hitOf(int row) const {
    qint64 hit = row;
    if (m_state != State::Counting)
        hit = m_hits.newestFirst ? m_hits.total - 1 - logRow(row) : logRow(row);
    if (hit < 0 || hit >= std::ssize(m_hits.rows))
        return std::nullopt;
    return static_cast<std::size_t>(hit);
}

const LogRow* LogModel::readHit(int row) const {
    const auto hit = hitOf(row);
    return hit && *hit < m_hits.read ? &m_hits.rows[*hit] : nullptr;
}

/// While rows are counted: nothing as long as a row not found yet might be the one.
std::optional<QModelIndex> LogModel::locatedHit(GlobalPosition position) const {
    const auto& rows = m_hits.rows;
    const auto found =
        m_newestFirst
            ? std::ranges::find_if(
                  rows, [position](const LogRow& hit) { return hit.position <= position; })
            : std::ranges::upper_bound(rows, position, {}, &LogRow::position);
    if (found == rows.end())
        return std::nullopt;
    const auto row = static_cast<int>(found - rows.begin()) - (m_newestFirst ? 0 : 1);
    return index(row, 0);
}

void LogModel::answerLocating() {
    if (!m_located)
        return;
    if (m_state != State::Counting) {
        Located wanted = *std::exchange(m_located, std::nullopt);
        return locate(wanted.position, std::move(wanted.done));
    }
    if (const auto found = locatedHit(m_located->position)) {
        const Located wanted = *std::exchange(m_located, std::nullopt);
        wanted.done(*found);
    }
}

void LogModel::countMore() {
    if (m_growing)
        return;
    m_growing = true;
    const GlobalPosition upTo = m_head;
    m_counting = m_reading.run<LogIndex::Growth>(
        this,
        [filter = m_filter, rows = total(), reached = m_index.reached(),
         upTo](Store& store, const CancelToken& cancel) {
            return LogIndex::growth(store.reader(), filter, rows, reached, upTo, cancel);
        },
        [this, upTo](Result<LogIndex::Growth> more) {
            m_growing = false;
            if (!more) {
                emit failed(more.error());
                return;
            }
            const qint64 before = total();
            m_index.grow(*more);
            showGrown(before);
            if (m_head > upTo)
                countMore();
        });
}

} // namespace rewindow
